import Music
import Perception
import Screen
import Taste

/// A listener's statistics as lines for a terminal: tables with small bars, as wide as there is room.
package struct StatisticsReport {
  private let statistics: ListeningStatistics
  private let name: String
  private let width: Int
  private let isColoured: Bool

  private static let narrowest = 40
  private static let widest = 120
  private static let artistCount = 5

  /// `width` is in columns; a terminal narrower than 40 gets lines of 40. Where `isColoured`, headings
  /// and bars have styles (ECMA-48).
  package init(_ statistics: ListeningStatistics, name: String, width: Int, isColoured: Bool) {
    self.statistics = statistics
    self.name = name
    self.width = min(Self.widest, max(Self.narrowest, width))
    self.isColoured = isColoured
  }

  package var lines: [String] {
    guard statistics.heard + statistics.skipped + statistics.ratings.count > 0 else {
      return ["\(name): nothing was heard or rated yet"]
    }
    return [summary] + ratings + hours + weeks
      + ListeningStatistics.Corner.allCases.flatMap(artists)
  }

  private var summary: String {
    let mean = statistics.ratings.mean.map { ", \(Self.score($0)) on average" } ?? ""
    return TextWidth.truncate(
      "\(name): \(counted(statistics.heard, "song")) heard, \(statistics.skipped) skipped, "
        + "\(counted(statistics.ratings.count, "rating"))\(mean)", to: width)
  }

  private var ratings: [String] {
    let counts = statistics.ratings.counts
    guard let most = counts.max(), most > 0 else { return [] }
    return heading("ratings")
      + counts.enumerated().reversed().map { place, count in
        let room = width - 12
        return Self.right("\(place + 1)", 4) + "  " + bar(count, of: most, room)
          + Self.right("\(count)", 6)
      }
  }

  private var hours: [String] {
    let most = statistics.hours.map(\.heard).max() ?? 0
    return heading("songs heard by the hour of the day")
      + statistics.hours.enumerated().filter { !$0.element.isEmpty }.map { hour, tally in
        line(Self.right("\(hour)", 4), tally, most: most)
      }
  }

  private var weeks: [String] {
    guard !statistics.weeks.isEmpty else { return [] }
    let most = statistics.weeks.map(\.tally.heard).max() ?? 0
    return heading("songs heard by the week, from Monday")
      + statistics.weeks.map { line("  \($0.monday)", $0.tally, most: most) }
  }

  /// Heard, as a bar and as a number, then skipped, rated, and the mood; `most` were heard at once.
  private func line(
    _ name: String, _ tally: ListeningStatistics.Tally, most: Int
  ) -> String {
    let rating = tally.ratings.mean.map { ", rated \(Self.score($0))" } ?? ""
    return line(
      name + "  " + bar(tally.heard, of: max(1, most), barRoom),
      [Self.right("\(tally.heard)", 5), "  \(tally.skipped) skipped\(rating)"]
        + words(tally.mood))
  }

  private func artists(_ corner: ListeningStatistics.Corner) -> [String] {
    let top = statistics.topArtists(in: corner, count: Self.artistCount)
    guard let most = top.map(\.heard).max() else { return [] }
    return heading("heard most when \(Self.words(corner))")
      + top.map { artist in
        let start =
          "  " + TextWidth.pad(artist.name, to: width * 35 / 100) + "  "
          + bar(artist.heard, of: max(1, most), barRoom)
        let rating = artist.ratings.mean.map { ["  rated \(Self.score($0))"] } ?? []
        return line(start, [Self.right("\(artist.heard)", 5)] + rating)
      }
  }

  /// In numbers and in words; nothing where no mood is known.
  private func words(_ mood: ListeningStatistics.MoodMean) -> [String] {
    guard mood.count > 0 else { return [] }
    return [
      "  \(Self.signed(mood.valence)) \(Self.signed(mood.arousal))",
      "  " + MoodWords.phrase(valence: mood.valence, arousal: mood.arousal),
    ]
  }

  private static func words(_ corner: ListeningStatistics.Corner) -> String {
    switch corner {
    case .lively: "happy and lively"
    case .tense: "tense or angry"
    case .low: "sad or weary"
    case .calm: "calm and content"
    }
  }
}

extension StatisticsReport {
  private func heading(_ text: String) -> [String] {
    ["", styled(TextWidth.truncate(text, to: width), "1")]
  }

  /// A share of the room in eighths of a column; a count above 0 always shows.
  private func bar(_ count: Int, of most: Int, _ room: Int) -> String {
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let eighths = count == 0 ? 0 : max(1, count * room * 8 / most)
    let text = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    let blanks = String(repeating: " ", count: max(0, room - TextWidth.columns(text)))
    return styled(text, "36") + blanks
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// Columns of a bar beside other things.
  private var barRoom: Int { max(4, min(24, (width - 40) / 3)) }

  /// As many of the parts behind the start as there is room for: none is cut.
  private func line(_ start: String, _ parts: [String]) -> String {
    let plain = start.replacing(/\u{1B}\[[0-9]+m/, with: "")
    var room = width - TextWidth.columns(plain)
    var line = start
    for part in parts {
      room -= TextWidth.columns(part)
      if room < 0 { break }
      line += part
    }
    return line
  }

  private static func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  /// One decimal.
  private static func score(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// -0.31 or +0.05.
  private static func signed(_ value: Double) -> String {
    let hundredths = Int((value.magnitude * 100).rounded())
    let digits = hundredths % 100
    let sign = value < 0 && hundredths > 0 ? "-" : "+"
    return "\(sign)\(hundredths / 100).\(digits < 10 ? "0" : "")\(digits)"
  }
}
