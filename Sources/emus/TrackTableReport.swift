import Music
import Taste

/// A row of a table that the library does not have, as JSON.
struct UnmatchedRow: Encodable {
  var line: Int
  var title: String?
  var artist: String?
  /// The file or address that it names.
  var place: String?
  var reason: String

  init(_ row: TrackTable.Row, _ miss: TrackMatcher.Miss) {
    line = row.line
    title = row.title
    artist = row.artist
    place = row.place
    reason = miss.rawValue
  }

  /// Without its line.
  var text: String {
    let names = [artist, title].compactMap(\.self).joined(separator: " - ")
    let what = names.isEmpty ? place : names
    return "\(what.map { $0 + ": " } ?? "")\(reason)"
  }
}

/// What became of a table: how it was read, what was found, what means nothing. As JSON, and as text
/// (`TrackTableReport+Text`).
struct TrackTableReport: Encodable {
  struct Refused: Encodable {
    var line: Int
    var reason: String
  }

  /// A song that an earlier line speaks of too; where both say something this one counts.
  struct Repeated: Encodable {
    var line: Int
    /// The line before it.
    var first: Int
  }

  /// A mood that is kept, and of which no word is known.
  struct UnknownMood: Encodable {
    var line: Int
    var mood: String
  }

  /// A column of which nothing is kept.
  struct UnreadColumn: Encodable {
    /// From 1.
    var column: Int
    var name: String
    /// The name of the column that is read in its place, and its number; nil of danceability, which
    /// tells the scale at most.
    @OrNull var `for`: String?
    @OrNull var forColumn: Int?
  }

  struct Scale: Encodable {
    /// `unit` is 0 to 1, `signed` is -1 to 1, `percent` is 0 to 100; nil where the table has neither
    /// column.
    var valence: String?
    var arousal: String?
    /// The column that arousal was read from.
    var arousalFrom: String?
    /// Why: `asked`, the name of a column, `some_below_zero`, `none_below_zero`, `most_above_ten`.
    var reason: String?
    /// How many numbers of valence and arousal there are, and how many lie within the scale.
    var placed: Int?
    var placedFitting: Int?
    /// One of them is below 0.
    var hasNegative: Bool?
    /// `stars` (of 5), `ten` or `percent`; nil where the table has no ratings.
    var rating: String?
    /// How many rows have a rating, and how many of these lie within the scale.
    var rated: Int?
    var ratingsFitting: Int?
  }

  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  var dryRun: Bool
  /// What parts the fields: `comma`, `semicolon` or `tab`.
  var separator: String
  /// `utf-8`, or `latin-1` where some of it is no UTF-8.
  var encoding: String
  var columns: [String]
  var columnsNotRead: [UnreadColumn]
  var scale: Scale
  var rows: Int
  /// How many tracks got details.
  var described = 0
  var matched: [MatchedTrack] = []
  var unmatched: [UnmatchedRow] = []
  var unknownMoods: [UnknownMood] = []
  var repeated: [Repeated] = []
  var refused: [Refused]

  init(_ table: TrackTable, file: PathOutput, isDryRun: Bool) {
    (self.file, fileBytes) = (file.text, file.bytes)
    dryRun = isDryRun
    separator = table.separator.rawValue
    encoding = table.isLatin ? "latin-1" : "utf-8"
    columns = table.columns.map(\.rawValue)
    columnsNotRead = table.unread.map {
      UnreadColumn(
        column: $0.number, name: $0.name, for: $0.otherName, forColumn: $0.otherNumber)
    }
    scale = Scale(table)
    rows = table.rows.count + table.refused.count
    refused = table.refused.map { Refused(line: $0.line, reason: $0.reason) }
  }

  /// There are rows, and none of them can be read.
  var isAllRefused: Bool { !refused.isEmpty && refused.count == rows }
}

extension TrackTableReport.Scale {
  fileprivate init(_ table: TrackTable) {
    let has = Set(table.columns)
    let scale = table.scale
    if has.contains(.valence) { valence = scale.moods.rawValue }
    arousalFrom = has.contains(.arousal) ? "arousal" : has.contains(.energy) ? "energy" : nil
    if arousalFrom != nil { arousal = scale.moods.rawValue }
    if valence ?? arousal != nil {
      reason = scale.reason.rawValue
      placed = scale.placed
      placedFitting = scale.placedFitting
      hasNegative = scale.hasNegative
    }
    if has.contains(.rating) {
      rating = scale.ratings.rawValue
      rated = scale.rated
      ratingsFitting = scale.fitting
    }
  }
}
