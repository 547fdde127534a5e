import Perception
import Testing

@Suite("Reading of images")
struct EmotionReadingTests {
  @Test("Up to five glimpses with a face are averaged, the others are passed over")
  func averages() throws {
    let glimpses =
      [Glimpse.empty(at: 0)] + moments(1, rate: 4).map { .of(.happy, at: $0, strength: 40) }
      + [.of(.sad, at: 1, strength: 40)]
      + moments(1, rate: 9).map { .of(.angry, at: $0, strength: 40) }
    let reading = try #require(EmotionReading(once: glimpses))
    #expect(reading.label == .happy)
    #expect(abs(reading.probabilities[.happy] - 0.8) < 1e-6)
    #expect(abs(reading.probabilities[.sad] - 0.2) < 1e-6)
    #expect(reading.probabilities[.angry] < 1e-6)
    #expect(reading.unsure == nil)
  }

  @Test("Without a readable face there is no reading")
  func nothing() {
    var unreadable = Glimpse.of(.happy, at: 0)
    unreadable.logits = nil
    #expect(EmotionReading(once: [.empty(at: 0), unreadable]) == nil)
    #expect(EmotionReading(once: []) == nil)
  }

  @Test("A dark image says so and halves the certainty of the mood")
  func dark() throws {
    let dark = try #require(EmotionReading(once: [.of(.happy, at: 0, brightness: 0.05)]))
    let light = try #require(EmotionReading(once: [.of(.happy, at: 0)]))
    #expect(dark.unsure == .tooDark)
    let moods = [dark, light].map { Mood(reading: $0, source: .face).certainty }
    #expect(abs(moods[0] * 2 - moods[1]) < 1e-9)
  }

  @Test("Seven equal probabilities are no certainty at all")
  func uniform() throws {
    let equal = try #require(EmotionProbabilities(weights: Emotion.allCases.map { _ in 1 }))
    let reading = EmotionReading(probabilities: equal, label: .angry)
    #expect(Mood(reading: reading, source: .face).certainty < 1e-9)
  }
}
