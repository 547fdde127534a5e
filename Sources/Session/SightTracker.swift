import Perception

/// Gathers the eye's glimpses and says, at most five times a second, what they come to.
///
/// Stands between the eye and the state, so that thirty frames a second stay out of the loop.
package struct SightTracker: Equatable, Sendable {
  /// Seconds between two sights.
  package static let interval = 0.2

  private var mood: MoodTracker
  private var gate = ListenerGate()
  private var headline = SteadyHeadline()
  private var numbers = ShownNumbers()
  private var lastSight: Double?
  /// When a face was seen first.
  private var firstFace: Double?
  /// What was gathered since the last sight.
  private var looks: [CalibrationSample] = []
  private var obstacle: UnsureReason?
  private var stranger: Int64?

  package init(settings: MoodSettings) { mood = MoodTracker(settings: settings) }

  /// Takes a glimpse; nil where a sight was given a moment ago.
  package mutating func observe(_ glimpse: Glimpse, wishes: SightWishes = SightWishes()) -> Sight? {
    let verdict = gate.observe(glimpse)
    let isSomebodyElse = verdict.somebody(otherThan: wishes.listener) != nil
    // Somebody else's face is read as the network reads it.
    mood.settings.calibration = isSomebodyElse ? nil : wishes.calibration
    mood.observe(glimpse, isRecognised: verdict.isMatch)
    // A time that runs backwards is a source opened anew.
    if glimpse.face != nil, firstFace.map({ glimpse.time < $0 }) ?? true {
      firstFace = glimpse.time
    }
    if wishes.gathers { gather(glimpse, verdict, wishes) }
    if let last = lastSight, glimpse.time >= last, glimpse.time - last < Self.interval {
      return nil
    }
    lastSight = glimpse.time
    let isFirstLook = isFirstLook(at: glimpse.time)
    // Nothing of it was shown, so there is nothing to hold.
    if isFirstLook { headline = SteadyHeadline() }
    defer { looks = [] }
    numbers.observe(verdict, framesPerSecond: glimpse.framesPerSecond, at: glimpse.time)
    let seen = MoodHeadline(reading: mood.reading, mood: mood.mood, unsure: mood.unsure)
    return Sight(
      reading: mood.reading, unsure: mood.unsure, mood: mood.mood, verdict: numbers.verdict,
      asks: gate.takeQuestion(), hasFace: glimpse.face != nil,
      framesPerSecond: numbers.framesPerSecond,
      looks: looks, obstacle: wishes.gathers ? obstacle : nil,
      stranger: wishes.gathers ? stranger : nil,
      steady: headline.observe(seen, at: glimpse.time), isFirstLook: isFirstLook)
  }

  private func isFirstLook(at time: Double) -> Bool {
    firstFace.map { time - $0 < mood.settings.hold } ?? false
  }

  /// Of what looks like somebody else nothing is to be learnt, even before the verdict is out.
  private mutating func gather(
    _ glimpse: Glimpse, _ verdict: ListenerGate.Verdict, _ wishes: SightWishes
  ) {
    stranger = glimpse.somebody(otherThan: wishes.listener)
    guard stranger == nil, verdict.somebody(otherThan: wishes.listener) == nil else { return }
    do throws(UnsureReason) {
      looks.append(
        try CalibrationSample(
          glimpse, showing: .neutral, isRecognised: verdict.isMatch, settings: mood.settings))
      obstacle = nil
    } catch { obstacle = error }
  }
}

/// The numbers beside the picture of the face, which change about twice a second.
private struct ShownNumbers: Equatable, Sendable {
  private(set) var verdict = ListenerGate.Verdict.nobody
  private(set) var framesPerSecond = 0.0
  private var pace = NumberPace()

  /// Who it is always counts at once; the score of the same person and the speed wait.
  mutating func observe(_ new: ListenerGate.Verdict, framesPerSecond rate: Double, at time: Double)
  {
    let isDue = pace.isDue(at: time)
    if isDue { framesPerSecond = rate }
    if case .matched(let old, _) = verdict, case .matched(old, _) = new, !isDue { return }
    verdict = new
  }
}

extension ListenerGate.Verdict {
  /// The person in front is a registered listener.
  var isMatch: Bool {
    if case .matched = self { return true }
    return false
  }
}
