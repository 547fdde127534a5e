import Foundation
import GRDB
import Music

/// What lists and the recommender read of the music. Functions of an open snapshot.
enum CatalogReading {
  /// A window of the list, or of what a query finds in it; both counted in the same snapshot.
  static func page(
    _ db: Database, _ query: CatalogQuery, _ window: Range<Int>, _ cache: SearchCache
  ) throws -> CatalogPage {
    let demo = try DemoRule.showsDemo(db)
    if query.filter == .everything { return try all(db, demo, window) }
    return try CatalogSearch(query, showsDemo: demo, cache: cache, db).page(window)
  }

  static func total(
    _ db: Database, _ query: CatalogQuery, _ cache: SearchCache
  ) throws -> CatalogTotal {
    let demo = try DemoRule.showsDemo(db)
    return try CatalogSearch(query, showsDemo: demo, cache: cache, db).total()
  }

  private static func all(
    _ db: Database, _ demo: Bool, _ window: Range<Int>
  ) throws -> CatalogPage {
    let total = try Int.fetchOne(db.cachedStatement(sql: countSQL), arguments: [demo]) ?? 0
    let window = window.clamped(to: 0..<total)
    let ids = try Int64.fetchAll(
      db.cachedStatement(sql: listSQL + " LIMIT ? OFFSET ?"),
      arguments: [demo, window.count, window.lowerBound])
    return CatalogPage(total: total, rows: try tracks(db, ids.map(TrackID.init(_:))))
  }

  static let countSQL =
    "SELECT count(*) FROM track INDEXED BY track_count WHERE is_demo = ? AND is_missing = 0"

  /// The ids of the list in its order, by `track_shown` alone: the table is not touched.
  static let listSQL = "SELECT id " + listed

  /// What stands in the lists, in their order.
  static let listed = """
    FROM track WHERE is_demo = ? AND is_missing = 0
    ORDER BY artist_key, album_key, disc, number, title_key, year, duration, rating, id
    """

  /// Tracks in the order of their ids; unknown ones are left out, missing and demo ones are not.
  static func tracks(_ db: Database, _ ids: [TrackID]) throws -> [Track] {
    let statement = try db.cachedStatement(sql: trackSQL)
    return try ids.compactMap { id in
      try Row.fetchOne(statement, arguments: [id.rawValue]).map(TrackRow.track)
    }
  }

  static let trackSQL = "SELECT \(TrackRow.columns) FROM track WHERE id = ?"

  /// Numbers about all tracks that may be recommended; what was imported comes before the tags.
  /// `mood` gets the tags `mood`, `genre` and `bpm`, and no others.
  static func facts(_ db: Database, mood: (Tags) -> TrackMood) throws -> [TrackFacts] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT id, artist_id, album_id, track.rating, duration, track.mood, track.genre, track.bpm,
          \(DetailRows.columns.split(separator: ", ").map { "detail.\($0)" }.joined(separator: ", "))
        FROM track NOT INDEXED LEFT JOIN detail ON detail.track = track.id
        WHERE is_demo = ? AND is_missing = 0
        """, arguments: [try DemoRule.playsDemo(db)])
    var facts: [TrackFacts] = []
    while let row = try rows.next() {
      let tags = Tags(
        genre: try row.decode(String?.self, atIndex: 6),
        mood: try row.decode(String?.self, atIndex: 5),
        bpm: try row.decode(Double?.self, atIndex: 7))
      let details = try DetailRows.details(row, at: 8)
      let guess = mood(details?.joined(to: tags) ?? tags)
      facts.append(
        TrackFacts(
          id: TrackID(try row.decode(Int64.self, atIndex: 0)),
          artist: number(try row.decode(Int64?.self, atIndex: 1)),
          album: number(try row.decode(Int64?.self, atIndex: 2)),
          mood: details?.mood(over: guess) ?? guess,
          taggedRating: rating(try details?.rating ?? row.decode(Int?.self, atIndex: 3)),
          duration: Float(try row.decode(Double?.self, atIndex: 4) ?? 0)))
    }
    return facts
  }

  private static func number(_ id: Int64?) -> Int32 { id.flatMap(Int32.init(exactly:)) ?? -1 }

  private static func rating(_ value: Int?) -> Int8 {
    guard let value, (1...10).contains(value) else { return 0 }
    return Int8(value)
  }

  /// The listener's own folders, in the order of their bytes.
  static func folders(_ db: Database) throws -> [[UInt8]] {
    try Data.fetchAll(db, sql: "SELECT path FROM folder WHERE is_demo = 0 ORDER BY path")
      .map(Array.init)
  }

  /// Stamps of the files below a folder. Missing ones are left out: one that came back is new to
  /// the scan, which then writes it again.
  static func stamps(_ db: Database, below folder: [UInt8]) throws -> [[UInt8]: FileStamp] {
    let range = PathRange(below: folder)
    let rows = try Row.fetchCursor(db, sql: stampsSQL, arguments: [range.first, range.end])
    var stamps: [[UInt8]: FileStamp] = [:]
    // Growing would hash every path again, byte by byte: half of the time of this function.
    stamps.reserveCapacity(try Int.fetchOne(db, sql: "SELECT count(*) FROM track") ?? 0)
    while let row = try rows.next() {
      stamps[try TrackRow.bytes(row, 0)] = FileStamp(
        size: try row.decode(Int64.self, atIndex: 1),
        modified: try row.decode(Int64.self, atIndex: 2))
    }
    return stamps
  }

  static let stampsSQL =
    "SELECT path, size, modified FROM track WHERE path >= ? AND path < ? AND is_missing = 0"
}

/// The paths below a folder, as a range that an index on the path can walk.
struct PathRange {
  /// The folder with its slash: no path below comes before it.
  let first: Data
  /// The next byte string after all paths below.
  let end: Data

  init(below folder: [UInt8]) {
    let slash = UInt8(ascii: "/")
    let stem = folder.last == slash ? Array(folder.dropLast()) : folder
    first = Data(stem + [slash])
    end = Data(stem + [slash + 1])
  }
}
