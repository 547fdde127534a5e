import Glibc
import Music

/// What one listener is expected to think of every candidate at one moment.
///
/// Works on an open scale, the *leaning*: 0 is neither good nor bad, and `rating(of:)` bends it
/// into 1...10. On an open scale terms add up without an end at which all good songs look alike.
struct Appraisal {
  let table: CandidateTable
  let taste: ListenerTaste
  let wanted: WantedMood
  let now: Double
  /// The leaning of each row without its mood.
  private var base: [Float] = []
  /// What is known of each artist's other songs.
  private(set) var artists: [ArtistHistory] = []

  init(table: CandidateTable, taste: ListenerTaste, wanted: WantedMood, now: Double) {
    self.table = table
    self.taste = taste
    self.wanted = wanted
    self.now = now.isFinite ? now : 0
    let rows = rowsOfHistories()
    artists = artistHistories(rows)
    base = baseLeanings(rows)
  }

  /// How much speaks for the row: 0 is neutral, about -2...2.
  func leaning(of row: Int) -> Float { base[row] + moodLeaning(of: row) }

  /// The rating that the listener is expected to give, 1...10.
  func rating(of row: Int) -> Double { 5.5 + 4.5 * tanh(Double(leaning(of: row))) }

  /// How much the closeness of the row's mood speaks for it, -0.8...0.8.
  ///
  /// Falls with the distance in the plane of valence and arousal, passes 0 at 0.6 (about a sixth
  /// of the plane is closer), and weighs by how surely both moods are known.
  func moodLeaning(of row: Int) -> Float {
    let certainty = wanted.certainty * table.certainties[row]
    guard certainty > 0 else { return 0 }
    let valence = table.valences[row] - wanted.valence
    let arousal = table.arousals[row] - wanted.arousal
    let fit = 1 / (1 + (valence * valence + arousal * arousal) / 0.36)
    return 0.8 * certainty * (2 * fit - 1)
  }

  /// The rating on the open scale; the inverse of `rating(of:)` near the middle.
  static func leaning(rating: Double) -> Double { 1.1 * (rating - 5.5) / 4.5 }

  /// How much a song counts as just heard, 0...1; it fades over some hours.
  func freshness(_ time: Double?, hours: Double) -> Double {
    guard let time else { return 0 }
    // A clock that was set back must not hide a song for years.
    let age = abs(now - time) / 3600 / hours
    return age < 20 ? exp(-age) : 0
  }
}

/// What is known of an artist through the songs of theirs that were heard or rated.
struct ArtistHistory {
  var evidence = Evidence()
  /// The mean rating of each of the artist's rated songs, each with weight 1.
  var ratings = Evidence()
  var lastHeard: Double?

  mutating func add(_ track: TrackHistory) {
    var share = track.evidence
    // One song alone, however often it was rated, is not the artist.
    if share.weight > 2 { share.fade(by: 2 / share.weight) }
    evidence.add(share)
    if let mean = track.meanRating { ratings.add(mean, weight: 1) }
    if let heard = track.lastHeard { lastHeard = max(lastHeard ?? heard, heard) }
  }
}

extension Appraisal {
  /// The row of each of the taste's tracks, in the taste's order; -1 is no candidate.
  private func rowsOfHistories() -> [Int] { taste.tracks.map { table.row(of: $0.track) ?? -1 } }

  private func artistHistories(_ rows: [Int]) -> [ArtistHistory] {
    var result = [ArtistHistory](repeating: ArtistHistory(), count: table.artistCount)
    for (place, row) in rows.enumerated() where row >= 0 && table.artists[row] >= 0 {
      result[Int(table.artists[row])].add(taste.tracks[place])
    }
    return result
  }

  private func baseLeanings(_ rows: [Int]) -> [Float] {
    let mean = taste.meanRating
    let priors = artists.map { $0.evidence.mean(prior: mean, weight: 2) }
    let penalties = artists.map { 0.3 * freshness($0.lastHeard, hours: 1) }
    let unheard = priors.map { Self.leaning(rating: $0) }
    var result = [Float](repeating: Float(Self.leaning(rating: mean)), count: table.count)
    for row in 0..<table.count {
      let artist = Int(table.artists[row])
      let tagged = table.taggedRatings[row]
      if tagged > 0 {
        let prior = artist >= 0 ? priors[artist] : mean
        result[row] = Float(Self.leaning(rating: (prior + 0.8 * Double(tagged)) / 1.8))
      } else if artist >= 0 {
        result[row] = Float(unheard[artist])
      }
      if artist >= 0 { result[row] -= Float(penalties[artist]) }
    }
    for (place, row) in rows.enumerated() where row >= 0 {
      let artist = Int(table.artists[row])
      result[row] = leaning(
        of: row, taste.tracks[place], prior: artist >= 0 ? priors[artist] : mean)
      if artist >= 0 { result[row] -= Float(penalties[artist]) }
    }
    return result
  }

  /// The leaning of a row that the listener did something with.
  private func leaning(of row: Int, _ history: TrackHistory, prior: Double) -> Float {
    var evidence = history.evidence
    let tagged = table.taggedRatings[row]
    if tagged > 0 { evidence.add(Double(tagged), weight: 0.8) }
    let heard = 1.2 * freshness(history.lastHeard, hours: 4)
    return Float(Self.leaning(rating: evidence.mean(prior: prior, weight: 1)) - heard)
  }
}
