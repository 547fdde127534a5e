import GRDB
import Music

/// Queries with a name: the table `smart_playlist`. What is stored is the query's text, so that a
/// later version of the language can still read it.
enum SmartPlaylistRows {
  static let longestName = 64

  static let allSQL = "SELECT name, query FROM smart_playlist ORDER BY key"

  static func all(_ db: Database) throws -> [SmartPlaylist] {
    try Row.fetchAll(db, sql: allSQL).map { row in
      SmartPlaylist(
        name: try row.decode(String.self, atIndex: 0), text: try row.decode(String.self, atIndex: 1)
      )
    }
  }

  /// The text of every query by its name, also of those that cannot be read any more.
  static func texts(_ db: Database) throws -> [String: String] {
    var texts: [String: String] = [:]
    for row in try Row.fetchAll(db, sql: allSQL) {
      texts[try row.decode(String.self, atIndex: 0)] = try row.decode(String.self, atIndex: 1)
    }
    return texts
  }

  static func save(_ playlist: SmartPlaylist, _ db: Database) throws {
    try save(playlist.name, text: playlist.text, db)
  }

  static func save(_ given: String, text: String, _ db: Database) throws {
    let name = try checked(given)
    try db.execute(
      sql: """
        INSERT INTO smart_playlist (key, name, query) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, query = excluded.query
        """, arguments: [Folding.fold(name), name, text])
  }

  /// A name that differs in case or accents alone stays its own.
  static func rename(_ old: String, to given: String, _ db: Database) throws {
    let name = try checked(given)
    do {
      try db.execute(
        sql: "UPDATE smart_playlist SET key = ?, name = ? WHERE key = ?",
        arguments: [Folding.fold(name), name, Folding.fold(old)])
    } catch DatabaseError.SQLITE_CONSTRAINT_PRIMARYKEY { throw PlaylistsFault.taken(name) }
  }

  private static func checked(_ given: String) throws -> String {
    guard let name = Tags.clean(given), name.count <= longestName else {
      throw StoreFault.badName(given)
    }
    return name
  }

  /// Makes every key anew, after a change of `Folding`; where two names would be one now, both stay.
  static func rekey(_ db: Database) throws {
    for name in try texts(db).keys {
      try db.execute(
        sql: "UPDATE OR IGNORE smart_playlist SET key = ? WHERE name = ?",
        arguments: [Folding.fold(name), name])
    }
  }

  static func remove(_ name: String, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM smart_playlist WHERE key = ?", arguments: [Folding.fold(name)])
  }
}
