import Music

/// The report for people: how the table was read first, then what a reader may want to mend, a line
/// each, with its line in the table.
extension TrackTableReport {
  var text: String {
    var lines = [
      "\(file): \(counted(rows, "row")), \(matched.count) matched, \(unmatched.count) unmatched, "
        + "\(refused.count) refused; details for \(counted(described, "track"))",
      "fields parted by \(separator)s",
    ]
    if rows == 0 { lines.append("no rows: there is nothing below the line of column names") }
    lines += columnsNotRead.map {
      "column \($0.column) '\($0.name)' not read: column \($0.forColumn) '\($0.for)' says it"
    }
    lines += moodScale + ratingScale
    if encoding != "utf-8" { lines.append("some of it is no UTF-8 and was read as Latin-1") }
    lines += matched.filter { $0.certainty < 0.9 }.map {
      "  line \($0.line ?? 0): taken to be \($0.artist) - \($0.title)"
        + ($0.by == TrackMatcher.Way.title.rawValue ? ", by the title alone" : "")
    }
    lines += unmatched.map(\.text) + moods
    lines += repeated.map {
      "  line \($0.line): the same song as line \($0.first), and counts where both say something"
    }
    lines += refused.map { "  line \($0.line): refused: \($0.reason)" }
    if dryRun { lines.append("nothing was written (--dry-run)") }
    return lines.joined(separator: "\n")
  }

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

  /// Each mood that is not known once, at its first line.
  private var moods: [String] {
    guard !unknownMoods.isEmpty else { return [] }
    let lines = Dictionary(grouping: unknownMoods, by: \.mood).mapValues { $0.map(\.line) }
    let told = lines.sorted { ($0.value[0], $0.key) < ($1.value[0], $1.key) }
    return [
      "\(counted(unknownMoods.count, "row")) \(unknownMoods.count == 1 ? "has" : "have") a mood that "
        + "EMUS does not know: it is kept, and mood:... finds it, but says nothing of how the song "
        + "feels. Known are words such as \(MoodTag.examples.joined(separator: ", "))"
    ]
      + told.map {
        "  line \($0.value[0]): mood '\($0.key)' is not known\(Self.more($0.key, $0.value))"
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
