import Foundation
import GRDB
import Music

/// What the entries of playlists are in the catalogue: by where they are, and by what they are called.
extension CatalogReading {
  /// The tracks at the places, missing ones left out; nil where there is none.
  static func locate(_ db: Database, _ places: [Location]) throws -> [TrackID?] {
    let whole = try db.cachedStatement(sql: wholeSQL)
    let piece = try db.cachedStatement(sql: pieceSQL)
    return try places.map { place in
      let path = Data(place.path)
      let id =
        place.isPart
        ? try Int64.fetchOne(piece, arguments: [path, place.start ?? 0, Location.tolerance])
        : try Int64.fetchOne(whole, arguments: [path])
      return id.map(TrackID.init(_:))
    }
  }

  static let wholeSQL = """
    SELECT id FROM track
    WHERE path = ? AND ifnull(begins, -1) = -1 AND ifnull(ends, -1) = -1 AND is_missing = 0
    """

  /// Few pieces have one path, which the index leads to.
  static let pieceSQL = """
    SELECT id FROM track
    WHERE path = ? AND NOT (begins IS NULL AND ends IS NULL) AND is_missing = 0
      AND abs(ifnull(begins, 0) - ?) < ?
    """

  /// The tracks in the lists with these titles and artists, by the names' order.
  ///
  /// The index of the lists is read through once, however many names are asked for: it holds the
  /// titles, but begins with the artists of albums, who need not be the songs' own.
  static func named(_ db: Database, _ names: [SongName]) throws -> [[TrackID]] {
    let folded = names.map { name in
      SongName(title: Folding.fold(name.title), artist: Folding.fold(name.artist))
    }
    let keys = try JSONEncoder().encode(Set(folded.map { FoldedText.key($0.title) }))
    let rows = try Row.fetchCursor(
      db.cachedStatement(sql: titledSQL),
      arguments: [try DemoRule.showsDemo(db), String(decoding: keys, as: UTF8.self)])
    var found: [SongName: [TrackID]] = [:]
    while let row = try rows.next() {
      let id = TrackID(try row.decode(Int64.self, atIndex: 0))
      let title = Folding.fold(try row.decode(String?.self, atIndex: 1) ?? "")
      let artists = try [2, 3].compactMap { try row.decode(String?.self, atIndex: $0) }
      for artist in Set(artists.map(Folding.fold)) {
        found[SongName(title: title, artist: artist), default: []].append(id)
      }
    }
    return folded.map { found[$0] ?? [] }
  }

  static let titledSQL = """
    SELECT id, title, artist, album_artist FROM track WHERE id IN (
      SELECT id FROM track INDEXED BY track_shown
      WHERE is_demo = ? AND is_missing = 0 AND title_key IN (SELECT value FROM json_each(?))
    )
    """
}
