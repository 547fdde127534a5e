/// A mood that the listener sets by its name: the words that the mood prompt knows.
///
/// The places follow Russell's circumplex (see `MoodPlane`); they are our rounding, wide enough
/// apart to choose different music.
package struct NamedMood: Equatable, Sendable {
  package let name: String
  /// -1...1, as in `Mood`.
  package let valence: Double
  package let arousal: Double

  /// In the order in which a prompt offers them: round the circle from happy.
  package static let all: [NamedMood] = [
    NamedMood(name: "happy", valence: 0.8, arousal: 0.4),
    NamedMood(name: "excited", valence: 0.65, arousal: 0.8),
    NamedMood(name: "energetic", valence: 0.3, arousal: 0.85),
    NamedMood(name: "tense", valence: -0.4, arousal: 0.75),
    NamedMood(name: "angry", valence: -0.65, arousal: 0.6),
    NamedMood(name: "sad", valence: -0.7, arousal: -0.3),
    NamedMood(name: "melancholy", valence: -0.35, arousal: -0.45),
    NamedMood(name: "tired", valence: -0.1, arousal: -0.8),
    NamedMood(name: "calm", valence: 0.3, arousal: -0.6),
    NamedMood(name: "peaceful", valence: 0.6, arousal: -0.5),
    NamedMood(name: "content", valence: 0.65, arousal: -0.1),
    NamedMood(name: "neutral", valence: 0, arousal: 0),
  ]

  /// Finds a mood by its name or by a beginning that only one name has, capitals or not.
  package init?(matching word: String) {
    let wanted = word.lowercased()
    guard !wanted.isEmpty else { return nil }
    let begun = Self.all.filter { $0.name.hasPrefix(wanted) }
    let exact = begun.first { $0.name == wanted }
    guard let found = exact ?? (begun.count == 1 ? begun.first : nil) else { return nil }
    self = found
  }

  private init(name: String, valence: Double, arousal: Double) {
    self.name = name
    self.valence = valence
    self.arousal = arousal
  }
}
