import Foundation
import GRDB

/// What `ListOrder` knows of each track, by its place in the list: thirteen bytes.
///
/// The end of a scan keeps it in the table `list_order`, so that the first letter of a search reads
/// some bytes a track and not an index with all names. Where that is of another revision, as while a
/// scan runs, the index is read. What is kept is never right by itself: the revision says whether.
struct ListColumns: Equatable, Sendable {
  var ids: [Int32] = []
  /// `none` where the file does not tell, as in `durations`.
  var years: [Int32] = []
  /// Whole seconds.
  var durations: [Int32] = []
  /// Imported, else of the file, 1...10; 0 is none.
  var ratings: [Int8] = []

  static let none = Int32.min

  /// Numbers are given one after another, and a file that says otherwise is damaged: its numbers
  /// must not ask for memory without end.
  private static let highestID: Int32 = 100_000_000

  /// In the order of the lists, by `track_shown` alone: the table is not touched.
  static let indexSQL = "SELECT id, year, duration, rating " + CatalogReading.listed

  /// By an index of those alone that have one.
  static let importedSQL = "SELECT track, rating FROM detail WHERE rating IS NOT NULL"

  init(_ stamp: ListOrder.Stamp, _ db: Database) throws {
    let imported = try Self.importedRatings(db)
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: Self.indexSQL), arguments: [stamp.showsDemo])
    while let row = try rows.next() {
      let id = try row.decode(Int64.self, atIndex: 0)
      guard (0...Int64(Self.highestID)).contains(id) else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT)
      }
      ids.append(Int32(id))
      years.append(try row.decode(Int?.self, atIndex: 1).map(Int32.init(clamping:)) ?? Self.none)
      durations.append(try row.decode(Double?.self, atIndex: 2).map(Self.seconds) ?? Self.none)
      let rating = try imported[id] ?? row.decode(Int?.self, atIndex: 3) ?? 0
      ratings.append((1...10).contains(rating) ? Int8(rating) : 0)
    }
  }

  private static func importedRatings(_ db: Database) throws -> [Int64: Int] {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: importedSQL))
    var ratings: [Int64: Int] = [:]
    while let row = try rows.next() {
      ratings[try row.decode(Int64.self, atIndex: 0)] = try row.decode(Int.self, atIndex: 1)
    }
    return ratings
  }

  private static func seconds(_ duration: Double) -> Int32 {
    Int32(exactly: duration.rounded(.down)) ?? (duration > 0 ? .max : none)
  }
}

// MARK: - Kept

extension ListColumns {
  static let keptSQL =
    "SELECT revision, ids, years, durations, ratings FROM list_order WHERE revision = ?"

  /// What the last scan kept; nil where that is of another revision, or no order at all.
  static func kept(_ stamp: ListOrder.Stamp, _ db: Database) throws -> ListColumns? {
    guard !stamp.showsDemo,
      let row = try Row.fetchOne(
        db.cachedStatement(sql: keptSQL), arguments: [stamp.revision])
    else { return nil }
    return try ListColumns(row)
  }

  private init?(_ row: Row) throws {
    ids = try Self.numbers(row, 1)
    years = try Self.numbers(row, 2)
    durations = try Self.numbers(row, 3)
    ratings = try Self.numbers(row, 4)
    let counts = [years.count, durations.count, ratings.count]
    guard counts.allSatisfy({ $0 == ids.count }),
      ids.allSatisfy({ (0...Self.highestID).contains($0) })
    else { return nil }
  }

  /// Says that what anyone has read is out of date, and keeps what is true now.
  static func renew(_ db: Database) throws {
    try db.cachedStatement(sql: CatalogSearch.reviseSQL).execute()
    try keep(db)
  }

  /// Keeps the order of the listener's own music; the demo pieces are few.
  static func keep(_ db: Database) throws {
    let revision = try Int64.fetchOne(db.cachedStatement(sql: CatalogSearch.revisionSQL)) ?? 0
    let known = try Int64.fetchOne(db, sql: "SELECT revision FROM list_order")
    guard known != revision else { return }
    let columns = try ListColumns(.init(revision: revision, showsDemo: false), db)
    try db.execute(sql: "DELETE FROM list_order")
    try db.execute(
      sql: """
        INSERT INTO list_order (revision, ids, years, durations, ratings) VALUES (?, ?, ?, ?, ?)
        """,
      arguments: [
        revision, bytes(columns.ids), bytes(columns.years), bytes(columns.durations),
        bytes(columns.ratings),
      ])
  }

  /// The lowest byte of each number first, whatever the machine's own order.
  private static func bytes<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
    numbers.map(\.littleEndian).withUnsafeBytes { Data($0) }
  }

  private static func numbers<Number: FixedWidthInteger>(
    _ row: Row, _ index: Int
  ) throws -> [Number] {
    try row.withUnsafeData(atIndex: index) { data in
      let data = data ?? Data()
      let count = data.count / MemoryLayout<Number>.size
      return [Number](unsafeUninitializedCapacity: count) { buffer, used in
        used = data.copyBytes(to: buffer) / MemoryLayout<Number>.size
        for index in 0..<used { buffer[index] = Number(littleEndian: buffer[index]) }
      }
    }
  }
}
