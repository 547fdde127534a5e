import Perception

/// What the listener wants the music to do with the mood. Chosen, never guessed.
///
/// Turns how the listener feels into the mood that songs are measured against. It promises no
/// effect: it only says which way to look.
package enum Policy: String, CaseIterable, Sendable, Codable {
  /// Music that feels like the listener.
  case match
  /// A step brighter than the listener.
  case lift
  /// A step quieter.
  case calm
  /// A step livelier.
  case energise

  /// Where songs should lie for a listener who feels like `mood`.
  package func wanted(from mood: Mood) -> WantedMood {
    let step: (valence: Double, arousal: Double) =
      switch self {
      case .match: (0, 0)
      case .lift: (0.45, 0.1)
      case .calm: (0.1, -0.5)
      case .energise: (0.1, 0.5)
      }
    // A wish says something even where no face is seen; "match" then has nothing to match.
    let certainty = self == .match ? mood.certainty : max(mood.certainty, 0.4)
    return WantedMood(
      valence: mood.valence + step.valence, arousal: mood.arousal + step.arousal,
      certainty: certainty)
  }
}

/// The point in the plane of valence and arousal that songs should be close to.
package struct WantedMood: Equatable, Sendable {
  /// -1...1
  package let valence: Float
  /// -1...1
  package let arousal: Float
  /// How much closeness counts: 0 not at all ... 1.
  package let certainty: Float

  /// Clamps to the ranges; what is not finite counts as unknown.
  package init(valence: Double, arousal: Double, certainty: Double) {
    let isKnown = valence.isFinite && arousal.isFinite && certainty.isFinite
    self.valence = isKnown ? Float(min(1, max(-1, valence))) : 0
    self.arousal = isKnown ? Float(min(1, max(-1, arousal))) : 0
    self.certainty = isKnown ? Float(min(1, max(0, certainty))) : 0
  }
}
