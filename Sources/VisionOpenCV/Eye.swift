import Perception

/// The pipeline from a frame to a glimpse: detect, identify, classify, each step timed.
///
/// The cascade and the network are loaded on first use. It opens no source and keeps no frame;
/// not `Sendable`: it lives on one thread.
package final class Eye {
  private let installation: Installation
  private var loadedDetector: FaceDetector?
  private var loadedClassifier: (any EmotionClassifier)?
  private let recogniser = FaceRecogniser()

  package init(installation: Installation) {
    self.installation = installation
  }

  /// Loads the cascade and the network now; throws `.installation`.
  package func load() throws(EyeTrouble) {
    _ = try detector()
    _ = try classifier()
  }

  /// Who is registered; empty turns identity off.
  package func register(_ entries: [GalleryEntry]) {
    recogniser.register(entries)
  }

  /// The next source has nothing to do with the last.
  package func forget() {
    loadedDetector?.forget()
  }

  /// Looks at one frame.
  ///
  /// `follows` says that the frame comes right after the last one, so that the face is looked for
  /// where it was. `capture` is what reading the frame took, in milliseconds.
  package func look(
    at frame: Frame, follows: Bool, time: Double, capture: Double = 0,
    framesPerSecond: Double = 0
  ) throws(EyeTrouble) -> Glimpse {
    var glimpse = Glimpse(
      time: time, frameWidth: frame.width, frameHeight: frame.height,
      framesPerSecond: framesPerSecond, timing: EyeTiming(capture: capture))
    let detector = try detector()
    let classifier = try classifier()
    var watch = StopWatch()
    let sighting: FaceSighting?
    if follows {
      (sighting, glimpse.faceCount) = try detector.follow(in: frame, at: time)
    } else {
      let seen = try detector.sightings(in: frame)
      (sighting, glimpse.faceCount) = (seen.first, seen.countOfNear)
    }
    glimpse.timing.detect = watch.lap()
    guard let sighting else { return glimpse }
    let box = sighting.box
    glimpse.face = try face(in: box, of: frame)
    glimpse.face?.view = sighting.view
    glimpse.candidates = try candidates(for: box, in: frame)
    glimpse.timing.identify = watch.lap()
    let answer = try classifier.answer(for: box, in: frame)
    glimpse.logits = answer?.logits
    glimpse.embedding = answer?.embedding
    glimpse.timing.classify = watch.lap()
    return glimpse
  }

  /// Whose face it may be, best first; empty where nobody is registered.
  func candidates(for box: Box, in frame: Frame) throws(EyeTrouble) -> [IdentityCandidate] {
    recogniser.isIdle ? [] : recogniser.candidates(for: try patterns(of: box, in: frame))
  }

  /// Everything that looks like a face in a picture that stands alone, the largest first.
  func faces(in frame: Frame) throws(EyeTrouble) -> [Box] {
    try sightings(in: frame).map(\.box)
  }

  /// The same, and from which side each face is seen.
  func sightings(in frame: Frame) throws(EyeTrouble) -> [FaceSighting] {
    try detector().sightings(in: frame)
  }

  func face(in box: Box, of frame: Frame) throws(EyeTrouble) -> Face {
    do {
      let light = try frame.light(in: box)
      return Face(box: box, brightness: light.mean, contrast: light.deviation)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
  }

  func patterns(of box: Box, in frame: Frame) throws(EyeTrouble) -> FacePatterns {
    do {
      return try FacePatterns(of: box, in: frame)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face recognition: \(error.message)")
    }
  }

  private func detector() throws(EyeTrouble) -> FaceDetector {
    if let loadedDetector { return loadedDetector }
    let made = try FaceDetector(cascade: installation.cascade)
    loadedDetector = made
    return made
  }

  func classifier() throws(EyeTrouble) -> any EmotionClassifier {
    if let loadedClassifier { return loadedClassifier }
    let (weights, checksum) = (installation.weights, installation.checksum)
    let made: any EmotionClassifier
    switch installation.classifier {
    case .network: made = try EmotionNetwork(weights: weights, checksum: checksum)
    case .hog: made = try HogClassifier(weights: weights)
    }
    loadedClassifier = made
    return made
  }
}

/// Milliseconds from one lap to the next.
struct StopWatch {
  private var start = ContinuousClock.now

  mutating func lap() -> Double {
    let now = ContinuousClock.now
    defer { start = now }
    return (now - start) / .milliseconds(1)
  }
}
