import GRDB
import Glibc

/// The one file that holds all that EMUS knows: music, listeners, feedback, settings.
///
/// `Catalog.live` and `Store.live` speak to it. Any number of processes may have it open (WAL); a
/// write waits at most five seconds for another one. Only on a full disk a process may need it for
/// itself. It refuses files that are not its own and
/// never repairs, replaces or deletes one.
package final class EmusDatabase: Sendable {
  package static let fileName = "emus.db"

  package let path: String
  private let connection: any DatabaseWriter
  // Declared after the connection, so that it goes only after that closed the file.
  private let mark: OpenFileMark

  private init(path: String, connection: any DatabaseWriter, mark: OpenFileMark) {
    self.path = path
    self.connection = connection
    self.mark = mark
  }

  /// Opens the database at an absolute path, making file (mode 0600) and folder (mode 0700) where
  /// they are missing. An empty file counts as missing.
  package static func open(at path: String) throws(DatabaseFault) -> EmusDatabase {
    let mark = try DatabaseFile.prepare(path)
    do {
      return EmusDatabase(path: path, connection: try connect(path), mark: mark)
    } catch { throw DatabaseFault(anything: error, path: path) }
  }

  /// Opens `emus-2.db`, or the next free number, beside a database that cannot be used; one that
  /// was begun so before is opened again.
  ///
  /// Only for a caller whose user asked for it. `path` of the result says which file it became.
  package static func openFresh(beside path: String) throws(DatabaseFault) -> EmusDatabase {
    let stem = path.hasSuffix(".db") ? String(path.dropLast(3)) : path
    var number = 2
    while true {
      do throws(DatabaseFault) {
        return try open(at: "\(stem)-\(number).db")
      } catch  where error.canStartBeside && number < 100 { number += 1 }
    }
  }

  /// Reads the whole file to find damage that its header does not show.
  ///
  /// Slow, and only for who has reason to doubt the file. SQLite's `PRAGMA quick_check`.
  package func check() throws(DatabaseFault) {
    do {
      let verdict = try connection.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") }
      guard verdict == ["ok"] else { throw DatabaseFault.corrupt(path: path) }
    } catch { throw DatabaseFault(anything: error, path: path) }
  }

  /// Lets go of the file and leaves no log behind. Calls under way finish first; later ones throw.
  package func close() throws(DatabaseFault) {
    // The pool would close its writer first, and a reader that is last cannot empty the log.
    (connection as? DatabasePool)?.releaseMemory()
    do { try connection.close() } catch { throw DatabaseFault(anything: error, path: path) }
  }

  /// Reads in one snapshot, beside any writer.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await named { try await self.connection.read(body) }
  }

  /// Writes in one transaction; returns after the commit, which survives a kill and a power cut.
  ///
  /// A cancelled caller does not take the write back: what the listener did is kept.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    try await named { try await Task { try await self.connection.write(body) }.value }
  }

  /// Writes in one transaction what can be read again from the music: it survives a kill, but until
  /// the next `write` a power cut may take it back (never in part), and what it replaces may remain
  /// in the file. It does not wait for the disk.
  func writeReadable<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let update: @Sendable (Database) throws -> Value = { db in
      try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST")
      let result = Result { try Self.inTransaction(db, body) }
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON")
      return try result.get()
    }
    return try await named {
      try await Task { try await self.connection.writeWithoutTransaction(update) }.value
    }
  }

  private static func inTransaction<Value>(
    _ db: Database, _ body: (Database) throws -> Value
  ) throws -> Value {
    var value: Value?
    try db.inTransaction {
      value = try body(db)
      return .commit
    }
    guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
    return value
  }

  /// Rewrites the file without the remains of deleted rows, and empties the log.
  func wipe() async throws {
    let rewrite: @Sendable (Database) throws -> Void = { db in
      try db.execute(sql: "VACUUM")
      let isBusy = try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
      if isBusy { throw DatabaseError(resultCode: .SQLITE_BUSY) }
    }
    try await named {
      try await Task { try await self.connection.barrierWriteWithoutTransaction(rewrite) }.value
    }
  }

  private func named<Value>(_ body: () async throws -> Value) async throws -> Value {
    do { return try await body() } catch let error as DatabaseError {
      throw DatabaseFault(error, path: path)
    } catch let error as RowDecodingError {
      throw DatabaseFault(anything: error, path: path)
    }
  }
}

extension EmusDatabase {
  /// Five seconds, as another process may hold the file for a batch of a scan.
  private static let patience = 5.0
  /// Pages of the log that are written into the file at once: 32 MB. With SQLite's thousand a first
  /// scan writes the same pages of its indexes again and again.
  private static let checkpointPages = 8000
  /// The order of 20,000 tracks fits, so that a search by the letter reads nothing twice. A
  /// connection takes only what it has read.
  private static let cacheKibibytes = 8192

  private static func connect(_ path: String) throws -> any DatabaseWriter {
    do {
      return try connect(path, configuration(path)) { try openRetrying(path, $0) }
    } catch let error as DatabaseError {
      guard case .diskFull = DatabaseFault(error, path: path) else { throw error }
      return try connect(path, configuration(path, isAlone: true)) {
        try DatabaseQueue(path: path, configuration: $0)
      }
    }
  }

  private static func connect<Connection: DatabaseWriter>(
    _ path: String, _ configuration: Configuration, _ open: (Configuration) throws -> Connection
  ) throws -> Connection {
    let connection = try open(configuration)
    // A pool sets NORMAL, by which a power cut may take the last ratings back.
    try connection.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try Schema.bringUpToDate(db, path: path)
    }
    return connection
  }

  /// With `isAlone` other processes are kept out, and what they would share is kept in memory: a
  /// full disk has no room for that file (`emus.db-shm`), and reading shall work there.
  ///
  /// https://www.sqlite.org/wal.html, "Use of WAL Without Shared-Memory"
  private static func configuration(_ path: String, isAlone: Bool = false) -> Configuration {
    var configuration = Configuration()
    configuration.label = "emus.database"
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 3
    configuration.prepareDatabase { db in
      if isAlone { try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      // A full copy is made by VACUUM: faces must not come into a folder for temporary files.
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes)")
      if db.configuration.readonly { return }
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
      try Schema.admit(db, path: path)
    }
    return configuration
  }

  /// Two processes that begin the same file at once may meet where SQLite does not wait: the
  /// change to WAL.
  private static func openRetrying(
    _ path: String, _ configuration: Configuration
  ) throws -> DatabasePool {
    let pause: UInt32 = 20_000
    for _ in 0..<Int(patience * 1_000_000 / Double(pause)) {
      do {
        return try DatabasePool(path: path, configuration: configuration)
      } catch DatabaseError.SQLITE_BUSY { usleep(pause) }
    }
    return try DatabasePool(path: path, configuration: configuration)
  }
}

extension DatabaseFault {
  init(anything error: any Error, path: String) {
    switch error {
    case let fault as DatabaseFault: self = fault
    case let error as DatabaseError: self = DatabaseFault(error, path: path)
    case is RowDecodingError: self = .corrupt(path: path)
    default: self = .failed(path: path, reason: "\(error)")
    }
  }
}
