import Foundation
import GRDB
import Music

/// One row of the table `track`: how a track, its stamp and what lists need of it are stored.
enum TrackRow {
  /// Sorts after every name, for rows that have none.
  private static let last = "\u{10FFFF}"
  /// Characters of a folded name that decide its place in a list; more would only fill the index.
  private static let keyLength = 64

  /// The columns that `track(_:)` reads, in its order.
  static let columns = """
    id, path, begins, ends, is_demo, title, artist, album, album_artist, genre, year, number, \
    disc, duration, mood, bpm, rating, \(detailColumns.joined(separator: ", "))
    """

  /// A track from a row of `columns`.
  static func track(_ row: Row) throws -> Track {
    var track = Track(
      id: TrackID(try row.decode(Int64.self, atIndex: 0)),
      location: Location(
        path: try bytes(row, 1), start: try row.decode(Double?.self, atIndex: 2),
        end: try row.decode(Double?.self, atIndex: 3)),
      tags: Tags(
        title: try row.decode(String?.self, atIndex: 5),
        artist: try row.decode(String?.self, atIndex: 6),
        album: try row.decode(String?.self, atIndex: 7),
        albumArtist: try row.decode(String?.self, atIndex: 8),
        genre: try row.decode(String?.self, atIndex: 9),
        year: try row.decode(Int?.self, atIndex: 10),
        track: try row.decode(Int?.self, atIndex: 11),
        disc: try row.decode(Int?.self, atIndex: 12),
        duration: try row.decode(Double?.self, atIndex: 13),
        mood: try row.decode(String?.self, atIndex: 14),
        bpm: try row.decode(Double?.self, atIndex: 15),
        rating: try row.decode(Int?.self, atIndex: 16)),
      isDemo: try row.decode(Bool.self, atIndex: 4))
    track.tags.details = try details(row, from: 17)
    return track
  }

  static func bytes(_ row: Row, _ index: Int) throws -> [UInt8] {
    try row.withUnsafeData(atIndex: index) { $0.map(Array.init) ?? [] }
  }

  /// The columns that come from an entry of a scan, but for its details, in the order of `values`.
  static let written = [
    "path", "begins", "ends", "size", "modified", "is_demo", "is_missing", "title", "artist",
    "album", "album_artist", "genre", "year", "number", "disc", "duration", "mood", "bpm",
    "rating", "artist_id", "album_id", "artist_key", "album_key", "title_key", "words",
    "fingerprint",
  ]

  static func values(
    _ entry: ScanBatch.Entry, isDemo: Bool, artist: Int64?, album: Int64?
  ) -> [(any DatabaseValueConvertible)?] {
    let tags = entry.tags
    let title = Track(id: TrackID(0), location: entry.location, tags: tags).displayTitle
    return [
      Data(entry.location.path), entry.location.start, entry.location.end, entry.stamp.size,
      entry.stamp.modified, isDemo, false, tags.title, tags.artist, tags.album, tags.albumArtist,
      tags.genre, tags.year, tags.track, tags.disc, tags.duration, tags.mood, tags.bpm,
      tags.rating, artist, album, key(tags.albumArtist ?? tags.artist), key(tags.album),
      key(title), words(title: title, tags), entry.fingerprint,
    ]
  }

  private static func key(_ name: String?) -> String {
    guard let name, !name.isEmpty else { return last }
    return String(Folding.fold(name).prefix(keyLength))
  }

  /// Fields stand on lines of their own: a word, which holds no white space, never spans two.
  private static func words(title: String, _ tags: Tags) -> String {
    var fields = [title, tags.artist, tags.album, tags.genre]
    if tags.albumArtist != tags.artist { fields.append(tags.albumArtist) }
    return Folding.fold(fields.compactMap { $0 }.joined(separator: "\n"))
  }
}
