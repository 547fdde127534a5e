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

  static func save(_ playlist: SmartPlaylist, _ db: Database) throws {
    guard let name = Tags.clean(playlist.name), name.count <= longestName else {
      throw StoreFault.badName(playlist.name)
    }
    try db.execute(
      sql: """
        INSERT INTO smart_playlist (key, name, query) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, query = excluded.query
        """, arguments: [Folding.fold(name), name, playlist.filter.description])
  }

  static func remove(_ name: String, _ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM smart_playlist WHERE key = ?", arguments: [Folding.fold(name)])
  }
}
