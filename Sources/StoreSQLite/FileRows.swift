import Foundation
import GRDB
import Music

/// The rows of `track` as a scan sees them: files with and without a fingerprint, and missing ones
/// that may be forgotten. Functions of an open transaction.
enum FileRows {
  /// One for each path and fingerprint: the parts of a file share its fingerprint.
  static func marked(_ db: Database) throws -> [MarkedFile] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT path, min(id), max(size), max(modified), ifnull(fingerprint, 0), min(is_missing),
          max(used.track IS NOT NULL)
        FROM track NOT INDEXED
        LEFT JOIN (SELECT track FROM feedback UNION SELECT track FROM detail) AS used
          ON used.track = track.id
        WHERE is_demo = 0 AND (fingerprint <> 0 OR is_missing = 1)
        GROUP BY path, ifnull(fingerprint, 0)
        """)
    var files: [MarkedFile] = []
    while let row = try rows.next() {
      files.append(
        MarkedFile(
          path: try TrackRow.bytes(row, 0), number: try row.decode(Int64.self, atIndex: 1),
          stamp: FileStamp(
            size: try row.decode(Int64.self, atIndex: 2),
            modified: try row.decode(Int64.self, atIndex: 3)),
          fingerprint: try row.decode(Int64.self, atIndex: 4),
          isMissing: try row.decode(Bool.self, atIndex: 5),
          isUsed: try row.decode(Bool.self, atIndex: 6)))
    }
    return files
  }

  static func unmarked(_ db: Database, after: Int64, limit: Int) throws -> [UnmarkedFile] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, path, size, modified FROM track NOT INDEXED
        WHERE id > ? AND fingerprint IS NULL AND is_missing = 0 AND is_demo = 0
        ORDER BY id LIMIT ?
        """, arguments: [after, limit])
    var files: [UnmarkedFile] = []
    while let row = try rows.next() {
      files.append(
        UnmarkedFile(
          number: try row.decode(Int64.self, atIndex: 0), path: try TrackRow.bytes(row, 1),
          stamp: FileStamp(
            size: try row.decode(Int64.self, atIndex: 2),
            modified: try row.decode(Int64.self, atIndex: 3))))
    }
    return files
  }

  static func mark(_ db: Database, _ marks: [FileMark]) throws {
    let statement = try db.cachedStatement(sql: markSQL)
    for mark in marks {
      try statement.execute { row in
        row.add(mark.fingerprint)
        row.add(mark.number)
        row.add(mark.stamp.size)
        row.add(mark.stamp.modified)
      }
    }
  }

  static let markSQL = """
    UPDATE track SET fingerprint = ?
    WHERE id = ? AND size = ? AND modified = ? AND fingerprint IS NULL
    """

  /// Forgets missing tracks. That something hangs on one is what the references say: whatever
  /// table refers to tracks protects them from this.
  static func prune(_ db: Database, below folder: [UInt8]) throws -> PruneTally {
    let range = PathRange(below: folder)
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT id, path FROM track
        WHERE path >= ? AND path < ? AND is_missing = 1 AND is_demo = 0 ORDER BY path, id
        """, arguments: [range.first, range.end])
    var search = try SearchRows(db)
    var tally = PruneTally()
    for row in rows {
      let id = try row.decode(Int64.self, atIndex: 0)
      let text = try SearchRows.entry(id, db)
      do {
        try db.cachedStatement(sql: "DELETE FROM track WHERE id = ?").execute(arguments: [id])
        if let text { try search.remove(id, text) }
        let place = try TrackRow.bytes(row, 1)
        let path = FormerPlace.origin(of: place) ?? place
        if tally.forgotten.last != path { tally.forgotten.append(path) }
      } catch DatabaseError.SQLITE_CONSTRAINT_FOREIGNKEY {
        tally.kept += 1
        if try isRated(db, id) { tally.keptWithRating += 1 }
      }
    }
    return tally
  }

  /// Takes folders out of the listener's own.
  static func forget(_ db: Database, _ folders: [[UInt8]]) throws {
    for folder in folders {
      try db.execute(
        sql: "DELETE FROM folder WHERE path = ? AND is_demo = 0", arguments: [Data(folder)])
    }
  }

  private static func isRated(_ db: Database, _ id: Int64) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(
        sql: "SELECT EXISTS (SELECT 1 FROM feedback WHERE track = ? AND kind = 'rating')"),
      arguments: [id]) ?? false
  }
}
