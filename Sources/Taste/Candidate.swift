import Music

/// All tracks that may be recommended, as columns of numbers: what `Recommender` runs over.
///
/// Built once from the catalogue after the first paint, shared by all listeners, never changed.
/// 20,000 tracks take about 1.5 MB. It knows no titles and nothing of what a listener likes.
package struct CandidateTable: Equatable, Sendable {
  /// One candidate is one row in each column.
  package let ids: [TrackID]
  /// A number 0..<artistCount for each row, or -1.
  let artists: [Int32]
  let artistCount: Int
  /// -1...1
  let valences: [Float]
  /// -1...1
  let arousals: [Float]
  /// 0...1
  let certainties: [Float]
  /// 1...10, or 0
  let taggedRatings: [Int8]
  private let rows: [TrackID: Int32]

  /// Takes facts as they come: a track named twice counts once, moods that are not finite are
  /// unknown, values out of range are clamped.
  package init(_ facts: [TrackFacts]) {
    var rows: [TrackID: Int32] = Dictionary(minimumCapacity: facts.count)
    var artistNumbers: [Int32: Int32] = [:]
    var columns = Columns(capacity: facts.count)
    for fact in facts where rows[fact.id] == nil {
      rows[fact.id] = Int32(columns.ids.count)
      let artist =
        fact.artist < 0
        ? -1
        : artistNumbers[fact.artist, default: Int32(artistNumbers.count)]
      if artist >= 0 { artistNumbers[fact.artist] = artist }
      columns.append(fact, artist: artist)
    }
    self.rows = rows
    artistCount = artistNumbers.count
    ids = columns.ids
    artists = columns.artists
    valences = columns.valences
    arousals = columns.arousals
    certainties = columns.certainties
    taggedRatings = columns.taggedRatings
  }

  package var count: Int { ids.count }

  /// The row of a track; nil where it is not a candidate.
  func row(of id: TrackID) -> Int? { rows[id].map(Int.init) }
}

private struct Columns {
  var ids: [TrackID] = []
  var artists: [Int32] = []
  var valences: [Float] = []
  var arousals: [Float] = []
  var certainties: [Float] = []
  var taggedRatings: [Int8] = []

  init(capacity: Int) {
    ids.reserveCapacity(capacity)
    artists.reserveCapacity(capacity)
    valences.reserveCapacity(capacity)
    arousals.reserveCapacity(capacity)
    certainties.reserveCapacity(capacity)
    taggedRatings.reserveCapacity(capacity)
  }

  mutating func append(_ fact: TrackFacts, artist: Int32) {
    let mood = fact.mood
    let isKnown = mood.valence.isFinite && mood.arousal.isFinite && mood.certainty.isFinite
    ids.append(fact.id)
    artists.append(artist)
    valences.append(isKnown ? min(1, max(-1, mood.valence)) : 0)
    arousals.append(isKnown ? min(1, max(-1, mood.arousal)) : 0)
    certainties.append(isKnown ? min(1, max(0, mood.certainty)) : 0)
    taggedRatings.append((1...10).contains(fact.taggedRating) ? fact.taggedRating : 0)
  }
}
