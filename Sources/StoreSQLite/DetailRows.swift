import GRDB
import Music
import Taste

/// What was imported about tracks: the table `detail`, which no scan touches. Searches find by it, so
/// their index and columns are kept in step.
enum DetailRows {
  /// The columns of `details(_:at:)`, in its order.
  static let columns = "source, valence, arousal, mood, genre, bpm, rating"

  /// Details from a row of `columns` that begin at an index; nil where the joined row is missing.
  static func details(_ row: Row, at index: Int) throws -> TrackDetails? {
    guard let source = try row.decode(String?.self, atIndex: index) else { return nil }
    return TrackDetails(
      source: source,
      valence: try row.decode(Double?.self, atIndex: index + 1),
      arousal: try row.decode(Double?.self, atIndex: index + 2),
      mood: try row.decode(String?.self, atIndex: index + 3),
      genre: try row.decode(String?.self, atIndex: index + 4),
      bpm: try row.decode(Double?.self, atIndex: index + 5),
      rating: try row.decode(Int?.self, atIndex: index + 6))
  }

  /// Adds details to what is there: new values come before old ones.
  static func join(
    _ details: [TrackID: TrackDetails], _ db: Database, _ progress: (_ done: Int) -> Void
  ) throws {
    var search = try SearchRows(db)
    let old = try db.cachedStatement(sql: "SELECT \(columns) FROM detail WHERE track = ?")
    // In the order of the table: what is written next to one another is read from one page.
    for (place, (track, new)) in details.sorted(by: { $0.key < $1.key }).enumerated() {
      if place % 500 == 0 { progress(place) }
      let row = try Row.fetchOne(old, arguments: [track.rawValue])
      let known = try row.flatMap { try Self.details($0, at: 0) }
      try write(known.map { new.filled(from: $0) } ?? new, of: track, &search, db)
    }
    if !details.isEmpty { try ListColumns.renew(db) }
  }

  /// The caller renews the columns of the list when all are written.
  static func write(
    _ details: TrackDetails, of track: TrackID, _ search: inout SearchRows, _ db: Database
  ) throws {
    guard let old = try SearchRows.entry(track.rawValue, db) else {
      throw StoreFault.unknownTrack(track.rawValue)
    }
    let statement = try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO detail (track, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      track.rawValue, details.source, details.valence, details.arousal, details.mood,
      details.genre, details.bpm, details.rating,
    ])
    if let new = try SearchRows.entry(track.rawValue, db) {
      try search.update(track.rawValue, from: old, to: new)
    }
  }
}
