import GRDB
import Taste

/// The small values that the program remembers: the table `memory`.
enum MemoryRows {
  static func all(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchCursor(db, sql: "SELECT key, value FROM memory")
    var values: [String: String] = [:]
    while let row = try rows.next() {
      values[try row.decode(String.self, atIndex: 0)] = try row.decode(String.self, atIndex: 1)
    }
    return values
  }

  static func set(_ values: [String: String], _ db: Database) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO memory (key, value) VALUES (?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value
        """)
    for (key, value) in values { try statement.execute(arguments: [key, value]) }
  }

  /// Drops what belongs to one listener, by the keys' beginning.
  static func forget(_ listener: ListenerID, _ db: Database) throws {
    let beginning = StoreMemory.key("", of: listener)
    try db.execute(
      sql: "DELETE FROM memory WHERE substr(key, 1, length(?1)) = ?1", arguments: [beginning])
  }
}
