/// One observation of the listener: what the eye saw in one frame.
///
/// Glimpses cross the pipe from `emus-eye` to the player; they hold numbers only, never pixels.
package struct Glimpse: Equatable, Sendable {
  /// Seconds since the source was opened, on a clock that never runs backwards.
  package var time: Double
  /// Pixels of the frame, width and height.
  package var frameWidth: Int
  package var frameHeight: Int
  /// The largest face; nil when none was found.
  package var face: Face?
  /// How many faces were in the frame that are at least half as wide as the widest.
  package var faceCount: Int
  /// The network's seven raw outputs in FER2013's order; nil without a face, and where the
  /// network answered with something that is not a number.
  package var logits: [Float]?
  /// What the network's last layer saw, from which a listener's own correction is learnt; nil
  /// where `logits` is, and empty with a classifier that has none.
  package var embedding: [Float]?
  /// Whose face it may be, best first; empty when nobody is registered or identity is off.
  package var candidates: [IdentityCandidate]
  /// Frames a second that the eye got through lately; 0 when unknown.
  package var framesPerSecond: Double
  package var timing: EyeTiming

  package init(
    time: Double, frameWidth: Int, frameHeight: Int, face: Face? = nil, faceCount: Int = 0,
    logits: [Float]? = nil, embedding: [Float]? = nil, candidates: [IdentityCandidate] = [],
    framesPerSecond: Double = 0,
    timing: EyeTiming = EyeTiming()
  ) {
    self.time = time
    self.frameWidth = frameWidth
    self.frameHeight = frameHeight
    self.face = face
    self.faceCount = faceCount
    self.logits = logits
    self.embedding = embedding
    self.candidates = candidates
    self.framesPerSecond = framesPerSecond
    self.timing = timing
  }
}

/// What each step of one glimpse took, in milliseconds.
package struct EyeTiming: Equatable, Sendable {
  package var capture: Double
  package var detect: Double
  package var identify: Double
  package var classify: Double

  package init(
    capture: Double = 0, detect: Double = 0, identify: Double = 0, classify: Double = 0
  ) {
    self.capture = capture
    self.detect = detect
    self.identify = identify
    self.classify = classify
  }
}
