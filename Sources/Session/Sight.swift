import Perception

/// What is known of the listener right now: what the many glimpses a second come to.
///
/// Reaches the state at most five times a second, so that a camera's frames never become its
/// changes.
package struct Sight: Equatable, Sendable {
  /// Seven smoothed probabilities with their label; nil before the first face.
  package var reading: EmotionReading?
  /// Why the face cannot be read well just now; also before there is a reading.
  package var unsure: UnsureReason?
  package var mood: Mood
  /// What the screen says of it, held steady; nil where nothing was held.
  package var steady: MoodHeadline?
  /// A face has been seen for less than a new label takes: too short a time to name a mood, though
  /// songs may be chosen by it.
  package var isFirstLook: Bool
  /// Who is in front of the camera.
  package var verdict: ListenerGate.Verdict
  /// True once for an unknown face that stays: somebody should ask who this is.
  package var asks: Bool
  package var hasFace: Bool
  package var framesPerSecond: Double
  /// Clear looks since the last sight, while a calibration gathers them.
  package var looks: [CalibrationSample]
  /// Why the latest glimpse was no clear look, while a calibration gathers them.
  package var obstacle: UnsureReason?
  /// Somebody else whom the latest glimpse looked like, of which nothing was gathered then.
  package var stranger: Int64?

  package init(
    reading: EmotionReading? = nil, unsure: UnsureReason? = nil, mood: Mood = .none,
    verdict: ListenerGate.Verdict = .nobody,
    asks: Bool = false, hasFace: Bool = false, framesPerSecond: Double = 0,
    looks: [CalibrationSample] = [], obstacle: UnsureReason? = nil,
    stranger: Int64? = nil, steady: MoodHeadline? = nil,
    isFirstLook: Bool = false
  ) {
    self.reading = reading
    self.unsure = unsure ?? reading?.unsure
    self.mood = mood
    self.verdict = verdict
    self.asks = asks
    self.hasFace = hasFace
    self.framesPerSecond = framesPerSecond
    self.looks = looks
    self.obstacle = obstacle
    self.stranger = stranger
    self.steady = steady
    self.isFirstLook = isFirstLook
  }

  /// What the screen says of the mood.
  package var headline: MoodHeadline {
    steady ?? MoodHeadline(reading: reading, mood: mood, unsure: unsure)
  }
}
