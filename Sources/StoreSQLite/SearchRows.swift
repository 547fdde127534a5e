import Foundation
import GRDB
import Music

/// The tables that searches read: `search`, the index of three letters each, and `word`, the words
/// that a mistyped one is compared with. Kept in step with `track` and `detail` by who writes those:
/// an imported mood is found as if the file said it, as the recommender reads it.
struct SearchRows {
  private let db: Database
  private let insertion: Statement
  private let remembering: Statement
  /// Words that were written a moment ago.
  private var known: Set<String> = []
  /// For whoever writes the same texts into another table.
  var texts = FoldedTexts()

  init(_ db: Database) throws {
    self.db = db
    insertion = try db.cachedStatement(sql: Self.insertSQL)
    remembering = try db.cachedStatement(sql: "INSERT OR IGNORE INTO word (text) VALUES (?)")
  }

  /// Takes in a new track.
  mutating func insert(_ id: Int64, _ entry: Entry) throws {
    let texts = entry.folded(&texts)
    try insertion.execute { row in Self.fill(&row, id, texts) }
    for text in texts {
      for word in text?.words ?? [] where known.insert(word).inserted {
        try remembering.execute { row in row.add(word) }
      }
    }
  }

  /// Takes in a track that was there with other tags; `old` is what `entry(_:_:)` said of it.
  mutating func update(_ id: Int64, from old: Entry, to new: Entry) throws {
    guard old != new else { return }
    try remove(id, old)
    try insert(id, new)
  }

  /// Takes out a track that is no more; `old` is what `entry(_:_:)` said of it.
  mutating func remove(_ id: Int64, _ old: Entry) throws {
    let texts = old.folded(&texts)
    try db.cachedStatement(sql: Self.deleteSQL).execute { row in Self.fill(&row, id, texts) }
  }

  private static func fill(_ row: inout RowBinding, _ id: Int64, _ texts: [FoldedText?]) {
    row.add(id)
    for text in texts { row.add(text?.indexed) }
  }

  /// What the index holds of a track, told from its row.
  static func entry(_ id: Int64, _ db: Database) throws -> Entry? {
    try Row.fetchOne(db.cachedStatement(sql: entrySQL), arguments: [id]).map {
      try Entry($0, from: 0)
    }
  }

  static let entrySQL = "SELECT \(Entry.columns), \(Entry.imported) WHERE track.id = ?"

  /// Takes in every track anew: of a file that had no index, or one that holds other text.
  static func refill(_ db: Database) throws {
    try db.execute(sql: "INSERT INTO search (search) VALUES ('delete-all')")
    var rows = try SearchRows(db)
    let tracks = try Row.fetchCursor(
      db, sql: "SELECT track.id, \(Entry.columns), \(Entry.imported)")
    while let row = try tracks.next() {
      try rows.insert(
        try row.decode(Int64.self, atIndex: 0), try Entry(row, from: 1))
    }
  }

  private static let insertSQL = """
    INSERT INTO search (rowid, title, artist, album, genre, mood, year)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """

  /// FTS5 takes a row out by its text: https://www.sqlite.org/fts5.html#the_delete_command
  private static let deleteSQL = """
    INSERT INTO search (search, rowid, title, artist, album, genre, mood, year)
    VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)
    """
}

extension SearchRows {
  /// The text of one track, by the columns of the index.
  struct Entry: Equatable {
    private let title: String
    /// Artist, album, genre, mood, year; nil is none.
    private let others: [String?]

    static let columns =
      "path, title, artist, album, album_artist, track.genre, track.mood, year"

    /// What else `columns` are joined with: two columns more.
    static let imported =
      "detail.mood, detail.genre FROM track LEFT JOIN detail ON detail.track = track.id"

    init(_ entry: ScanBatch.Entry) { self.init(entry.location, entry.tags) }

    /// What the index holds, by its columns: title and artist come first.
    func indexed(_ known: inout FoldedTexts) -> [String?] { folded(&known).map { $0?.indexed } }

    /// A title seldom comes again.
    fileprivate func folded(_ known: inout FoldedTexts) -> [FoldedText?] {
      [FoldedText(title)] + others.map { text in text.map { known[$0] } }
    }

    /// Reads `columns` that begin at an index, and what follows of `imported`.
    fileprivate init(_ row: Row, from first: Int) throws {
      let tags = Tags(
        title: try row.decode(String?.self, atIndex: first + 1),
        artist: try row.decode(String?.self, atIndex: first + 2),
        album: try row.decode(String?.self, atIndex: first + 3),
        albumArtist: try row.decode(String?.self, atIndex: first + 4),
        genre: try row.decode(String?.self, atIndex: first + 5),
        year: try row.decode(Int?.self, atIndex: first + 7),
        mood: try row.decode(String?.self, atIndex: first + 6))
      let details = TrackDetails(
        source: "", mood: try row.decode(String?.self, atIndex: first + 8),
        genre: try row.decode(String?.self, atIndex: first + 9))
      self.init(Location(path: try TrackRow.bytes(row, first)), details.joined(to: tags))
    }

    private init(_ location: Location, _ tags: Tags) {
      title = Track(id: TrackID(0), location: location, tags: tags).plainTitle
      var artist = tags.artist
      if let other = tags.albumArtist, other != artist {
        artist = artist.map { $0 + "\n" + other } ?? other
      }
      others = [artist, tags.album, tags.genre, tags.mood, tags.year.map { String($0) }]
    }
  }
}
