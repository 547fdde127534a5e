import Music
import Perception

/// Which column of a table means what, by the names that services and players give them.
struct TrackTableLayout: Equatable, Sendable {
  /// The cells of one row that mean something.
  struct Cells: Equatable, Sendable {
    var line: Int
    var path: ArraySlice<UInt8>?
    var texts: [TrackTable.Column: String] = [:]
    var numbers: [TrackTable.Column: Double] = [:]
  }

  /// What is read, in the file's order.
  let columns: [TrackTable.Column]
  /// What means something, but is said by another column too, or is not kept.
  let unread: [TrackTable.UnreadColumn]
  private let places: [TrackTable.Column: Int]
  private let width: Int

  private static let names: [String: TrackTable.Column] = [
    "title": .title, "trackname": .title, "track": .title, "tracktitle": .title, "name": .title,
    "song": .title, "songname": .title, "songtitle": .title,
    "artist": .artist, "artistname": .artist, "artistnames": .artist, "artists": .artist,
    "trackartist": .artist, "creator": .artist,
    "album": .album, "albumname": .album, "albumtitle": .album, "release": .album,
    "genre": .genre, "genres": .genre, "artistgenres": .genre,
    "mood": .mood, "moods": .mood, "moodtag": .mood,
    "valence": .valence, "energy": .energy, "arousal": .arousal,
    "tempo": .tempo, "bpm": .tempo, "danceability": .danceability,
    "path": .path, "file": .path, "filename": .path, "filepath": .path, "location": .path,
    "rating": .rating, "stars": .rating, "userrating": .rating, "myrating": .rating,
  ]
  private static let numeric: Set<TrackTable.Column> = [
    .valence, .energy, .arousal, .tempo, .rating,
  ]

  /// Whatever there is a column of, also those that are not kept.
  var known: Set<TrackTable.Column> { Set(places.keys) }

  /// How many columns of a first line mean something.
  static func known(_ header: CommaSeparatedRows.Row) -> Int {
    Set(header.fields.compactMap(column)).count
  }

  private static func column(_ field: ArraySlice<UInt8>) -> TrackTable.Column? {
    names[String(decoding: field, as: UTF8.self).lowercased().filter(\.isLetter)]
  }

  /// Of two columns with one meaning the first counts, and arousal comes before energy, which only
  /// stands for it; the others are told, and so is danceability, of which nothing is kept.
  init(_ header: CommaSeparatedRows.Row) throws(TrackTableFault) {
    let found = header.fields.enumerated().compactMap { place, field in
      Self.column(field).map { (place: place, column: $0) }
    }
    var places: [TrackTable.Column: Int] = [:]
    for (place, column) in found where places[column] == nil { places[column] = place }
    if places[.arousal] != nil { places[.energy] = nil }
    unread = found.compactMap { place, column in
      let name = PlaylistText.text(header.fields[place]) ?? ""
      if column == .danceability {
        return TrackTable.UnreadColumn(number: place + 1, name: name)
      }
      guard places[column] != place, let other = places[column] ?? places[.arousal] else {
        return nil
      }
      return TrackTable.UnreadColumn(
        number: place + 1, name: name, otherNumber: other + 1,
        otherName: PlaylistText.text(header.fields[other]) ?? "")
    }
    let columns = found.filter { place, column in
      column != .danceability && places[column] == place
    }.map(\.column)
    guard places[.title] != nil || places[.path] != nil else {
      throw TrackTableFault(
        reason: "no column is called title or path; the first line has to name the columns")
    }
    self.places = places
    self.columns = columns
    width = header.fields.count
  }

  func cells(_ row: CommaSeparatedRows.Row) throws(TrackTableFault) -> Cells {
    guard !row.fields.isEmpty else { throw TrackTableFault(reason: "the row is too long") }
    guard row.fields.count == width else {
      throw TrackTableFault(
        reason: "\(counted(row.fields.count, "field")) where the header has \(width)")
    }
    var cells = Cells(line: row.line)
    // In the file's order: of several faults the first is named.
    for column in columns {
      guard let place = places[column] else { continue }
      let field = row.fields[place]
      if column == .path {
        cells.path = field
        continue
      }
      guard let text = PlaylistText.text(field) else { continue }
      if Self.numeric.contains(column) {
        cells.numbers[column] = try Self.number(text, column)
      } else {
        cells.texts[column] = text
      }
    }
    return cells
  }

  /// A decimal number, with an exponent or not; a comma may stand for the point. What the standard
  /// library reads besides, as hexadecimal numbers, no table means.
  private static func number(
    _ text: String, _ column: TrackTable.Column
  ) throws(TrackTableFault) -> Double {
    let number = String(text.map { $0 == "," ? "." : $0 })
    guard number.utf8.allSatisfy(decimals.contains), let value = Double(number), value.isFinite
    else {
      throw TrackTableFault(reason: "\(column.rawValue) '\(text.prefix(40))' is no number")
    }
    return value
  }

  private static let decimals = Set("0123456789.+-eE".utf8)
}
