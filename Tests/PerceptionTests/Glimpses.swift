import Perception

/// Glimpses as the eye would send them, made by hand.
extension Glimpse {
  /// A well lit, large face whose network output is sure of `emotion`.
  static func of(
    _ emotion: Emotion, at time: Double, strength: Float = 6, brightness: Double = 0.5,
    size: Int = 120, candidates: [IdentityCandidate] = []
  ) -> Glimpse {
    Glimpse(
      time: time, frameWidth: 640, frameHeight: 480,
      face: Face(
        box: Box(x: 200, y: 100, width: size, height: size), brightness: brightness,
        contrast: 0.2),
      faceCount: 1, logits: Emotion.allCases.map { $0 == emotion ? strength : 0 },
      candidates: candidates)
  }

  static func empty(at time: Double) -> Glimpse {
    Glimpse(time: time, frameWidth: 640, frameHeight: 480)
  }
}

/// The moments of `seconds` at `rate` frames a second, from `start` on.
func moments(_ seconds: Double, rate: Double, from start: Double = 0) -> [Double] {
  (0..<Int(seconds * rate)).map { start + Double($0) / rate }
}
