import GRDB
import Music

/// Queries with a name: the table `smart_playlist`. What is stored is the query's text, so that a
/// later version of the language can still read it.
enum SmartPlaylistRows {
  static let longestName = 64

  static let allSQL = "SELECT name, query FROM smart_playlist ORDER BY key"

  /// A query that cannot be read any more is left out; its row stays.
  static func all(_ db: Database) throws -> [SmartPlaylist] {
    try Row.fetchAll(db, sql: allSQL).compactMap { row in
      let name = try row.decode(String.self, atIndex: 0)
      let text = try row.decode(String.self, atIndex: 1)
      do {
        return SmartPlaylist(name: name, filter: try Query.parse(text))
      } catch is QueryError { return nil }
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
    try save(playlist.name, text: playlist.filter.description, db)
  }

  static func save(_ given: String, text: String, _ db: Database) throws {
    guard let name = Tags.clean(given), name.count <= longestName else {
      throw StoreFault.badName(given)
    }
    try db.execute(
      sql: """
        INSERT INTO smart_playlist (key, name, query) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, query = excluded.query
        """, arguments: [Folding.fold(name), name, text])
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
