import Foundation
import GRDB
import Music

/// One row of the table `track`: how a track, its stamp and what lists need of it are stored.
enum TrackRow {
  /// Sorts after every name, for rows that have none.
  private static let last = "\u{10FFFF}"

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

  /// The columns that come from an entry of a scan, but for its details, in the order of `fill`.
  static let written = [
    "path", "begins", "ends", "size", "modified", "is_demo", "is_missing", "title", "artist",
    "album", "album_artist", "genre", "year", "number", "disc", "duration", "mood", "bpm",
    "rating", "artist_id", "album_id", "artist_key", "album_key", "title_key", "fingerprint",
  ]

  /// The numbers that an entry's names have in the tables `artist` and `album`.
  struct Names {
    var artist: Int64?
    var album: Int64?
  }

  /// Binds the columns of `written`.
  static func fill(
    _ row: inout RowBinding, _ entry: ScanBatch.Entry, isDemo: Bool, _ names: Names,
    _ texts: inout FoldedTexts
  ) {
    let tags = entry.tags
    row.add(entry.location.path)
    row.add(entry.location.start)
    row.add(entry.location.end)
    row.add(entry.stamp.size)
    row.add(entry.stamp.modified)
    row.add(isDemo)
    row.add(false)
    for text in [tags.title, tags.artist, tags.album, tags.albumArtist, tags.genre] {
      row.add(text)
    }
    for number in [tags.year, tags.track, tags.disc] { row.add(number) }
    row.add(tags.duration)
    row.add(tags.mood)
    row.add(tags.bpm)
    row.add(tags.rating)
    row.add(names.artist)
    row.add(names.album)
    row.add(key(tags.albumArtist ?? tags.artist, &texts))
    row.add(key(tags.album, &texts))
    let title = Track(id: TrackID(0), location: entry.location, tags: tags).plainTitle
    row.add(title.isEmpty ? last : FoldedText.key(Folding.fold(title)))
    row.add(entry.fingerprint)
  }

  private static func key(_ name: String?, _ texts: inout FoldedTexts) -> String {
    guard let name, !name.isEmpty else { return last }
    return texts[name].key
  }
}
