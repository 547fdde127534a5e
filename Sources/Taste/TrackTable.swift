import Music
import Perception

/// A table of details about tracks, as services and other players export it: a CSV file whose
/// columns are found by their names. Stands between a file and the catalogue; knows neither.
///
/// A row that cannot be read is refused with its line and spoils no other. Text is UTF-8, else
/// Latin-1; lines end with LF, CR LF or CR.
package struct TrackTable: Equatable, Sendable {
  package enum Column: String, CaseIterable, Sendable {
    case title, artist, album, genre, mood, valence, energy, arousal, tempo, danceability, path
    case rating
  }

  /// What parts the fields of a row.
  package enum Separator: String, CaseIterable, Sendable {
    case comma, semicolon, tab

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: UInt8(ascii: "\t")
      }
    }
  }

  package struct Row: Equatable, Sendable {
    /// The line of the file at which it begins, from 1.
    package var line: Int
    /// Absolute, the likeliest first; none where the row names no file.
    package var paths: [[UInt8]]
    /// The file or address as the row names it, for messages.
    package var place: String?
    package var title: String?
    package var artist: String?
    package var album: String?
    package var details: TrackDetails
  }

  /// A column that has a meaning and is not read.
  package struct UnreadColumn: Equatable, Sendable {
    /// From 1.
    package var number: Int
    /// As the header has it.
    package var name: String
    /// The column that is read in its place, since it says the same; nil where nothing of the kind is
    /// kept, as of `danceability`, which only tells what a valence beside it is out of.
    package var otherNumber: Int?
    package var otherName: String?
  }

  package struct Refusal: Equatable, Sendable {
    package var line: Int
    package var reason: String
  }

  package var rows: [Row] = []
  package var refused: [Refusal] = []
  package var separator: Separator
  /// The columns that are read, in the file's order.
  package var columns: [Column]
  package var unread: [UnreadColumn]
  /// How its numbers were read.
  package var scale: TrackTableScale
  /// Some of it is no UTF-8 and was read as Latin-1.
  package var isLatin: Bool

  /// Reads a whole file.
  ///
  /// `source` is the name of the file, kept with each detail; `folder` the absolute one that relative
  /// paths start from; `moods` how valence and energy are scaled, nil judges by the columns; `ratings`
  /// how ratings are, nil judges by most of them. Throws where no column names a song, and where the
  /// file is no text in UTF-8 or Latin-1.
  package init(
    _ bytes: [UInt8], source: String, folder: [UInt8], moods: TrackTableScale.Moods? = nil,
    ratings: TrackTableScale.Ratings? = nil
  ) throws(TrackTableFault) {
    let bytes = try Self.text(bytes)
    isLatin = String(validating: bytes, as: UTF8.self) == nil
    separator = Self.separator(of: bytes)
    var file = CommaSeparatedRows(separator: separator.byte)
    file.append(bytes[...])
    // With the last line ended, a row comes before the end unless a quotation mark in it is open.
    if bytes.last != UInt8(ascii: "\n") { file.append([UInt8(ascii: "\n")]) }
    guard let header = file.next(atEnd: false) else {
      throw TrackTableFault(reason: bytes.isEmpty ? "no header" : "line 1: \(Self.openMark)")
    }
    let layout = try TrackTableLayout(header)
    columns = layout.columns
    unread = layout.unread
    var raw: [TrackTableLayout.Cells] = []
    while true {
      guard let row = file.next(atEnd: false) else {
        guard let open = file.next(atEnd: true) else { break }
        refused.append(Refusal(line: open.line, reason: Self.openMark))
        continue
      }
      if row.fields.allSatisfy(\.isEmpty), row.fields.count < 2 { continue }
      do throws(TrackTableFault) { raw.append(try layout.cells(row)) } catch {
        refused.append(Refusal(line: row.line, reason: error.reason))
      }
    }
    scale = TrackTableScale(
      raw.map(\.numbers), columns: layout.known, moods: moods, ratings: ratings)
    for cells in raw {
      do throws(TrackTableFault) {
        rows.append(try row(cells, source: source, folder: folder))
      } catch {
        refused.append(Refusal(line: cells.line, reason: error.reason))
      }
    }
    refused.sort { $0.line < $1.line }
  }

  private static let openMark = "a quotation mark has no second one"

  /// The one by which the first line names the most columns; of equals, the comma first.
  private static func separator(of bytes: [UInt8]) -> Separator {
    let head = bytes.prefix(Self.longestHeader)
    var best: (separator: Separator, columns: Int) = (.comma, 0)
    for separator in Separator.allCases {
      var file = CommaSeparatedRows(separator: separator.byte)
      file.append(head)
      let columns = file.next(atEnd: true).map(TrackTableLayout.known) ?? 0
      if columns > best.columns { best = (separator, columns) }
    }
    return best.separator
  }

  /// Bytes of the file in which its first line is looked for.
  private static let longestHeader = 65_536

  /// Without a mark of UTF-8, and with LF at the ends of lines where the file has CR alone.
  private static func text(_ bytes: [UInt8]) throws(TrackTableFault) -> [UInt8] {
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    do throws(PlaylistFault) {
      let text = try PlaylistText.withoutMark(bytes)
      return text.contains(feed) ? Array(text) : text.map { $0 == carriage ? feed : $0 }
    } catch {
      throw TrackTableFault(reason: error.description)
    }
  }

  private func row(
    _ cells: TrackTableLayout.Cells, source: String, folder: [UInt8]
  ) throws(TrackTableFault) -> Row {
    let place = cells.path.flatMap { PlaylistPlace(line: $0, folder: folder) }
    let title = cells.texts[.title]
    guard place != nil || title != nil else {
      throw TrackTableFault(reason: "neither a title nor a path")
    }
    let details = TrackDetails(
      source: source, valence: try scale.mood(cells, .valence),
      arousal: try scale.mood(cells, columns.contains(.arousal) ? .arousal : .energy),
      mood: cells.texts[.mood], genre: cells.texts[.genre], bpm: try scale.tempo(cells),
      rating: try scale.rating(cells))
    return Row(
      line: cells.line, paths: place?.paths ?? [], place: place?.displayText, title: title,
      artist: cells.texts[.artist], album: cells.texts[.album], details: details)
  }
}

/// Why a table, or a row of one, cannot be read.
package struct TrackTableFault: Error, Equatable, CustomStringConvertible {
  package var reason: String

  package var description: String { reason }
}
