import Music
import Perception
import Screen
import Taste
import Testing

@testable import Session

@Suite struct StatisticsReportTests {
  private var statistics: ListeningStatistics {
    let moods = [(0.6, 0.4), (-0.5, -0.4), (0.3, -0.6)]
    let log = (0..<60).map { number in
      let (valence, arousal) = moods[number % 3]
      let mood = Mood(valence: valence, arousal: arousal, certainty: 1, source: .manual)
      let kind: Feedback.Kind = number % 5 == 0 ? .rating : number % 4 == 0 ? .skip : .completed
      return RecordedFeedback(
        number: Int64(number + 1),
        feedback: Feedback(
          listener: .default, track: TrackID(Int64(number % 7)),
          time: 1_767_600_000 + Double(number) * 30_000, kind: kind,
          value: kind == .rating ? 1 + number % 10 : nil, mood: mood))
    }
    return ListeningStatistics(
      log: log, artist: { $0.rawValue == 3 ? "大貫妙子と長い名前の楽団" : "Artist \($0.rawValue)" },
      offset: { _ in 0 })
  }

  private func lines(width: Int, isColoured: Bool = false) -> [String] {
    StatisticsReport(statistics, name: "mia", width: width, isColoured: isColoured).lines
  }

  @Test("tables and bars as wide as the terminal", arguments: [40, 80, 120])
  func snapshots(width: Int) {
    let lines = lines(width: width)
    #expect(lines.allSatisfy { TextWidth.columns($0) <= width })
    var canvas = Canvas(size: Size(columns: width, rows: lines.count))
    for (row, line) in lines.enumerated() {
      canvas.put(line, x: 0, y: row, style: .plain, in: canvas.bounds)
    }
    expectSnapshot(canvas, named: "stats-\(width)")
  }

  @Test("colour adds styles and nothing else", arguments: [40, 80])
  func colour(width: Int) {
    let styles = /\u{1B}\[[0-9]+m/
    let coloured = lines(width: width, isColoured: true)
    #expect(coloured.contains { $0.contains(styles) })
    #expect(coloured.map { $0.replacing(styles, with: "") } == lines(width: width))
  }

  @Test("what was heard and rated without a mood is told by the hour")
  func withoutMood() {
    let kinds: [Feedback.Kind] = [.completed, .completed, .skip, .rating]
    let log = kinds.enumerated().map { number, kind in
      RecordedFeedback(
        number: Int64(number + 1),
        feedback: Feedback(
          listener: .default, track: TrackID(1), time: 7200, kind: kind,
          value: kind == .rating ? 7 : nil, mood: .none))
    }
    let statistics = ListeningStatistics(log: log, artist: { _ in nil }, offset: { _ in 3600 })
    let lines = StatisticsReport(statistics, name: "mia", width: 80, isColoured: false).lines
    #expect(lines.contains("songs heard by the hour of the day"))
    #expect(lines.contains("   3  █████████████    2  1 skipped, rated 7.0"))
  }

  @Test("nothing heard is said in a line")
  func empty() {
    let nothing = ListeningStatistics(log: [], artist: { _ in nil }, offset: { _ in 0 })
    let report = StatisticsReport(nothing, name: "mia", width: 80, isColoured: false)
    #expect(report.lines == ["mia: nothing was heard or rated yet"])
  }
}
