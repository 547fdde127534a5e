import GRDB
import Music

/// What became of one track: when it came, what one listener did with it, what was imported.
enum HistoryRows {
  static func history(
    of track: TrackID, listener: Int64?, _ db: Database
  ) throws -> TrackRecord? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT added, \(DetailRows.columns.split(separator: ", ").map { "detail.\($0)" }.joined(separator: ", "))
        FROM track LEFT JOIN detail ON detail.track = track.id WHERE id = ?
        """, arguments: [track.rawValue])
    guard let row else { return nil }
    var history = TrackRecord(
      added: try row.decode(Double?.self, atIndex: 0), details: try DetailRows.details(row, at: 1))
    guard let listener else { return history }
    let heard = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*), max(time) FROM feedback
        WHERE listener = ? AND track = ? AND kind = 'completed'
        """, arguments: [listener, track.rawValue])
    if let heard {
      history.plays = try heard.decode(Int.self, atIndex: 0)
      history.lastPlayed = try heard.decode(Double?.self, atIndex: 1)
    }
    history.rating = try Int.fetchOne(
      db,
      sql: """
        SELECT value FROM feedback WHERE listener = ? AND track = ? AND kind = 'rating'
        ORDER BY number DESC LIMIT 1
        """, arguments: [listener, track.rawValue])
    return history
  }
}
