import Music
import Taste

/// The report for people: how the table was read first, then what a reader may want to mend, a line
/// each, in the order of the table's lines.
extension TrackTableReport {
  var text: String {
    var lines = [
      "\(file): \(counted(rows, "row")), \(matched.count) matched, \(unmatched.count) unmatched, "
        + "\(refused.count) refused; details for \(counted(described, "track"))",
      "fields parted by \(separator)s",
    ]
    if rows == 0 { lines.append("no rows: there is nothing below the line of column names") }
    lines += columnsNotRead.map(notRead) + moodScale + ratingScale
    if encoding != "utf-8" { lines.append("some of it is no UTF-8 and was read as Latin-1") }
    lines += unknownMoodsInAll
    let remarks: [Remark] = [loose, missing, moods, again, refusals].flatMap(\.self)
    lines += remarks.sorted { $0.line < $1.line }.map { "  line \($0.line): \($0.text)" }
    if dryRun { lines.append("nothing was written (--dry-run)") }
    return lines.joined(separator: "\n")
  }

  private func notRead(_ column: UnreadColumn) -> String {
    let start = "column \(column.column) '\(column.name)'"
    if let other = column.for, let number = column.forColumn {
      return "\(start) not read: column \(number) '\(other)' says it"
    }
    let tellsScale = scale.reason == TrackTableScale.Reason.danceability.rawValue
    return "\(start) " + (tellsScale ? "told the scale, and is not kept" : "is not kept")
  }

  // MARK: - Lines of the table

  /// What is said of one line.
  private typealias Remark = (line: Int, text: String)

  private var loose: [Remark] {
    matched.filter { $0.certainty < 0.9 }.map {
      let way = $0.by == TrackMatcher.Way.title.rawValue ? ", by the title alone" : ""
      return ($0.line ?? 0, "taken to be \($0.artist) - \($0.title)\(way)")
    }
  }

  private var missing: [Remark] { unmatched.map { ($0.line, $0.text) } }

  private var again: [Remark] {
    repeated.map {
      ($0.line, "the same song as line \($0.first), and counts where both say something")
    }
  }

  private var refusals: [Remark] { refused.map { ($0.line, "refused: \($0.reason)") } }

  // MARK: - Scales

  private var moodScale: [String] {
    guard let name = scale.valence ?? scale.arousal, let reason = scale.reason else { return [] }
    let columns = [scale.valence.map { _ in "valence" }, scale.arousalFrom].compactMap(\.self)
    let range = Self.words[name] ?? name
    var lines = [
      "\(columns.joined(separator: " and ")) read as \(range), as "
        + (reason == "asked" ? "--scale says" : Self.reason(reason) + " (--scale says otherwise)")
    ]
    if reason == "arousal", scale.hasNegative == false, scale.placed ?? 0 > 0 {
      lines.append("none of them is below 0: --scale unit, if they go from 0 to 1")
    }
    let placed = scale.placed ?? 0
    let beyond = placed - (scale.placedFitting ?? placed)
    if beyond > 0, beyond * 2 >= placed {
      lines.append(
        "\(beyond) of \(placed) numbers of mood lie beyond \(range): --scale knows unit (0 to 1), "
          + "signed (-1 to 1) and percent (0 to 100); bring others to one of these first")
    }
    return lines
  }

  private static func reason(_ reason: String) -> String {
    switch reason {
    case "some_below_zero": "some are below 0"
    case "none_below_zero": "none is below 0"
    case "most_above_ten": "most are above 10"
    default: "there is a column \(reason)"
    }
  }

  private static let words = [
    "unit": "0 to 1", "signed": "-1 to 1", "percent": "0 to 100", "stars": "0 to 5",
    "ten": "0 to 10",
  ]

  private var ratingScale: [String] {
    guard let rating = scale.rating else { return [] }
    return [
      "rating read as \(Self.words[rating] ?? rating), which holds \(scale.ratingsFitting ?? 0) of "
        + "\(counted(scale.rated ?? 0, "rating")) (--rating-scale says otherwise)"
    ]
  }

  // MARK: - Moods

  private var unknownMoodsInAll: [String] {
    guard !unknownMoods.isEmpty else { return [] }
    return [
      "\(counted(unknownMoods.count, "row")) \(unknownMoods.count == 1 ? "has" : "have") a mood that "
        + "EMUS does not know: it is kept, and mood:... finds it, but says nothing of how the song "
        + "feels. Known are words such as \(MoodTag.examples.joined(separator: ", "))"
    ]
  }

  /// Each mood that is not known once, at its first line.
  private var moods: [Remark] {
    Dictionary(grouping: unknownMoods, by: \.mood).map { mood, rows in
      let lines = rows.map(\.line)
      return (lines[0], "mood '\(mood)' is not known\(Self.more(mood, lines))")
    }
  }

  private static func more(_ mood: String, _ lines: [Int]) -> String {
    let near = MoodTag.nearest(mood).map { " (did you mean \($0)?)" } ?? ""
    let others = lines.dropFirst()
    guard !others.isEmpty else { return near }
    let shown = others.prefix(3).map { String($0) }.joined(separator: ", ")
    let rest = others.count > 3 ? " and \(others.count - 3) more" : ""
    return near + " (also \(others.count == 1 ? "line" : "lines") \(shown)\(rest))"
  }
}
