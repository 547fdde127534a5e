import Music
import Perception

/// Chooses songs: the step between mood and playback.
///
/// A pure function of the table of candidates, one listener's taste, the mood, the policy, the time
/// and a generator; equal arguments choose equal songs. It keeps nothing, reads no clock, and
/// promises no effect on anybody's mood. The score is the rating to expect: what the listener's
/// ratings, plays and skips of the song and of its artist lead to, moved by how close the song's
/// mood is to the wanted one, and down for what was just heard. What is unknown is neutral, not
/// bad.
package struct Recommender: Equatable, Sendable {
  /// How adventurous the order is: 0 always takes what is expected to be best ... 1.
  package var exploration: Double
  /// Keeps an artist from coming several times in a row.
  package var isDiverse: Bool

  package init(exploration: Double = 0.2, isDiverse: Bool = true) {
    self.exploration = exploration.isFinite ? min(1, max(0, exploration)) : 0
    self.isDiverse = isDiverse
  }

  /// The best songs for now, the first to be played first.
  ///
  /// - Parameters:
  ///   - table: the candidates.
  ///   - taste: what the listener's feedback has come to.
  ///   - mood: how the listener seems to feel; certainty 0 leaves the choice to taste.
  ///   - policy: what the music should do with the mood.
  ///   - now: seconds since 1970, UTC.
  ///   - excluded: tracks that may not come: in the queue already, or blocked.
  ///   - count: at most so many; fewer where there are fewer candidates.
  ///   - generator: drawn from once.
  /// - Returns: no track twice. Scores fall from first to last only where `isDiverse` is false
  ///   and `exploration` is 0.
  package func rank(
    table: CandidateTable, taste: ListenerTaste, mood: Mood, policy: Policy, now: Double,
    excluding excluded: Set<TrackID> = [], count: Int,
    generator: inout some RandomNumberGenerator
  ) -> [Recommendation] {
    let seed = generator.next()
    guard count > 0, table.count > 0 else { return [] }
    let appraisal = Appraisal(
      table: table, taste: taste, wanted: policy.wanted(from: mood), now: now)
    var isExcluded = [Bool](repeating: false, count: table.count)
    for id in excluded {
      if let row = table.row(of: id) { isExcluded[row] = true }
    }
    let pool = bestRows(appraisal, isExcluded: isExcluded, count: count, seed: seed)
    let order = isDiverse ? spread(pool, artists: table.artists, count: count) : pool
    return order.prefix(count).map { scored in
      Recommendation(
        track: table.ids[Int(scored.row)], score: appraisal.rating(of: Int(scored.row)),
        reasons: appraisal.reasons(for: Int(scored.row)))
    }
  }

  /// The rows worth a look, best first: the `count` best ones and some more, and, so that there is
  /// somebody else to turn to, the best of each of the `count` best artists.
  private func bestRows(
    _ appraisal: Appraisal, isExcluded: [Bool], count: Int, seed: UInt64
  ) -> [ScoredRow] {
    let table = appraisal.table
    let size = min(count, table.count)
    let amplitude = Float(exploration) * 0.4
    var top = BestRows(limit: isDiverse ? size + min(size, 64) : size)
    var perArtist = [ScoredRow](repeating: .none, count: isDiverse ? table.artistCount : 0)
    for row in 0..<table.count where !isExcluded[row] {
      let scored = ScoredRow(
        score: appraisal.leaning(of: row) + amplitude * noise(seed, row), row: Int32(row))
      top.offer(scored)
      guard isDiverse else { continue }
      let artist = Int(table.artists[row])
      if artist >= 0, perArtist[artist] < scored { perArtist[artist] = scored }
    }
    guard isDiverse else { return top.sorted() }
    var topArtists = BestRows(limit: size)
    for scored in perArtist where scored.row >= 0 { topArtists.offer(scored) }
    return merge(top.sorted(), topArtists.sorted())
  }

  /// -1...1, the same for the same seed and row (the finaliser of SplitMix64).
  private func noise(_ seed: UInt64, _ row: Int) -> Float {
    var bits = seed &+ UInt64(row) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    bits ^= bits >> 31
    return Float(bits >> 40) / Float(1 << 23) - 1
  }
}
