import Perception

/// What is known of the listener right now: what the many glimpses a second come to.
///
/// Reaches the state at most five times a second, so that a camera's frames never become its
/// changes.
package struct Sight: Equatable, Sendable {
  /// Seven smoothed probabilities with their label; nil before the first face.
  package var reading: EmotionReading?
  package var mood: Mood
  /// Who is in front of the camera.
  package var verdict: ListenerGate.Verdict
  package var hasFace: Bool
  package var framesPerSecond: Double
  /// The best identity score, 0...1; nil without a candidate.
  package var score: Double?

  package init(
    reading: EmotionReading? = nil, mood: Mood = .none, verdict: ListenerGate.Verdict = .nobody,
    hasFace: Bool = false, framesPerSecond: Double = 0, score: Double? = nil
  ) {
    self.reading = reading
    self.mood = mood
    self.verdict = verdict
    self.hasFace = hasFace
    self.framesPerSecond = framesPerSecond
    self.score = score
  }
}
