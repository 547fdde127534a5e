import Perception
import TestSupport
import Testing

@Suite("Why a reading is unsure")
struct UnsureReasonTests {
  /// Glimpses of a face that is sure of `sad`, changed by `change`.
  private func observe(
    _ tracker: inout MoodTracker, seconds: Double, from start: Double = 0, rate: Double = 15,
    isRecognised: Bool = false, change: (inout Glimpse) -> Void = { _ in }
  ) {
    for time in moments(seconds, rate: rate, from: start) {
      var glimpse = Glimpse.of(.sad, at: time)
      change(&glimpse)
      tracker.observe(glimpse, isRecognised: isRecognised)
    }
  }

  @Test("A face that stays turned away says so after most of a second, and is not read")
  func turnedAway() {
    var tracker = MoodTracker()
    observe(&tracker, seconds: 5)
    let before = tracker.reading?.probabilities
    for time in moments(0.4, rate: 30, from: 5) {
      tracker.observe(.turned(.angry, at: time))
    }
    #expect(tracker.unsure == nil)
    for time in moments(1, rate: 30, from: 5.4) { tracker.observe(.turned(.angry, at: time)) }
    #expect(tracker.reading?.unsure == .turnedAway)
    #expect(tracker.reading?.probabilities == before, "a profile must not feed the probabilities")
  }

  @Test("A face that never looked this way is told to, before there is any reading")
  func neverFrontal() {
    var tracker = MoodTracker()
    for time in moments(2, rate: 15) { tracker.observe(.turned(.sad, at: time)) }
    #expect(tracker.reading == nil)
    #expect(tracker.unsure == .turnedAway)
    #expect(tracker.mood == .none)
  }

  @Test("The certainty fades under a face that stays turned away")
  func fades() {
    var tracker = MoodTracker()
    observe(&tracker, seconds: 8)
    let sure = tracker.mood.certainty
    for time in moments(15, rate: 15, from: 8) { tracker.observe(.turned(.sad, at: time)) }
    #expect(sure > 0.8)
    #expect(tracker.mood.certainty < 0.05)
    #expect(tracker.unsure == .turnedAway)
  }

  @Test("Two faces ask whose mood is meant, unless the listener is recognised")
  func twoFaces() {
    for isRecognised in [false, true] {
      var tracker = MoodTracker()
      observe(&tracker, seconds: 3, isRecognised: isRecognised) { $0.faceCount = 2 }
      #expect(tracker.reading?.unsure == (isRecognised ? nil : .twoFaces))
    }
  }

  @Test("Somebody who passes behind for a moment raises no question")
  func passing() {
    var tracker = MoodTracker()
    observe(&tracker, seconds: 3)
    observe(&tracker, seconds: 0.3, from: 3) { $0.faceCount = 2 }
    #expect(tracker.unsure == nil)
  }

  @Test("Of several reasons the one to mend first is told")
  func order() {
    func reason(_ change: (inout Glimpse) -> Void) -> UnsureReason? {
      var tracker = MoodTracker()
      observe(&tracker, seconds: 3, change: change)
      return tracker.unsure
    }
    let unclear = Array<Float>(repeating: 0, count: 7)
    #expect(reason { $0.logits = unclear } == .lowConfidence)
    #expect(
      reason {
        $0.logits = unclear
        $0.faceCount = 3
      } == .twoFaces)
    #expect(
      reason {
        $0.faceCount = 2
        $0.face?.view = .profile
      } == .turnedAway)
    #expect(
      reason {
        $0.face?.view = .profile
        $0.face?.box = Box(x: 0, y: 0, width: 30, height: 30)
      } == .faceTooSmall)
    #expect(
      reason {
        $0.face?.brightness = 0.05
        $0.face?.box = Box(x: 0, y: 0, width: 30, height: 30)
      } == .tooDark)
  }

  @Test("A reason does not come and go at its limit", arguments: UnsureReason.allCases)
  func hysteresis(of reason: UnsureReason) {
    var tracker = MoodTracker()
    var changes = 0
    var last: UnsureReason?
    var isBad = false
    for (place, time) in moments(20, rate: 15).enumerated() {
      if place % 4 == 0 { isBad.toggle() }
      tracker.observe(.nearLimit(of: reason, isBad: isBad, at: time))
      if tracker.unsure != last { changes += 1 }
      last = tracker.unsure
    }
    #expect(changes <= 2, "\(changes) changes in 20 s")
  }

  @Test("The words are part of the JSON")
  func words() {
    #expect(
      UnsureReason.allCases.map(\.rawValue) == [
        "no face", "too dark", "face too small", "turned away", "two faces", "low confidence",
      ])
  }

  @Test("An image of a turned face is read all the same, and says so")
  func once() throws {
    let reading = try #require(EmotionReading(once: [.turned(.happy, at: 0)]))
    #expect(reading.label == .happy)
    #expect(reading.unsure == .turnedAway)
    let both = [Glimpse.turned(.angry, at: 0), .of(.happy, at: 0.1)]
    let frontal = try #require(EmotionReading(once: both))
    #expect(frontal.label == .happy && frontal.unsure == nil)
  }

  @Test("An image with two faces asks whose mood, unless one is recognised")
  func onceTwoFaces() throws {
    var glimpse = Glimpse.of(.happy, at: 0)
    glimpse.faceCount = 2
    #expect(EmotionReading(once: [glimpse])?.unsure == .twoFaces)
    glimpse.candidates = [IdentityCandidate(person: 2, score: 0.9, threshold: 0.5)]
    #expect(try #require(EmotionReading(once: [glimpse])).unsure == nil)
  }
}

extension Glimpse {
  fileprivate static func turned(_ emotion: Emotion, at time: Double) -> Glimpse {
    var glimpse = Glimpse.of(emotion, at: time)
    glimpse.face?.view = .profile
    return glimpse
  }

  /// A glimpse a little on the good or the bad side of the limit of a reason.
  fileprivate static func nearLimit(
    of reason: UnsureReason, isBad: Bool, at time: Double
  ) -> Glimpse {
    switch reason {
    case .noFace: return isBad ? .empty(at: time) : .of(.sad, at: time)
    case .tooDark: return .of(.sad, at: time, brightness: isBad ? 0.115 : 0.125)
    case .faceTooSmall: return .of(.sad, at: time, size: isBad ? 46 : 50)
    case .turnedAway: return isBad ? .turned(.sad, at: time) : .of(.sad, at: time)
    case .twoFaces:
      var glimpse = Glimpse.of(.sad, at: time)
      glimpse.faceCount = isBad ? 2 : 1
      return glimpse
    case .lowConfidence: return .of(.sad, at: time, strength: isBad ? 1.28 : 1.33)
    }
  }
}
