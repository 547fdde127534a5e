import Foundation
import Music
import Taste

/// Brings a table of track details in, in one transaction: valence, arousal, mood, genre, tempo and
/// ratings that were measured or said elsewhere.
struct TrackTableImport {
  var input: InputFile
  var scale: TrackTableScale.Moods?
  var ratings: TrackTableScale.Ratings?
  var isDryRun: Bool

  func run(_ catalog: Catalog) async throws -> TrackTableReport {
    let table: TrackTable
    do {
      table = try TrackTable(
        input.bytes, source: input.name, folder: input.folder, moods: scale, ratings: ratings)
    } catch {
      throw Failure(.input, "\(input.given): \(error)")
    }
    let matcher = try await catalog.matcher()
    var report = TrackTableReport(table, file: input.path, isDryRun: isDryRun)
    var details: [TrackID: TrackDetails] = [:]
    var lines: [TrackID: Int] = [:]
    for row in table.rows {
      switch matcher.match(
        places: row.paths.map { Location(path: $0) }, title: row.title, artist: row.artist,
        album: row.album, takesTitles: true)
      {
      case .success(let match):
        report.matched.append(
          MatchedTrack(line: row.line, try await catalog.track(match), match))
        guard !row.details.isEmpty else { continue }
        if let first = match.tracks.lazy.compactMap({ lines[$0] }).first {
          report.repeated.append(.init(line: row.line, first: first))
        }
        for track in match.tracks {
          lines[track] = row.line
          // A later row of the same song adds to an earlier one.
          details[track] = details[track].map { row.details.filled(from: $0) } ?? row.details
        }
      case .failure(let miss): report.unmatched.append(UnmatchedRow(row, miss))
      }
    }
    report.described = details.count
    if !isDryRun { try await catalog.describe(details) }
    return report
  }
}

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

  var text: String {
    let names = [artist, title].compactMap(\.self).joined(separator: " - ")
    let what = names.isEmpty ? place : names
    return "  line \(line): \(what.map { $0 + ": " } ?? "")\(reason)"
  }
}

/// What became of a table, as JSON.
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

  struct Scale: Encodable {
    /// `unit` is 0 to 1, `signed` is -1 to 1; nil where the table has neither column.
    var valence: String?
    var arousal: String?
    /// The column that arousal was read from.
    var arousalFrom: String?
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
  var scale: Scale
  var rows: Int
  /// How many tracks got details.
  var described = 0
  var matched: [MatchedTrack] = []
  var unmatched: [UnmatchedRow] = []
  var repeated: [Repeated] = []
  var refused: [Refused]

  init(_ table: TrackTable, file: PathOutput, isDryRun: Bool) {
    (self.file, fileBytes) = (file.text, file.bytes)
    dryRun = isDryRun
    separator = table.separator.rawValue
    encoding = table.isLatin ? "latin-1" : "utf-8"
    columns = table.columns.map(\.rawValue)
    let has = Set(table.columns)
    let arousal = has.contains(.arousal) ? "arousal" : has.contains(.energy) ? "energy" : nil
    scale = Scale(
      valence: has.contains(.valence) ? table.scale.moods.rawValue : nil,
      arousal: arousal == nil ? nil : table.scale.moods.rawValue, arousalFrom: arousal,
      rating: has.contains(.rating) ? table.scale.ratings.rawValue : nil,
      rated: has.contains(.rating) ? table.scale.rated : nil,
      ratingsFitting: has.contains(.rating) ? table.scale.fitting : nil)
    rows = table.rows.count + table.refused.count
    refused = table.refused.map { Refused(line: $0.line, reason: $0.reason) }
  }

  var text: String {
    var lines = [
      "\(file): \(counted(rows, "row")), \(matched.count) matched, \(unmatched.count) unmatched, "
        + "\(refused.count) refused; details for \(counted(described, "track"))",
      "fields parted by \(separator)s",
    ]
    let moods = [scale.valence.map { _ in "valence" }, scale.arousalFrom].compactMap(\.self)
    if let range = scale.valence ?? scale.arousal {
      lines.append(
        "\(moods.joined(separator: " and ")) read as \(range == "unit" ? "0 to 1" : "-1 to 1")"
          + " (--scale says otherwise)")
    }
    if let rating = scale.rating {
      let words = ["stars": "0 to 5", "ten": "0 to 10", "percent": "0 to 100"]
      lines.append(
        "rating read as \(words[rating] ?? rating), which holds \(scale.ratingsFitting ?? 0) of "
          + "\(counted(scale.rated ?? 0, "rating")) (--rating-scale says otherwise)")
    }
    if encoding != "utf-8" { lines.append("some of it is no UTF-8 and was read as Latin-1") }
    lines += matched.filter { $0.certainty < 0.9 }.map {
      "  line \($0.line ?? 0): taken to be \($0.artist) - \($0.title)"
        + ($0.by == TrackMatcher.Way.title.rawValue ? ", by the title alone" : "")
    }
    lines += unmatched.map(\.text)
    lines += repeated.map {
      "  line \($0.line): the same song as line \($0.first), and counts where both say something"
    }
    lines += refused.map { "  line \($0.line): refused: \($0.reason)" }
    if dryRun { lines.append("nothing was written (--dry-run)") }
    return lines.joined(separator: "\n")
  }
}
