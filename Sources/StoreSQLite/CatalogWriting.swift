import Foundation
import GRDB
import Music

/// Writes one batch of a scan. Lives for one transaction; a track keeps its number for good, so
/// that ratings and history stay with it.
struct CatalogWriting {
  let db: Database
  let batch: ScanBatch
  var tally = ScanTally()
  var search: SearchRows
  private let insertion: Statement
  private var artists: [String: Int64] = [:]
  private var albums: [AlbumName: Int64] = [:]
  /// Demo pieces of another installation, each until its file is met in this one.
  private var moved: [DemoPiece: Int64] = [:]
  /// Paths whose tracks were known under another one until this batch.
  var arrived: Set<[UInt8]> = []
  /// Paths that were known before this batch, and whose tracks stay.
  var replaced: Set<[UInt8]>
  /// The file whose entries are being written, and what most was known of any of its tracks.
  private var counted: (path: [UInt8], before: Before)?

  private enum Before: Int {
    case unknown, missing, shown
  }

  private struct AlbumName: Hashable {
    var artist: String
    var title: String
  }

  static func write(_ batch: ScanBatch, _ db: Database) throws -> ScanTally {
    var writing = try CatalogWriting(db: db, batch: batch)
    try writing.rememberFolder()
    for vacancy in batch.vacated { try writing.vacate(vacancy) }
    for path in batch.missing { try writing.markMissing(path) }
    if batch.isDemo { writing.moved = try writing.piecesElsewhere() }
    try writing.settleDoubts()
    try writing.takeMoves()
    try writing.settlePieces()
    for path in writing.replaced { try writing.hide(path) }
    for entry in batch.entries { try writing.write(entry) }
    writing.countFile()
    if batch.isDemo && batch.isLast { try writing.leaveOtherInstallations() }
    if !batch.entries.isEmpty || !batch.vacated.isEmpty || writing.tally.missing > 0 {
      try db.cachedStatement(sql: CatalogSearch.reviseSQL).execute()
    }
    if batch.isLast { try ListColumns.keep(db) }
    return writing.tally
  }

  private init(db: Database, batch: ScanBatch) throws {
    self.db = db
    self.batch = batch
    replaced = Set(batch.replaced)
    search = try SearchRows(db)
    insertion = try db.cachedStatement(sql: Self.insertSQL)
  }

  /// Where the row says so already nothing is written, and a scan that finds nothing new need not
  /// wait for the disk.
  private func rememberFolder() throws {
    let walked = """
      CASE WHEN is_demo = excluded.is_demo
        THEN max(was_walked, excluded.was_walked) ELSE excluded.was_walked END
      """
    try db.execute(
      sql: """
        INSERT INTO folder (path, is_demo, was_walked) VALUES (?, ?, ?)
        ON CONFLICT (path) DO UPDATE SET
          is_demo = min(is_demo, excluded.is_demo), was_walked = \(walked)
        WHERE is_demo > excluded.is_demo OR was_walked <> \(walked)
        """, arguments: [Data(batch.folder), batch.isDemo, batch.isLast])
  }

  mutating func markMissing(_ path: [UInt8]) throws {
    try hide(path)
    if db.changesCount > 0 { tally.missing += 1 }
  }

  /// Hides the tracks of one file; those that the entries name come back at once.
  func hide(_ path: [UInt8]) throws {
    try db.cachedStatement(
      sql: "UPDATE track SET is_missing = 1 WHERE path = ? AND is_missing = 0"
    ).execute(arguments: [Data(path)])
  }

  private mutating func write(_ entry: ScanBatch.Entry) throws {
    let names = TrackRow.Names(artist: try artist(entry.tags), album: try album(entry.tags))
    if moved.isEmpty, try insert(entry, names) { return }
    if let id = try Self.known(entry.location, db)
      ?? moved.removeValue(forKey: DemoPiece(entry.location))
    {
      try update(id, entry, names)
    } else {
      _ = try insert(entry, names)
    }
  }

  /// False where something is known at the place: then nothing is done. Most of what a scan writes
  /// is new, and need not be looked for first.
  private mutating func insert(_ entry: ScanBatch.Entry, _ names: TrackRow.Names) throws -> Bool {
    // Most files have no details, and a column less to bind is time saved twenty thousand times.
    let details = entry.tags.details
    let isPlain = details == TagDetails()
    let statement =
      isPlain ? insertion : try db.cachedStatement(sql: Self.insertDetailedSQL)
    let isDemo = batch.isDemo
    let time = batch.time
    try statement.execute { row in
      TrackRow.fill(&row, entry, isDemo: isDemo, names, &search.texts)
      row.add(time)
      if !isPlain { TrackRow.fill(&row, details) }
    }
    guard db.changesCount > 0 else { return false }
    try search.insert(db.lastInsertedRowID, SearchRows.Entry(entry))
    count(entry.location.path, .unknown)
    return true
  }

  private mutating func update(
    _ id: Int64, _ entry: ScanBatch.Entry, _ names: TrackRow.Names
  ) throws {
    let old = try SearchRows.entry(id, db)
    let wasMissing = try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT is_missing FROM track WHERE id = ?"), arguments: [id])
    let isDemo = batch.isDemo
    try db.cachedStatement(sql: Self.updateSQL).execute { row in
      TrackRow.fill(&row, entry, isDemo: isDemo, names, &search.texts)
      TrackRow.fill(&row, entry.tags.details)
      row.add(id)
    }
    if let old, let new = try SearchRows.entry(id, db) { try search.update(id, from: old, to: new) }
    count(entry.location.path, wasMissing == true ? .missing : .shown)
  }

  /// The entries of one file follow one another.
  private mutating func count(_ path: [UInt8], _ before: Before) {
    if let file = counted, file.path == path {
      if before.rawValue > file.before.rawValue { counted?.before = before }
    } else {
      countFile()
      counted = (path, before)
    }
  }

  private mutating func countFile() {
    guard let file = counted else { return }
    counted = nil
    if arrived.contains(file.path) { return }
    // What is replaced was hidden a moment ago, to come back at once.
    switch replaced.contains(file.path) ? .shown : file.before {
    case .shown: tally.updated += 1
    case .missing: tally.returned += 1
    case .unknown: tally.added += 1
    }
  }

  static let insertSQL = insert(TrackRow.written + ["added"])
  private static let insertDetailedSQL = insert(
    TrackRow.written + ["added"] + TrackRow.detailColumns)

  private static func insert(_ columns: [String]) -> String {
    """
    INSERT INTO track (\(columns.joined(separator: ", ")))
    VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
    ON CONFLICT (path, ifnull(begins, -1), ifnull(ends, -1)) DO NOTHING
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
    guard let text = tags.artist ?? tags.albumArtist, !text.isEmpty else { return nil }
    let name = search.texts[text].folded
    if name.isEmpty { return nil }
    if let id = artists[name] { return id }
    let id = try number(
      insert: "INSERT INTO artist (name) VALUES (?)",
      find: "SELECT id FROM artist WHERE name = ?", [name])
    artists[name] = id
    return id
  }

  private mutating func album(_ tags: Tags) throws -> Int64? {
    guard let text = tags.album, !text.isEmpty else { return nil }
    let name = AlbumName(
      artist: (tags.albumArtist ?? tags.artist).map { search.texts[$0].folded } ?? "",
      title: search.texts[text].folded)
    if name.title.isEmpty { return nil }
    if let id = albums[name] { return id }
    let id = try number(
      insert: "INSERT INTO album (title, artist) VALUES (?, ?)",
      find: "SELECT id FROM album WHERE title = ? AND artist = ?", [name.title, name.artist])
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
