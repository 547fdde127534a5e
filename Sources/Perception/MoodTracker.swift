/// Turns glimpses into a steady reading of the emotion and a mood: the step between the network
/// and the recommender.
///
/// Everything goes by the time in the glimpses, never by their number: 10 and 30 frames a second
/// give the same mood. A face seen from the side is never read: the network learnt from frontal
/// ones. It reads no clock, keeps no pixels, and never changes the listener: who is in front is
/// `ListenerGate`'s question.
package struct MoodTracker: Equatable, Sendable {
  package var settings: MoodSettings
  /// Nil until a face could be read, and while the first to be read looks angry and may yet prove
  /// to be at rest.
  package private(set) var reading: EmotionReading?
  /// Why the face cannot be read well just now; also before there is a reading.
  package private(set) var unsure: UnsureReason?

  private var clock = EyeClock()
  /// Weight of what the smoothed probabilities stand on, 0 (nothing) ... 1 (several seconds).
  private var evidence = 0.0
  private var probabilities: EmotionProbabilities?
  private var lastFace: Double?
  private var lastFrontal: Double?
  private var lastRead: Double?
  private var label = SteadyLabel()
  private var quality = SmoothedQuality()

  package init(settings: MoodSettings = MoodSettings()) { self.settings = settings }

  /// Takes the next glimpse. A time that runs backwards is a source opened anew.
  ///
  /// `isRecognised` where the face is known to be a registered listener's: then it does not
  /// matter who else is in the picture.
  package mutating func observe(_ glimpse: Glimpse, isRecognised: Bool = false) {
    clock.advance(to: glimpse.time)
    if let face = glimpse.face {
      forgetLabelAfterAbsence()
      lastFace = clock.now
      quality.observe(
        face, isAmbiguous: glimpse.faceCount >= 2 && !isRecognised, at: clock.now,
        settings: settings)
      if face.view == .frontal { read(glimpse) }
    }
    updateReading()
  }

  /// The mood of now. `.none` until a face could be read; afterwards it stays where it was and
  /// its certainty fades when the face has gone, or stays turned away.
  package var mood: Mood {
    guard let reading else { return .none }
    var mood = Mood(reading: reading, source: settings.source)
    // The root, so that a face is believed after a second and not after five.
    mood.certainty *= evidence.squareRoot() * freshness
    return mood
  }

  private var absence: Double { clock.now - (lastFace ?? clock.now) }

  /// 1 while a face is or was just seen from the front, then falling.
  private var freshness: Double {
    Exponential.remainder(
      after: clock.now - (lastFrontal ?? clock.now) - settings.noFaceAfter,
      timeConstant: settings.timeConstant)
  }

  private mutating func forgetLabelAfterAbsence() {
    guard absence >= settings.noFaceAfter else { return }
    label = SteadyLabel()
    quality = SmoothedQuality()
  }

  private mutating func read(_ glimpse: Glimpse) {
    evidence *= freshness
    lastFrontal = clock.now
    if let seen = settings.probabilities(of: glimpse) { take(seen) }
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
      return label.observe(seen, at: clock.now, settings: settings)
    }
    let mixed = old.mixed(with: seen, share: gained / evidence)
    probabilities = mixed
    label.observe(mixed, at: clock.now, settings: settings)
  }

  private mutating func updateReading() {
    if lastFace != nil, absence >= settings.noFaceAfter {
      unsure = .noFace
    } else {
      unsure = quality.reason
    }
    guard let probabilities, reading != nil || !label.awaitsAngry else { return }
    if unsure == nil, label.current == nil || isUnclear(probabilities) { unsure = .lowConfidence }
    reading = EmotionReading(
      probabilities: probabilities, label: label.current ?? probabilities.label, unsure: unsure)
  }

  /// With a little hysteresis, so that the word does not come and go with every frame.
  private func isUnclear(_ probabilities: EmotionProbabilities) -> Bool {
    let margin = reading?.unsure == .lowConfidence ? 0.03 : 0
    return probabilities.confidence < settings.lowConfidence + margin
  }
}
