import TestSupport
import Testing

@testable import Perception

@Suite("Steady label")
struct SteadyLabelTests {
  private let settings = MoodSettings()

  /// Probabilities with one clear peak, or two peaks.
  private func peak(
    _ emotion: Emotion, _ height: Double = 0.7, next: Emotion? = nil, _ second: Double = 0
  )
    throws -> EmotionProbabilities
  {
    let rest = (1 - height - second) / (next == nil ? 6 : 5)
    return try #require(
      EmotionProbabilities(
        weights: Emotion.allCases.map { $0 == emotion ? height : $0 == next ? second : rest }))
  }

  @Test(
    "Two emotions that flicker never show a third, nor flip sooner than they may", arguments: 0..<42
  )
  func flicker(pair: Int) throws {
    let first = Emotion.allCases[pair / 6]
    let second = Emotion.allCases.filter { $0 != first }[pair % 6]
    for rate in [10.0, 15, 30] {
      var label = SteadyLabel()
      var shown: [(emotion: Emotion, time: Double)] = []
      for time in moments(12, rate: rate) {
        // 5 Hz: each of the two for a tenth of a second.
        let emotion = Int(time * 10 + 1e-6) % 2 == 0 ? first : second
        label.observe(try peak(emotion), at: time, settings: settings)
        if let current = label.current, shown.last?.emotion != current {
          shown.append((current, time))
        }
      }
      #expect(Set(shown.map(\.emotion)).isSubset(of: [first, second]))
      for (earlier, later) in zip(shown, shown.dropFirst()) {
        #expect(later.time - earlier.time >= settings.holdHappy)
      }
    }
  }

  @Test("Whatever comes, labels do not follow each other faster than the hold", arguments: 0..<20)
  func neverSooner(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var label = SteadyLabel()
    var time = 0.0
    var last: (emotion: Emotion, time: Double)?
    for _ in 0..<800 {
      time += Double.random(in: 0.01...0.2, using: &generator)
      // Few emotions, so that one of them is the likeliest often enough to hold.
      let emotion = generator.chance(0.9) ? Emotion.sad : .happy
      let seen = generator.chance(0.5) ? emotion : Emotion.angry
      label.observe(try peak(seen, 0.6), at: time, settings: settings)
      guard let now = label.current, now != last?.emotion else { continue }
      if let last {
        #expect(time - last.time >= (now == .happy ? 0.4 : now == .angry ? 2 : 1) - 1e-9)
      }
      last = (now, time)
    }
  }

  @Test("Angry needs two seconds and a lead; without the lead nothing can be told")
  func angry() throws {
    var label = SteadyLabel()
    for time in moments(2, rate: 30) {
      label.observe(try peak(.neutral), at: time, settings: settings)
    }
    for time in moments(1.9, rate: 30, from: 2) {
      label.observe(try peak(.angry), at: time, settings: settings)
    }
    #expect(label.current == .neutral)
    for time in moments(0.3, rate: 30, from: 3.9) {
      label.observe(try peak(.angry), at: time, settings: settings)
    }
    #expect(label.current == .angry)

    var close = SteadyLabel()
    for time in moments(10, rate: 30) {
      close.observe(try peak(.angry, 0.45, next: .sad, 0.4), at: time, settings: settings)
    }
    #expect(close.current == nil)

    // Nor does what was shown before stay for ever.
    var stale = SteadyLabel()
    for time in moments(3, rate: 30) {
      stale.observe(try peak(.neutral), at: time, settings: settings)
    }
    for time in moments(3, rate: 30, from: 3) {
      stale.observe(try peak(.angry, 0.45, next: .sad, 0.4), at: time, settings: settings)
    }
    #expect(stale.current == nil)
  }

  @Test("Nobody is angry at first sight, nor anything that was not seen")
  func firstSight() throws {
    var label = SteadyLabel()
    for time in moments(1.9, rate: 15) {
      label.observe(try peak(.angry, 0.95), at: time, settings: settings)
      #expect(label.current == nil)
    }
    for time in moments(0.3, rate: 15, from: 1.9) {
      label.observe(try peak(.angry, 0.95), at: time, settings: settings)
    }
    #expect(label.current == .angry)
    var happy = SteadyLabel()
    happy.observe(try peak(.happy), at: 0, settings: settings)
    #expect(happy.current == .happy)
  }

  @Test("A label is never shown that was not the likeliest lately", arguments: 0..<40)
  func neverUnread(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var label = SteadyLabel()
    var lastLikeliest: [Emotion: Double] = [:]
    var time = 0.0
    var longest = 0.0
    var (first, second) = (Emotion.angry, Emotion.neutral)
    for _ in 0..<600 {
      time += Double.random(in: 0.01...0.25, using: &generator)
      if generator.chance(0.03) {
        first = Emotion.allCases.randomElement(using: &generator) ?? .sad
      }
      if generator.chance(0.3) {
        second = Emotion.allCases.randomElement(using: &generator) ?? .sad
      }
      let height = Double.random(in: 0.35...0.6, using: &generator)
      let seen = try peak(
        first, height, next: second == first ? nil : second,
        second == first
          ? 0 : Double.random(in: 0...min(height + 0.05, 1 - height), using: &generator))
      lastLikeliest[seen.label] = time
      label.observe(seen, at: time, settings: settings)
      guard let shown = label.current else { continue }
      longest = max(longest, time - (lastLikeliest[shown] ?? -.infinity))
    }
    #expect(longest <= settings.holdAngry)
  }

  @Test(
    "The time until a label changes does not hang on the frame rate", arguments: Emotion.allCases)
  func frameRate(emotion: Emotion) throws {
    guard emotion != .neutral else { return }
    func seconds(rate: Double) throws -> Double {
      var tracker = MoodTracker()
      for time in moments(8, rate: rate) { tracker.observe(.of(.neutral, at: time)) }
      for time in moments(8, rate: rate, from: 8) {
        tracker.observe(.of(emotion, at: time))
        if tracker.reading?.label == emotion { return time - 8 }
      }
      return .infinity
    }
    let fast = try seconds(rate: 60)
    for rate in [8.0, 15, 30] { #expect(abs(try seconds(rate: rate) - fast) < 2.1 / rate) }
  }
}
