import Perception
import TestSupport
import Testing

@Suite("Mood words")
struct MoodWordsTests {
  @Test(
    "A mood is told in words",
    arguments: [
      (-0.31, -0.24, "calm, a little sad"), (0, 0, "even"), (0.7, 0.5, "energetic, happy"),
      (-0.6, -0.3, "calm, sad"), (-0.6, 0.6, "tense, unhappy"), (0.3, -0.6, "very calm, content"),
      (-0.2, 0.3, "a little tense, a little unhappy"), (-0.4, -0.7, "weary, a little sad"),
    ])
  func phrases(valence: Double, arousal: Double, words: String) {
    #expect(MoodWords.phrase(valence: valence, arousal: arousal) == words)
  }

  @Test(
    "Of two descriptions tension is kept, or else how pleasant it is",
    arguments: [
      ("energetic, happy", "happy"), ("a little tense, a little unhappy", "a little tense"),
      ("calm, sad", "sad"), ("tense", "tense"), ("even", "even"), ("", ""),
    ])
  func shortened(phrase: String, words: String) {
    #expect(MoodWords.shortened(phrase) == words)
  }

  @Test("Every mood has a short phrase, even one that is no number")
  func everyMood() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<1_000 {
      let phrase = MoodWords.phrase(
        valence: .random(in: -1...1, using: &generator),
        arousal: .random(in: -1...1, using: &generator))
      #expect(!phrase.isEmpty && phrase.count <= 32)
    }
    #expect(MoodWords.phrase(valence: .nan, arousal: .nan) == "even")
  }

  @Test(
    "Certainty has three words", arguments: [(0.9, "sure"), (0.4, "fairly sure"), (0, "unsure")])
  func sureness(certainty: Double, word: String) {
    #expect(MoodWords.sureness(certainty: certainty) == word)
  }

  @Test("A mood is found by its name, or by a beginning that only it has")
  func names() {
    #expect(NamedMood(matching: "Happy")?.name == "happy")
    #expect(NamedMood(matching: "peace")?.name == "peaceful")
    #expect(NamedMood(matching: "e") == nil, "excited or energetic")
    #expect(NamedMood(matching: "") == nil)
    #expect(NamedMood(matching: "purple") == nil)
  }

  @Test("Named moods are found by their names, in range, and all different")
  func allNames() {
    for named in NamedMood.all {
      #expect(NamedMood(matching: named.name) == named)
      #expect((-1...1).contains(named.valence) && (-1...1).contains(named.arousal))
    }
    #expect(Set(NamedMood.all.map(\.name)).count == NamedMood.all.count)
  }
}
