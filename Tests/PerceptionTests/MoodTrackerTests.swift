import Perception
import TestSupport
import Testing

@Suite("Mood tracker")
struct MoodTrackerTests {
  @Test("Before any face there is no reading and no mood")
  func nothingYet() {
    var tracker = MoodTracker()
    #expect(tracker.reading == nil)
    #expect(tracker.mood == .none)
    tracker.observe(.empty(at: 1))
    #expect(tracker.reading == nil)
  }

  @Test("A face that looks angry at first sight is given no label until it stays so")
  func angryAtFirst() throws {
    var tracker = MoodTracker()
    for time in moments(1.9, rate: 15) { tracker.observe(.of(.angry, at: time)) }
    #expect(tracker.reading == nil && tracker.mood == .none)
    for time in moments(0.3, rate: 15, from: 1.9) { tracker.observe(.of(.angry, at: time)) }
    #expect(tracker.reading?.label == .angry && tracker.reading?.unsure == nil)
    #expect(tracker.mood.arousal > 0.4)
  }

  @Test("An angry face that is nearly a sad one is hard to tell, and has a mood all the same")
  func tie() throws {
    var tracker = MoodTracker()
    for time in moments(6, rate: 15) {
      var glimpse = Glimpse.of(.angry, at: time)
      glimpse.logits = [3, 0, 0, 0, 2.9, 0, 0]
      tracker.observe(glimpse)
    }
    let reading = try #require(tracker.reading)
    #expect(reading.unsure == .lowConfidence)
    #expect(reading.label == .angry, "the likeliest")
    #expect(tracker.mood.valence < -0.4)
  }

  @Test("Who comes back is not called what was seen before they went")
  func staleLabel() {
    var tracker = MoodTracker()
    for time in moments(8, rate: 15) { tracker.observe(.of(.happy, at: time)) }
    tracker.observe(.empty(at: 100))
    tracker.observe(.of(.angry, at: 101))
    #expect(tracker.reading?.unsure == .lowConfidence)
  }

  @Test("No label stands without a doubt that was not read lately", arguments: 0..<30)
  func labelWasRead(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var tracker = MoodTracker()
    var lastLikeliest: [Emotion: Double] = [:]
    var emotion = Emotion.angry
    var (time, longest) = (0.0, 0.0)
    for _ in 0..<600 {
      time += Double.random(in: 0.02...0.25, using: &generator)
      if generator.chance(0.05) {
        emotion = Emotion.allCases.randomElement(using: &generator) ?? .sad
      }
      var glimpse = Glimpse.of(emotion, at: time, strength: 3)
      if generator.chance(0.5) { glimpse.logits?[0] = .random(in: 0...4, using: &generator) }
      tracker.observe(glimpse)
      guard let reading = tracker.reading else { continue }
      lastLikeliest[reading.probabilities.label] = time
      guard reading.unsure == nil else { continue }
      longest = max(longest, time - (lastLikeliest[reading.label] ?? -.infinity))
    }
    #expect(longest <= tracker.settings.holdAngry)
  }

  @Test("A face that stays the same becomes its emotion", arguments: Emotion.allCases)
  func converges(emotion: Emotion) throws {
    var tracker = MoodTracker()
    for time in moments(12, rate: 15) { tracker.observe(.of(emotion, at: time)) }
    let reading = try #require(tracker.reading)
    #expect(reading.label == emotion)
    #expect(reading.confidence > 0.95)
    #expect(reading.unsure == nil)
    #expect(tracker.mood.certainty > 0.9)
    #expect(tracker.mood.source == .face)
  }

  @Test("Valence and arousal have the signs of the circumplex")
  func signs() {
    func mood(_ emotion: Emotion) -> Mood {
      var tracker = MoodTracker()
      for time in moments(10, rate: 15) { tracker.observe(.of(emotion, at: time)) }
      return tracker.mood
    }
    #expect(mood(.happy).valence > 0.7 && mood(.happy).arousal > 0.3)
    #expect(mood(.sad).valence < -0.5 && mood(.sad).arousal < -0.2)
    #expect(mood(.angry).valence < -0.4 && mood(.angry).arousal > 0.4)
    #expect(mood(.surprise).arousal > 0.6)
    #expect(abs(mood(.neutral).valence) < 0.05 && abs(mood(.neutral).arousal) < 0.05)
  }

  @Test("Ten and thirty frames a second give the same mood", arguments: [1.0, 2.0, 3.5, 6.0])
  func timeNotFrames(seconds: Double) {
    func mood(rate: Double) -> Mood {
      var tracker = MoodTracker()
      for time in moments(4, rate: rate) { tracker.observe(.of(.sad, at: time)) }
      for time in moments(seconds, rate: rate, from: 4) { tracker.observe(.of(.happy, at: time)) }
      return tracker.mood
    }
    let slow = mood(rate: 10)
    let fast = mood(rate: 30)
    #expect(abs(slow.valence - fast.valence) < 0.05)
    #expect(abs(slow.arousal - fast.arousal) < 0.05)
    #expect(abs(slow.certainty - fast.certainty) < 0.06)
    #expect(abs(fast.valence + 0.65) > 0.2, "the mood has to have moved at all")
  }

  @Test("After one time constant a change is 63 % done")
  func timeConstant() throws {
    var tracker = MoodTracker()
    for time in moments(20, rate: 30) { tracker.observe(.of(.sad, at: time, strength: 40)) }
    for time in moments(2, rate: 30, from: 20) {
      tracker.observe(.of(.happy, at: time, strength: 40))
    }
    #expect(abs(try #require(tracker.reading).probabilities[.happy] - 0.632) < 0.02)
  }

  @Test("The label changes after it held for a second, happy sooner, angry later")
  func labelHolds() {
    func secondsUntil(_ emotion: Emotion, after first: Emotion) -> Double? {
      var tracker = MoodTracker()
      for time in moments(8, rate: 30) { tracker.observe(.of(first, at: time)) }
      var likeliestSince: Double?
      for time in moments(8, rate: 30, from: 8) {
        tracker.observe(.of(emotion, at: time))
        if tracker.reading?.probabilities.label == emotion {
          likeliestSince = likeliestSince ?? time
        }
        if tracker.reading?.label == emotion { return likeliestSince.map { time - $0 } }
      }
      return nil
    }
    #expect(abs((secondsUntil(.sad, after: .neutral) ?? 0) - 1.0) < 0.05)
    // From where it is the likeliest; its lead takes some of the time before.
    #expect((secondsUntil(.angry, after: .neutral) ?? 0) >= 2)
    #expect(abs((secondsUntil(.happy, after: .neutral) ?? 0) - 0.4) < 0.05)
  }

  @Test("One wrong frame changes neither the label nor the mood much")
  func singleFrame() {
    var tracker = MoodTracker()
    for time in moments(5, rate: 15) { tracker.observe(.of(.neutral, at: time)) }
    let before = tracker.mood
    tracker.observe(.of(.angry, at: 5, strength: 30))
    #expect(tracker.reading?.label == .neutral)
    #expect(abs(tracker.mood.valence - before.valence) < 0.05)
  }

  @Test("After three seconds without a face it says so, and the certainty fades")
  func noFace() {
    var tracker = MoodTracker()
    for time in moments(8, rate: 15) { tracker.observe(.of(.happy, at: time)) }
    let sure = tracker.mood
    tracker.observe(.empty(at: 10))
    #expect(tracker.reading?.unsure == nil)
    #expect(tracker.mood.certainty == sure.certainty)
    tracker.observe(.empty(at: 11.5))
    #expect(tracker.reading?.unsure == .noFace)
    tracker.observe(.empty(at: 20))
    #expect(tracker.mood.certainty < 0.05)
    #expect(tracker.mood.valence == sure.valence, "the mood stays where it was")
  }

  @Test("Somebody who comes back after a long time is read afresh")
  func comingBack() {
    var tracker = MoodTracker()
    for time in moments(8, rate: 15) { tracker.observe(.of(.happy, at: time)) }
    tracker.observe(.empty(at: 100))
    tracker.observe(.of(.sad, at: 101))
    #expect(tracker.reading?.label == .sad)
    #expect(tracker.mood.valence < -0.4)
  }

  @Test("A dark, a small and an unclear face are named")
  func reasons() {
    func reason(_ glimpse: (Double) -> Glimpse) -> UnsureReason? {
      var tracker = MoodTracker()
      for time in moments(3, rate: 15) { tracker.observe(glimpse(time)) }
      return tracker.reading?.unsure
    }
    #expect(reason { .of(.sad, at: $0, brightness: 0.05) } == .tooDark)
    #expect(reason { .of(.sad, at: $0, size: 30) } == .faceTooSmall)
    #expect(reason { .of(.sad, at: $0, strength: 0.5) } == .lowConfidence)
    #expect(reason { .of(.sad, at: $0) } == nil)
  }

  @Test("A dark face halves the certainty")
  func darkness() {
    func certainty(_ brightness: Double) -> Double {
      var tracker = MoodTracker()
      for time in moments(5, rate: 15) {
        tracker.observe(.of(.sad, at: time, brightness: brightness))
      }
      return tracker.mood.certainty
    }
    #expect(abs(certainty(0.05) * 2 - certainty(0.5)) < 1e-9)
  }

  @Test(
    "Outputs that are no numbers, or not seven, make no reading",
    arguments: [
      [.nan, 0, 0, 0, 0, 0, 0], [.infinity, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, -.infinity],
      [], [1, 2, 3], Array(repeating: 0, count: 8),
    ] as [[Float]])
  func badLogits(logits: [Float]) {
    #expect(EmotionProbabilities(logits: logits) == nil)
    var glimpse = Glimpse.of(.happy, at: 0)
    glimpse.logits = logits
    var tracker = MoodTracker()
    tracker.observe(glimpse)
    #expect(tracker.reading == nil)
    #expect(tracker.mood == .none)
  }

  @Test("A temperature above 1 flattens; one that is not above 0 makes no reading")
  func temperature() throws {
    let logits: [Float] = [0, 0, 0, 2, 1, 0, 0]
    let sharp = try #require(EmotionProbabilities(logits: logits, temperature: 1))
    let flat = try #require(EmotionProbabilities(logits: logits, temperature: 3))
    #expect(sharp.label == .happy && flat.label == .happy)
    #expect(flat.confidence < sharp.confidence)
    #expect(EmotionProbabilities(logits: logits, temperature: 0) == nil)
    #expect(EmotionProbabilities(logits: logits, temperature: .nan) == nil)
  }

  @Test("Huge outputs neither overflow nor vanish")
  func hugeLogits() throws {
    let huge: [Float] = [3e38, -3e38, 0, 0, 0, 0, 0]
    #expect(try #require(EmotionProbabilities(logits: huge)).confidence == 1)
  }

  @Test("Whatever comes, mood and probabilities stay in range", arguments: 0..<20)
  func staysInRange(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var tracker = MoodTracker()
    var isInRange = true
    var time = 0.0
    for _ in 0..<400 {
      time += Double.random(in: -0.5...1, using: &generator)
      var glimpse = Glimpse.of(
        .happy, at: generator.chance(0.02) ? .nan : time,
        brightness: generator.chance(0.02) ? .nan : 0.4)
      glimpse.logits = (0..<7).map { _ in
        generator.chance(0.01) ? .nan : Float.random(in: -50...50, using: &generator)
      }
      if generator.chance(0.3) { glimpse.face = nil }
      tracker.observe(glimpse)
      isInRange = isInRange && Self.isInRange(tracker)
    }
    #expect(isInRange)
    #expect(tracker.reading != nil)
  }

  private static func isInRange(_ tracker: MoodTracker) -> Bool {
    let mood = tracker.mood
    let values = tracker.reading?.probabilities.values ?? [1]
    return (-1...1).contains(mood.valence) && (-1...1).contains(mood.arousal)
      && (0...1).contains(mood.certainty) && values.allSatisfy { (0...1).contains($0) }
      && abs(values.reduce(0, +) - 1) < 1e-9
  }

  @Test("A source opened anew starts at 0 again and goes on from there")
  func timeStartsAgain() {
    var tracker = MoodTracker()
    for time in moments(8, rate: 15, from: 500) { tracker.observe(.of(.sad, at: time)) }
    for time in moments(8, rate: 15) { tracker.observe(.of(.happy, at: time)) }
    #expect(tracker.reading?.label == .happy)
    #expect(tracker.mood.valence > 0.6)
  }

  @Test("Under the drawn face the mood says so")
  func demoSource() {
    var settings = MoodSettings()
    settings.source = .demo
    var tracker = MoodTracker(settings: settings)
    tracker.observe(.of(.happy, at: 0))
    #expect(tracker.mood.source == .demo)
  }
}
