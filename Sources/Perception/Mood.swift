/// How the listener seems to feel: a point in the plane of valence and arousal.
package struct Mood: Equatable, Sendable {
  /// Unpleasant -1 ... pleasant 1.
  package var valence: Double
  /// Quiet -1 ... excited 1.
  package var arousal: Double
  /// 0 is unsure, 1 is certain.
  package var certainty: Double
  package var source: MoodSource

  package init(valence: Double, arousal: Double, certainty: Double, source: MoodSource) {
    self.valence = min(1, max(-1, valence))
    self.arousal = min(1, max(-1, arousal))
    self.certainty = min(1, max(0, certainty))
    self.source = source
  }

  /// No mood is known.
  package static let none = Mood(valence: 0, arousal: 0, certainty: 0, source: .none)
}

/// Where a mood comes from. `demo` is the drawn face: stored, never learned from.
package enum MoodSource: String, Sendable, Codable {
  case face, manual, demo, none
}
