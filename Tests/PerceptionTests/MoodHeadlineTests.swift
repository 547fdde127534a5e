import TestSupport
import Testing

@testable import Perception

@Suite("Mood headline")
struct MoodHeadlineTests {
  private func seen(
    _ label: Emotion = .sad, valence: Double = -0.3, arousal: Double = 0, certainty: Double = 0.5,
    unsure: UnsureReason? = nil
  ) throws -> MoodHeadline {
    let weights = Emotion.allCases.map { $0 == label ? 0.7 + certainty / 100 : 0.05 }
    let reading = EmotionReading(
      probabilities: try #require(EmotionProbabilities(weights: weights)), label: label,
      unsure: unsure)
    let mood = Mood(valence: valence, arousal: arousal, certainty: certainty, source: .face)
    return MoodHeadline(reading: reading, mood: mood, unsure: unsure)
  }

  @Test("Words and sureness that come and go at their limits stay as they were")
  func flicker() throws {
    var headline = SteadyHeadline()
    for (place, time) in moments(20, rate: 5).enumerated() {
      let isOdd = place % 2 == 1
      let shown = headline.observe(
        try seen(
          valence: isOdd ? -0.14 : -0.16, certainty: isOdd ? 0.66 : 0.64,
          unsure: place % 3 == 1 ? .lowConfidence : nil), at: time)
      #expect(shown.words == "a little sad" && shown.sureness == "fairly sure")
      #expect(shown.unsure == nil)
    }
  }

  @Test("Of a face at rest no emotion is named, whatever else it might be a little")
  func atRest() throws {
    #expect(try seen(.neutral, valence: -0.3, arousal: 0.2).words == "even")
    #expect(try seen(.neutral, valence: 0.3, unsure: .lowConfidence).words == "even")
    #expect(try seen(.sad, valence: -0.3, arousal: 0.2).words == "a little tense, a little unhappy")
    let happier = try #require(
      EmotionProbabilities(weights: Emotion.allCases.map { $0 == .happy ? 0.5 : 0.08 }))
    let leaving = EmotionReading(probabilities: happier, label: .neutral)
    let mood = Mood(reading: leaving, source: .face)
    #expect(MoodHeadline(reading: leaving, mood: mood, unsure: nil).words == "lively, content")
  }

  @Test("What lasts for a second is shown then, and not before")
  func lasts() throws {
    var headline = SteadyHeadline()
    for time in moments(10, rate: 5) { _ = headline.observe(try seen(), at: time) }
    for time in moments(3, rate: 5, from: 10) {
      let shown = headline.observe(
        try seen(valence: 0, certainty: 0.9, unsure: .tooDark), at: time)
      let isDue = time >= 10.99
      #expect(shown.words == (isDue ? "even" : "a little sad"), "at \(time)")
      #expect(shown.sureness == (isDue ? "unsure" : "fairly sure"), "at \(time)")
      #expect(shown.unsure == (isDue ? .tooDark : nil), "at \(time)")
    }
  }

  @Test("Where several take turns the newest is shown after two seconds")
  func turns() throws {
    var headline = SteadyHeadline()
    _ = headline.observe(try seen(), at: 0)
    for (place, time) in moments(1.8, rate: 5, from: 0.2).enumerated() {
      let shown = headline.observe(try seen(valence: place % 2 == 0 ? 0 : 0.3), at: time)
      #expect(shown.words == "a little sad", "at \(time)")
    }
    #expect(headline.observe(try seen(valence: 0.3), at: 2.01).words == "content")
  }

  @Test("A new label, a first mood and a face that goes or comes are shown at once")
  func atOnce() throws {
    var headline = SteadyHeadline()
    let nothing = headline.observe(
      MoodHeadline(reading: nil, mood: .none, unsure: nil), at: 0)
    #expect(nothing.words.isEmpty && nothing.label == nil)
    #expect(headline.observe(try seen(), at: 0.2).words == "a little sad")
    let happy = headline.observe(try seen(.happy, valence: 0.6, certainty: 0.9), at: 0.4)
    #expect(happy.words == "happy" && happy.sureness == "sure" && happy.label == .happy)
    #expect(happy.numbers.valence == 0.6)
    let gone = headline.observe(try seen(.happy, valence: 0.6, unsure: .noFace), at: 0.6)
    #expect(gone.unsure == .noFace && gone.sureness == "unsure")
    #expect(gone.label == .happy, "the last that was established")
    let back = headline.observe(try seen(.happy, valence: 0.6, certainty: 0.9), at: 0.8)
    #expect(back.unsure == nil && back.sureness == "sure")
  }

  @Test("Numbers change twice a second at most")
  func numbers() throws {
    var headline = SteadyHeadline()
    var changes: [Double] = []
    var last: MoodHeadline.Numbers?
    for (place, time) in moments(30, rate: 5).enumerated() {
      let shown = headline.observe(try seen(certainty: 0.4 + Double(place) / 1000), at: time)
      if shown.numbers != last { changes.append(time) }
      last = shown.numbers
    }
    #expect((40...60).contains(changes.count))
    #expect(zip(changes, changes.dropFirst()).allSatisfy { $1 - $0 >= 0.5 })
  }

  @Test("The largest number is always the likeliest emotion's")
  func overtaken() throws {
    var headline = SteadyHeadline()
    func shown(_ sad: Double, _ angry: Double, at time: Double) throws -> Emotion? {
      let weights = Emotion.allCases.map { $0 == .sad ? sad : $0 == .angry ? angry : 0.1 }
      let reading = EmotionReading(
        probabilities: try #require(EmotionProbabilities(weights: weights)), label: .sad)
      let mood = Mood(valence: -0.5, arousal: 0, certainty: 0.5, source: .face)
      let seen = MoodHeadline(reading: reading, mood: mood, unsure: nil)
      return headline.observe(seen, at: time).numbers.probabilities?.label
    }
    #expect(try shown(0.5, 0.3, at: 0) == .sad)
    #expect(try shown(0.4, 0.41, at: 0.2) == .angry)
    #expect(try shown(0.42, 0.41, at: 0.4) == .sad)
  }

  @Test("While a label holds its words change no sooner than after a second", arguments: 0..<20)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var headline = SteadyHeadline()
    var (time, valence, changes) = (0.0, -0.3, [Double]())
    var last: String?
    for _ in 0..<600 {
      time += Double.random(in: 0.05...0.3, using: &generator)
      valence = min(0, max(-0.8, valence + .random(in: -0.15...0.15, using: &generator)))
      let shown = headline.observe(try seen(valence: valence), at: time)
      if let last, last != shown.words { changes.append(time) }
      last = shown.words
    }
    #expect(zip(changes, changes.dropFirst()).allSatisfy { $1 - $0 >= 1 }, "\(changes)")
    #expect(!changes.isEmpty, "something has to change now and then")
  }
}
