import Foundation
import GRDB
import Music

/// Writes one batch of a scan. Lives for one transaction; a track keeps its number for good, so
/// that ratings and history stay with it.
struct CatalogWriting {
  private let db: Database
  private let batch: ScanBatch
  private var tally = ScanTally()
  private var search: SearchRows
  private var artists: [String: Int64] = [:]
  private var albums: [AlbumName: Int64] = [:]
  /// Demo pieces of another installation, each until its file is met in this one.
  private var moved: [DemoPiece: Int64] = [:]
  /// Paths whose tracks were known under another one until this batch.
  private var arrived: Set<[UInt8]> = []

  private struct AlbumName: Hashable {
    var artist: String
    var title: String
  }

  static func write(_ batch: ScanBatch, _ db: Database) throws -> ScanTally {
    var writing = CatalogWriting(db: db, batch: batch)
    try writing.rememberFolder()
    for path in batch.missing { try writing.markMissing(path) }
    if batch.isDemo { writing.moved = try writing.piecesElsewhere() }
    for path in batch.replaced { try writing.hide(path) }
    for entry in batch.entries { try writing.write(entry) }
    if batch.isDemo && batch.isLast { try writing.leaveOtherInstallations() }
    try db.cachedStatement(sql: "UPDATE revision SET number = number + 1").execute()
    return writing.tally
  }

  private init(db: Database, batch: ScanBatch) {
    self.db = db
    self.batch = batch
    search = SearchRows(db)
  }

  private func rememberFolder() throws {
    try db.execute(
      sql: """
        INSERT INTO folder (path, is_demo, was_walked) VALUES (?, ?, ?)
        ON CONFLICT (path) DO UPDATE SET
          is_demo = min(is_demo, excluded.is_demo),
          was_walked = CASE WHEN is_demo = excluded.is_demo
            THEN max(was_walked, excluded.was_walked) ELSE excluded.was_walked END
        """, arguments: [Data(batch.folder), batch.isDemo, batch.isLast])
  }

  private mutating func markMissing(_ path: [UInt8]) throws {
    try hide(path)
    tally.missing += db.changesCount
  }

  /// Hides the tracks of one file; those that the entries name come back at once.
  private func hide(_ path: [UInt8]) throws {
    try db.cachedStatement(
      sql: "UPDATE track SET is_missing = 1 WHERE path = ? AND is_missing = 0"
    ).execute(arguments: [Data(path)])
  }

  /// Takes all that is known under one path to another, where nothing is known yet: a file that
  /// was there before comes back as itself.
  private mutating func move(from former: [UInt8], to path: [UInt8]) throws {
    guard !arrived.contains(path) else { return }
    let before = try parts(of: former)
    try db.cachedStatement(sql: Self.moveSQL).execute(arguments: [Data(path), Data(former)])
    guard db.changesCount > 0 else { return }
    tally.moved += db.changesCount
    arrived.insert(path)
    for (id, old) in before {
      guard let new = try SearchRows.entry(id, db) else { continue }
      try search.update(id, from: old, to: new)
    }
  }

  /// The tracks of one file, with what the index holds of them: a file's name may be its title.
  private func parts(of path: [UInt8]) throws -> [(id: Int64, text: SearchRows.Entry)] {
    let ids = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM track WHERE path = ? AND is_demo = 0"),
      arguments: [Data(path)])
    return try ids.compactMap { id in try SearchRows.entry(id, db).map { (id, $0) } }
  }

  static let moveSQL = """
    UPDATE track SET path = ?1, is_missing = 1
    WHERE path = ?2 AND is_demo = 0 AND NOT EXISTS (SELECT 1 FROM track WHERE path = ?1)
    """

  private mutating func write(_ entry: ScanBatch.Entry) throws {
    if let former = entry.formerPath { try move(from: former, to: entry.location.path) }
    let values = StatementArguments(
      TrackRow.values(
        entry, isDemo: batch.isDemo, artist: try artist(entry.tags), album: try album(entry.tags)))
    let details = entry.tags.details
    if let id = try Self.known(entry.location, db)
      ?? moved.removeValue(forKey: DemoPiece(entry.location))
    {
      let old = try SearchRows.entry(id, db)
      try db.cachedStatement(sql: Self.updateSQL).execute(
        arguments: values + StatementArguments(TrackRow.values(details)) + [id])
      if let old { try search.update(id, from: old, to: SearchRows.Entry(entry)) }
      if !arrived.contains(entry.location.path) { tally.updated += 1 }
    } else {
      try insert(values + [batch.time], details)
      try search.insert(db.lastInsertedRowID, SearchRows.Entry(entry))
      tally.added += 1
    }
  }

  /// Most files have no details, and a column less to bind is time saved twenty thousand times.
  private func insert(_ values: StatementArguments, _ details: TagDetails) throws {
    guard details != TagDetails() else {
      return try db.cachedStatement(sql: Self.insertSQL).execute(arguments: values)
    }
    try db.cachedStatement(sql: Self.insertDetailedSQL).execute(
      arguments: values + StatementArguments(TrackRow.values(details)))
  }

  static let insertSQL = insert(TrackRow.written + ["added"])
  private static let insertDetailedSQL = insert(
    TrackRow.written + ["added"] + TrackRow.detailColumns)

  private static func insert(_ columns: [String]) -> String {
    """
    INSERT INTO track (\(columns.joined(separator: ", ")))
    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
    """
  }

  /// A piece that the listener scanned on their own stays theirs when it is installed again.
  private static let updateSQL = """
    UPDATE track
    SET \((TrackRow.written + TrackRow.detailColumns).map { $0 == "is_demo" ? "is_demo = min(is_demo, ?)" : "\($0) = ?" }
      .joined(separator: ", "))
    WHERE id = ?
    """

  /// The number of the track at a place, missing or not.
  static func known(_ location: Location, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(sql: knownSQL),
      arguments: [Data(location.path), location.start ?? -1, location.end ?? -1])
  }

  static let knownSQL = """
    SELECT id FROM track WHERE path = ? AND ifnull(begins, -1) = ? AND ifnull(ends, -1) = ?
    """
}

extension CatalogWriting {
  /// A piece of the demo library, by its file's name: the installation may move.
  private struct DemoPiece: Hashable {
    var name: [UInt8]
    var start: Double?
    var end: Double?

    init(_ location: Location) {
      name = location.path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
      start = location.start
      end = location.end
    }
  }

  private func piecesElsewhere() throws -> [DemoPiece: Int64] {
    let here = PathRange(below: batch.folder)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, path, begins, ends FROM track
        WHERE is_demo = 1 AND NOT (path >= ? AND path < ?)
        """, arguments: [here.first, here.end])
    var pieces: [DemoPiece: Int64] = [:]
    while let row = try rows.next() {
      let location = Location(
        path: try TrackRow.bytes(row, 1), start: try row.decode(Double?.self, atIndex: 2),
        end: try row.decode(Double?.self, atIndex: 3))
      pieces[DemoPiece(location)] = try row.decode(Int64.self, atIndex: 0)
    }
    return pieces
  }

  /// What only another installation has is not there to be played.
  private mutating func leaveOtherInstallations() throws {
    let here = PathRange(below: batch.folder)
    try db.execute(
      sql: """
        UPDATE track SET is_missing = 1
        WHERE is_demo = 1 AND is_missing = 0 AND NOT (path >= ? AND path < ?)
        """, arguments: [here.first, here.end])
    tally.missing += db.changesCount
  }

  private mutating func artist(_ tags: Tags) throws -> Int64? {
    guard let name = (tags.artist ?? tags.albumArtist).map(Folding.fold), !name.isEmpty else {
      return nil
    }
    if let id = artists[name] { return id }
    let id = try number(
      insert: "INSERT INTO artist (name) VALUES (?)",
      find: "SELECT id FROM artist WHERE name = ?", [name])
    artists[name] = id
    return id
  }

  private mutating func album(_ tags: Tags) throws -> Int64? {
    guard let title = tags.album.map(Folding.fold), !title.isEmpty else { return nil }
    let artist = Folding.fold(tags.albumArtist ?? tags.artist ?? "")
    let name = AlbumName(artist: artist, title: title)
    if let id = albums[name] { return id }
    let id = try number(
      insert: "INSERT INTO album (title, artist) VALUES (?, ?)",
      find: "SELECT id FROM album WHERE title = ? AND artist = ?", [title, artist])
    albums[name] = id
    return id
  }

  private func number(
    insert: String, find: String, _ arguments: StatementArguments
  ) throws -> Int64? {
    if let id = try Int64.fetchOne(db.cachedStatement(sql: find), arguments: arguments) {
      return id
    }
    try db.cachedStatement(sql: insert).execute(arguments: arguments)
    return db.lastInsertedRowID
  }
}
