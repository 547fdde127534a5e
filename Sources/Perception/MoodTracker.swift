/// Turns glimpses into a steady reading of the emotion and a mood: the step between the network
/// and the recommender.
///
/// Everything goes by the time in the glimpses, never by their number: 10 and 30 frames a second
/// give the same mood. It reads no clock, keeps no pixels, and never changes the listener: who is
/// in front is `ListenerGate`'s question.
package struct MoodTracker: Equatable, Sendable {
  package var settings: MoodSettings
  /// nil until a face could be read.
  package private(set) var reading: EmotionReading?

  private var clock = EyeClock()
  /// Weight of what the smoothed probabilities stand on, 0 (nothing) ... 1 (several seconds).
  private var evidence = 0.0
  private var probabilities: EmotionProbabilities?
  private var lastFace: Double?
  private var lastRead: Double?
  private var label = SteadyLabel()
  private var quality = SmoothedQuality()

  package init(settings: MoodSettings = MoodSettings()) { self.settings = settings }

  /// Takes the next glimpse. A time that runs backwards is a source opened anew.
  package mutating func observe(_ glimpse: Glimpse) {
    clock.advance(to: glimpse.time)
    if let face = glimpse.face {
      forgetLabelAfterAbsence()
      lastFace = clock.now
      quality.observe(face, at: clock.now)
      let seen = glimpse.logits.flatMap {
        EmotionProbabilities(logits: $0, temperature: settings.temperature)
      }
      if let seen { take(seen) }
    }
    updateReading()
  }

  /// Lets time pass in which the eye sends nothing, as when it has ended or was switched off.
  package mutating func wait(seconds: Double) {
    clock.pass(seconds)
    updateReading()
  }

  /// The mood of now. `.none` until a face could be read; afterwards it stays where it was and
  /// its certainty fades when the face has gone.
  package var mood: Mood {
    guard let reading else { return .none }
    var mood = Mood(reading: reading, source: settings.source)
    // The root, so that a face is believed after a second and not after five.
    mood.certainty *= evidence.squareRoot() * freshness
    return mood
  }

  private var absence: Double { clock.now - (lastFace ?? clock.now) }

  /// 1 while a face is or was just seen, then falling.
  private var freshness: Double {
    Exponential.remainder(
      after: absence - settings.noFaceAfter, timeConstant: settings.timeConstant)
  }

  private mutating func forgetLabelAfterAbsence() {
    guard absence >= settings.noFaceAfter else { return }
    evidence *= freshness
    label = SteadyLabel()
    quality = SmoothedQuality()
  }

  private mutating func take(_ seen: EmotionProbabilities) {
    let elapsed = clock.now - (lastRead ?? clock.now - MoodSettings.firstGlimpse)
    lastRead = clock.now
    let kept = evidence * Exponential.remainder(after: elapsed, timeConstant: settings.timeConstant)
    // After a stall one frame must not count for all the time in which nothing was seen.
    let credited = min(elapsed, MoodSettings.longestCredit)
    let gained = 1 - Exponential.remainder(after: credited, timeConstant: settings.timeConstant)
    evidence = min(1, kept + gained)
    guard let old = probabilities, evidence > 0 else {
      probabilities = probabilities ?? seen
      return label.observe(seen.label, at: clock.now, settings: settings)
    }
    let mixed = old.mixed(with: seen, share: gained / evidence)
    probabilities = mixed
    label.observe(mixed.label, at: clock.now, settings: settings)
  }

  private mutating func updateReading() {
    guard let probabilities, let label = label.current ?? reading?.label else { return }
    var unsure: UnsureReason?
    if absence >= settings.noFaceAfter {
      unsure = .noFace
    } else if let poor = quality.reason(settings) {
      unsure = poor
    } else if isUnclear(probabilities) {
      unsure = .lowConfidence
    }
    reading = EmotionReading(probabilities: probabilities, label: label, unsure: unsure)
  }

  /// With a little hysteresis, so that the word does not come and go with every frame.
  private func isUnclear(_ probabilities: EmotionProbabilities) -> Bool {
    let margin = reading?.unsure == .lowConfidence ? 0.03 : 0
    return probabilities.confidence < settings.lowConfidence + margin
  }
}
