import Foundation
import GRDB
import Music
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct EmusDatabaseTests {
  @Test("A new home gets folder 0700 and files 0600, and starts empty")
  func fresh() async throws {
    let bench = try Bench()
    try await bench.scan([entry("/music/a.opus")])
    #expect(try mode(bench.folder.path + "/data") == 0o700)
    for suffix in ["", "-wal", "-shm"] {
      #expect(try mode(bench.folder.database + suffix) == 0o600)
    }
    #expect(try await bench.store.listeners() == [.default])
    #expect(try await bench.store.memory.all() == [:])
  }

  @Test("An open file with loose rights is tightened")
  func tightened() throws {
    let folder = try TemporaryFolder()
    try EmusDatabase.open(at: folder.database).close()
    chmod(folder.database, 0o644)
    let database = try EmusDatabase.open(at: folder.database)
    #expect(try mode(folder.database) == 0o600)
    try database.close()
  }

  @Test("An empty file counts as missing")
  func emptyFile() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write([], to: "emus.db")
    let database = try EmusDatabase.open(at: path)
    #expect(try await Store.live(database).listeners() == [.default])
    #expect(try mode(path) == 0o600)
  }

  @Test("What was written is there after closing and opening")
  func reopened() async throws {
    let folder = try TemporaryFolder()
    let first = try EmusDatabase.open(at: folder.database)
    try await Store.live(first).memory.set(["volume": "70"])
    try first.close()
    let second = try EmusDatabase.open(at: folder.database)
    #expect(try await Store.live(second).memory.all() == ["volume": "70"])
  }

  @Test("Pages are read in WAL mode with foreign keys, full sync, secure delete")
  func pragmas() async throws {
    let bench = try Bench()
    let values = try await bench.database.write { db in
      try ["journal_mode", "foreign_keys", "synchronous", "secure_delete", "temp_store"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)") ?? ""
      }
    }
    #expect(values == ["wal", "1", "2", "1", "2"])
  }

  @Test("A text file is refused by name and stays as it is")
  func textFile() throws {
    let folder = try TemporaryFolder()
    let text = Array("this is my diary\n".utf8)
    let path = try folder.write(text, to: "emus.db")
    #expect(throws: DatabaseFault.notADatabase(path: path)) { try EmusDatabase.open(at: path) }
    #expect(try Array(contents(path)) == text)
    #expect("\(DatabaseFault.notADatabase(path: path))".contains(path))
  }

  @Test("Another program's database is refused and stays as it is", arguments: [false, true])
  func foreignDatabase(wal: Bool) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      if wal { try db.execute(sql: "PRAGMA journal_mode = WAL") }
      try db.execute(sql: "CREATE TABLE letters (text); INSERT INTO letters VALUES ('dear')")
    }
    try queue.close()
    let before = try contents(path)
    #expect(throws: DatabaseFault.foreign(path: path)) { try EmusDatabase.open(at: path) }
    #expect(try contents(path) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["emus.db"])
  }

  @Test("A database with our mark but other tables is refused")
  func foreignTables() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA application_id = \(DatabaseHeader.applicationID)")
      try db.execute(sql: "CREATE TABLE letters (text)")
    }
    try queue.close()
    #expect(throws: DatabaseFault.foreign(path: path)) { try EmusDatabase.open(at: path) }
  }

  @Test("A folder in the file's place is refused")
  func folderInPlace() throws {
    let folder = try TemporaryFolder()
    #expect(throws: DatabaseFault.notADatabase(path: folder.path)) {
      try EmusDatabase.open(at: folder.path)
    }
  }

  @Test("A file in the folder's place is refused in one line")
  func fileInPlaceOfFolder() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write([1], to: "data")
    #expect(throws: DatabaseFault.self) { try EmusDatabase.open(at: file + "/emus.db") }
  }

  @Test("A database cut short is damage, at any length", arguments: [50, 100, 4096, 20_000])
  func truncated(length: Int) throws {
    let folder = try TemporaryFolder()
    try EmusDatabase.open(at: folder.database).close()
    let whole = try contents(folder.database)
    #expect(whole.count > 20_000)
    try whole.prefix(length).write(to: URL(fileURLWithPath: folder.database))
    #expect(throws: DatabaseFault.corrupt(path: folder.database)) {
      try EmusDatabase.open(at: folder.database)
    }
    #expect(try contents(folder.database) == whole.prefix(length))
  }

  @Test("A page of rubbish is damage when it is read, and nothing traps")
  func rubbish() async throws {
    let folder = try TemporaryFolder()
    try EmusDatabase.open(at: folder.database).close()
    var bytes = try contents(folder.database)
    for index in 4096..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 7) }
    try bytes.write(to: URL(fileURLWithPath: folder.database))
    await #expect(throws: DatabaseFault.corrupt(path: folder.database)) {
      let database = try EmusDatabase.open(at: folder.database)
      _ = try await Store.live(database).listeners()
    }
  }

  @Test("A table that is missing is damage")
  func missingTable() async throws {
    let folder = try TemporaryFolder()
    let database = try EmusDatabase.open(at: folder.database)
    try await database.write { try $0.execute(sql: "DROP TABLE memory") }
    try database.close()
    #expect(throws: DatabaseFault.corrupt(path: folder.database)) {
      try EmusDatabase.open(at: folder.database)
    }
  }

  @Test("Begun anew only when asked, beside the old file, and found again")
  func beside() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("not ours".utf8), to: "emus.db")
    try folder.write(Array("nor this".utf8), to: "emus-2.db")
    let first = try EmusDatabase.openFresh(beside: path)
    #expect(first.path == folder.path + "/emus-3.db")
    try await Store.live(first).memory.set(["volume": "3"])
    try first.close()
    let second = try EmusDatabase.openFresh(beside: path)
    #expect(try await Store.live(second).memory.all() == ["volume": "3"])
    #expect(try contents(path) == Data("not ours".utf8))
  }
}

@Suite struct ReadableWriteTests {
  private struct Refused: Error {}

  private static func addFolder(_ path: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO folder (path, is_demo, was_walked) VALUES (?, 0, 0)",
      arguments: [Data(path.utf8)])
  }

  private func settings(_ database: EmusDatabase) async throws -> [Int?] {
    try await database.write { db in
      try ["synchronous", "secure_delete"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
    }
  }

  @Test("What can be read again is written whole or not at all, and promises nothing away after it")
  func wholeOrNot() async throws {
    let folder = try TemporaryFolder()
    let database = try EmusDatabase.open(at: folder.database)
    let before = try await settings(database)
    try await database.writeReadable { db in try Self.addFolder("/a", db) }
    #expect(try await settings(database) == before && before == [2, 1])
    await #expect(throws: Refused.self) {
      try await database.writeReadable { db in
        try Self.addFolder("/b", db)
        throw Refused()
      }
    }
    #expect(try await settings(database) == before)
    let during = try await database.writeReadable { db in
      try ["synchronous", "secure_delete"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
    }
    #expect(during == [1, 2])
    try database.close()
    let again = try EmusDatabase.open(at: folder.database)
    #expect(
      try await Catalog.live(again, mood: { _ in .unknown }).folders() == [Array("/a".utf8)])
  }
}

@Suite struct SchemaTests {
  @Test("Every older version comes up to date with its rows", arguments: 0..<Schema.steps.count)
  func migration(from count: Int) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let old = try DatabaseQueue(path: path)
    try await old.writeWithoutTransaction { db in
      try Schema.claim(db, path: path)
      if count > 0 { try Schema.take(count, db) }
    }
    if count >= 1 { try await old.write { try Self.addAsTheFirstVersionDid($0) } }
    try old.close()

    let database = try EmusDatabase.open(at: path)
    let rows = try await Catalog.live(database, mood: { _ in .unknown }).page(.init(), 0..<9).rows
    #expect(rows.map(\.displayTitle) == (count >= 1 ? ["a.opus"] : []))
    // Step 11 fills the index anew, whether it was there or not; what this row's writer leaves out
    // later versions wrote themselves.
    let search = CatalogQuery(.words(in: "opus unterwegs"))
    let found = try await Catalog.live(database, mood: { _ in .unknown }).page(search, 0..<9)
    #expect(found.total == ((1..<11).contains(count) ? 1 : 0))
    #expect(try await Store.live(database).listeners() == [.default])
    let applied = try await database.read { try Schema.takenSteps($0) }
    #expect(applied == Set(Schema.steps.map(\.name)))
    let parts = try await database.read {
      try Int.fetchOne($0, sql: "SELECT v FROM search_config WHERE k = 'automerge'")
    }
    #expect(parts == 8)
  }

  private static func addAsTheFirstVersionDid(_ db: Database) throws {
    // Step 9 took the column away.
    let hasWords = try db.columns(in: "track").contains { $0.name == "words" }
    try db.execute(
      sql: """
        INSERT INTO track (path, size, modified, is_demo, artist, artist_key, album_key, title_key
          \(hasWords ? ", words" : ""))
        VALUES (?, 1, 2, 0, 'Unterwegs', 'unterwegs', '', 'a.opus' \(hasWords ? ", ''" : ""))
        """, arguments: [Data("/music/a.opus".utf8)])
  }

  @Test("Files known before the details were read are read again by the next scan")
  func stampsTakenBack() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let old = try DatabaseQueue(path: path)
    let before = try #require(Schema.steps.firstIndex { $0.name == "8 files" })
    try await old.writeWithoutTransaction { db in
      try Schema.claim(db, path: path)
      try Schema.take(before, db)
    }
    try await old.write { try Self.addAsTheFirstVersionDid($0) }
    try old.close()
    let catalog = Catalog.live(try EmusDatabase.open(at: path), mood: { _ in .unknown })
    let stamps = try await catalog.stamps(Array("/music".utf8))
    #expect(stamps == [Array("/music/a.opus".utf8): FileStamp(size: -1, modified: 2)])
  }

  @Test("A step of a later version is refused, and nothing is changed")
  func newer() async throws {
    let folder = try TemporaryFolder()
    let database = try EmusDatabase.open(at: folder.database)
    try await database.write {
      try $0.execute(sql: "INSERT INTO step (name) VALUES ('99 future')")
    }
    try database.close()
    let before = try contents(folder.database)
    #expect(throws: DatabaseFault.newer(path: folder.database)) {
      try EmusDatabase.open(at: folder.database)
    }
    #expect(try contents(folder.database) == before)
  }

  @Test("The tables listed are those that the steps make")
  func tables() async throws {
    let bench = try Bench()
    let names = try await bench.database.read {
      try String.fetchSet(
        $0, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'")
    }
    #expect(names == Schema.tables)
  }
}
