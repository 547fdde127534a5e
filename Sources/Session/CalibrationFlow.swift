import Perception
import Taste

/// How far a calibration in front of the camera has come: which expression is being shown, what
/// was seen of it, and what was recorded before. `Mode.calibrating` holds it.
///
/// It counts time by the camera's own clock, and only while the face can be seen well.
package struct CalibrationFlow: Equatable, Sendable {
  package enum Step: Equatable, Sendable {
    case recording(Emotion)
    /// What else to show, or enough.
    case choosing
    case learning
  }

  /// Seconds for which whoever sits before a camera gets ready: the first looks after an
  /// expression was asked for still show the one before.
  private static let leadIn = 1.0
  /// Seconds of clear looks that one expression takes at least.
  package static let seconds = 3.0
  /// A look counts for at most so many seconds.
  private static let longestCredit = 0.5

  /// The keys by which expressions are asked for, in the order in which they are offered.
  package static let keys: [(key: Character, emotion: Emotion)] = [
    ("n", .neutral), ("h", .happy), ("s", .sad), ("u", .surprise), ("a", .angry), ("f", .fear),
    ("d", .disgust),
  ]

  package let owner: CalibrationOwner
  /// Which calibration of this session it is: what an earlier one comes to is not its own.
  let number: Int
  private let leadIn: Double
  package private(set) var step = Step.recording(.neutral)
  /// Seconds of clear looks at the expression that is being shown.
  package private(set) var recorded = 0.0
  /// How many of them differ: a picture that is shown for long is one look.
  package private(set) var different = 0
  package private(set) var samples: [CalibrationSample] = []
  /// Why nothing is recorded just now, for people.
  package private(set) var obstacle: String?
  private var firstLook: Double?
  private var lastLook: Double?
  /// There is nothing more to be seen: nothing else can be recorded.
  package private(set) var isPictureOver = false

  /// Only who is looked at by a camera can do what is asked for.
  package init(owner: CalibrationOwner, from source: ImageSource, number: Int = 0) {
    self.owner = owner
    self.number = number
    leadIn = source.isCamera ? Self.leadIn : 0
  }

  /// The face has still to take on what was asked for.
  var isGettingReady: Bool { leadIn > 0 && lastLook == nil }

  package var fraction: Double {
    min(1, recorded / Self.seconds, Double(different) / Double(CalibrationFit.leastFrames))
  }

  /// Looked at for long enough, but too little of it differs to be learnt from.
  var wantsOtherLooks: Bool {
    recorded >= Self.seconds && different < CalibrationFit.leastFrames
  }

  package var isRecording: Bool {
    if case .recording = step { return true }
    return false
  }

  /// Whether an expression was recorded to its end.
  package func has(_ emotion: Emotion) -> Bool {
    step != .recording(emotion) && samples.contains { $0.expression == emotion }
  }

  /// Takes what a sight brought for the expression that is being shown. A face that turns out to
  /// be somebody else's, which takes the recogniser more than a second, is forgotten; `adviceAbout`
  /// says what to do about that person.
  package mutating func take(_ sight: Sight, adviceAbout advice: (Int64) -> String) {
    if let person = sight.verdict.somebody(otherThan: owner.expected) {
      startOver(because: advice(person))
    } else {
      take(sight.looks, obstacle: sight.stranger.map(advice) ?? sight.obstacle?.advice)
    }
  }

  /// The step is over after three seconds of looks, and not before enough of them differ.
  private mutating func take(_ looks: [CalibrationSample], obstacle: String?) {
    guard case .recording(let emotion) = step else { return }
    self.obstacle = looks.isEmpty ? obstacle : nil
    for look in looks {
      // Backwards: a source that was opened anew.
      let first = min(firstLook ?? look.time, look.time)
      firstLook = first
      guard look.time - first >= leadIn else { continue }
      let passed = max(0, look.time - (lastLook ?? look.time))
      recorded += min(Self.longestCredit, passed)
      lastLook = look.time
      var sample = look
      sample.expression = emotion
      samples.append(sample)
    }
    different = samples.filter { $0.expression == emotion }.differing.count
    if recorded >= Self.seconds, !wantsOtherLooks { step = .choosing }
  }

  /// Records an expression, in place of an earlier try.
  package mutating func record(_ emotion: Emotion) {
    samples.removeAll { $0.expression == emotion }
    step = .recording(emotion)
    (recorded, different, firstLook, lastLook, obstacle) = (0, 0, nil, nil, nil)
  }

  private mutating func startOver(because obstacle: String) {
    guard case .recording(let emotion) = step else { return }
    record(emotion)
    self.obstacle = obstacle
  }

  mutating func learn() { step = .learning }

  /// What is being recorded stays undone. False where nothing was recorded before it.
  mutating func endPicture() -> Bool {
    isPictureOver = true
    guard case .recording(let emotion) = step else { return true }
    samples.removeAll { $0.expression == emotion }
    step = .choosing
    return !samples.isEmpty
  }
}

extension CalibrationFlow {
  package static func == (left: Self, right: Self) -> Bool {
    left.owner == right.owner && left.number == right.number && left.step == right.step
      && left.recorded == right.recorded && left.different == right.different
      && left.obstacle == right.obstacle && left.samples.count == right.samples.count
      && left.firstLook == right.firstLook && left.lastLook == right.lastLook
      && left.isPictureOver == right.isPictureOver
  }
}
