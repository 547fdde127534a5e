import Screen
import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("A calibration on the screen")
struct CalibrationScreenTests {
  @Test("A correction that reads no more looks rightly says what it is good for")
  func words() {
    var score = CalibrationScore([], with: nil)
    score.right = 0.5
    var outcome = CalibrationOutcome(
      calibration: nil, refusal: nil, before: score, after: score, expressions: [.neutral],
      frames: 8)
    #expect(outcome.words == "calibrated on neutral: surer, 50 % right as before")
    outcome.after.right = 0.75
    #expect(outcome.words == "calibrated on neutral: 75 % right, before 50 %")
  }

  /// All sizes at which the player shows more than that it needs more room, as far as they differ.
  private static let sizes = [40, 41, 45, 52, 59, 60, 80, 100].flatMap { columns in
    [10, 11, 12, 13, 14, 15, 16, 24].map { Size(columns: columns, rows: $0) }
  }

  @Test("Nothing of it is hidden at any size", arguments: sizes, [Glyphs.unicode, .ascii])
  func everySize(size: Size, glyphs: Glyphs) async throws {
    var session = try await Simulation.watched { $0.settings.glyphs = glyphs }
    session.state.dress()
    try await session.send(.resized(size))
    try await session.press("c")
    #expect(session.text.contains("as you do when reading (ready?)"))
    try await session.show(1.2, taken: .angry)
    #expect(session.text.contains("as you do when reading (3 s)"))
    var mia = Simulation.sight(.neutral)
    mia.verdict = .matched(person: 2, score: 0.9)
    try await session.see(mia)
    #expect(session.text.contains(":user mia"))
    try await session.show(from: 3, taken: .angry)
    for (key, emotion) in CalibrationFlow.keys {
      let words = emotion == .neutral ? "at rest" : emotion.rawValue
      #expect(session.text.contains(" \(key) \(words)"), "\(emotion)")
    }
    for words in ["show some more", "Enter", "Esc"] { #expect(session.text.contains(words)) }
    let marked = session.text.split(separator: "\n").filter {
      $0.contains("recorded") || $0.contains("at rest *")
    }
    #expect(marked.count == 1 && marked.first?.contains("at rest") == true)
  }

  @Test("The end of it fits into eighty columns, with what takes it back")
  func ending() async throws {
    var session = try await Simulation.watched()
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    var outcome = try CalibrationFit.run(
      Simulation.looks(5, from: 0, taken: .angry).flatMap(\.looks), network: "net")
    let shown =
      [[.neutral], Emotion.allCases] + Emotion.allCases.dropLast().map { [$0, .neutral] }
    for expressions in shown {
      outcome.expressions = expressions
      outcome.before.right = 0.99
      try await session.send(.calibrationKept(CalibrationOwner(.default), outcome))
      #expect(
        session.text.contains(": 100 % right, before 99 %; :calibrate undo"), "\(expressions)")
      outcome.before.right = 1
      try await session.send(.calibrationKept(CalibrationOwner(.default), outcome))
      #expect(
        session.text.contains(": surer, 100 % right as before; :calibrate undo"), "\(expressions)")
    }
  }

  @Test("The steps look as they were recorded")
  func pictures() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.show(2.5, taken: .angry)
    expectSnapshot(session.screen, named: "calibrate-recording-100x30")
    try await session.show(from: 3, taken: .angry)
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    expectSnapshot(session.screen, named: "calibrate-choosing-80x24")
    try await session.send(.resized(Size(columns: 40, rows: 12)))
    expectSnapshot(session.screen, named: "calibrate-choosing-40x12")
    try await session.send(.resized(Layout.smallest))
    expectSnapshot(session.screen, named: "calibrate-choosing-40x10")
    try await session.press("u")
    expectSnapshot(session.screen, named: "calibrate-recording-40x10")
  }
}
