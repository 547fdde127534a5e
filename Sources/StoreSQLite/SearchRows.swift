import Foundation
import GRDB
import Music

/// The tables that searches read: `search`, the index of three letters each, and `word`, the words
/// that a mistyped one is compared with. Kept in step with `track` by who writes that.
struct SearchRows {
  private let db: Database
  /// Words that were written a moment ago.
  private var known: Set<String> = []

  init(_ db: Database) { self.db = db }

  /// Takes in a new track.
  mutating func insert(_ id: Int64, _ entry: Entry) throws {
    try db.cachedStatement(sql: Self.insertSQL).execute(arguments: entry.arguments(id))
    try remember(entry)
  }

  /// Takes in a track that was there with other tags; `old` is what `entry(_:_:)` said of it.
  mutating func update(_ id: Int64, from old: Entry, to new: Entry) throws {
    guard old != new else { return }
    try remove(id, old)
    try insert(id, new)
  }

  /// Takes out a track that is no more; `old` is what `entry(_:_:)` said of it.
  func remove(_ id: Int64, _ old: Entry) throws {
    try db.cachedStatement(sql: Self.deleteSQL).execute(arguments: old.arguments(id))
  }

  /// What the index holds of a track, told from its row.
  static func entry(_ id: Int64, _ db: Database) throws -> Entry? {
    try Row.fetchOne(
      db.cachedStatement(sql: "SELECT \(Entry.columns) FROM track WHERE id = ?"), arguments: [id]
    ).map { try Entry($0, from: 0) }
  }

  /// Takes in every track: of a file that had no index.
  static func fill(_ db: Database) throws {
    var rows = SearchRows(db)
    let tracks = try Row.fetchCursor(db, sql: "SELECT id, \(Entry.columns) FROM track")
    while let row = try tracks.next() {
      try rows.insert(try row.decode(Int64.self, atIndex: 0), try Entry(row, from: 1))
    }
  }

  private mutating func remember(_ entry: Entry) throws {
    let statement = try db.cachedStatement(sql: "INSERT OR IGNORE INTO word (text) VALUES (?)")
    for word in entry.words where known.insert(word).inserted {
      try statement.execute(arguments: [word])
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
    /// Title, artist, album, genre, mood; nil is none.
    private let texts: [String?]
    private let year: Int?

    static let columns =
      "path, title, artist, album, album_artist, genre, mood, year"

    init(_ entry: ScanBatch.Entry) { self.init(entry.location, entry.tags) }

    fileprivate init(_ row: Row, from first: Int) throws {
      self.init(
        Location(path: try TrackRow.bytes(row, first)),
        Tags(
          title: try row.decode(String?.self, atIndex: first + 1),
          artist: try row.decode(String?.self, atIndex: first + 2),
          album: try row.decode(String?.self, atIndex: first + 3),
          albumArtist: try row.decode(String?.self, atIndex: first + 4),
          genre: try row.decode(String?.self, atIndex: first + 5),
          year: try row.decode(Int?.self, atIndex: first + 7),
          mood: try row.decode(String?.self, atIndex: first + 6)))
    }

    private init(_ location: Location, _ tags: Tags) {
      let title = Track(id: TrackID(0), location: location, tags: tags).displayTitle
      var artist = tags.artist
      if let other = tags.albumArtist, other != artist {
        artist = artist.map { $0 + "\n" + other } ?? other
      }
      texts = [title, artist, tags.album, tags.genre, tags.mood]
      year = tags.year
    }

    fileprivate func arguments(_ id: Int64) -> StatementArguments {
      let indexed = texts.map { $0.flatMap(Self.indexed) }
      let year = year.flatMap { SearchText.indexed(String($0)) }
      return [id, indexed[0], indexed[1], indexed[2], indexed[3], indexed[4], year]
    }

    /// Two artists stand on lines of their own: a phrase never spans both.
    private static func indexed(_ text: String) -> String? {
      let lines = text.split(separator: "\n").compactMap { SearchText.indexed(String($0)) }
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    /// The folded words that a slip could be made in.
    fileprivate var words: [String] {
      texts.flatMap { $0.map(Vocabulary.words) ?? [] }
    }
  }
}
