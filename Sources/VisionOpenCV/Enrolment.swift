import Perception

/// Takes good frames of one face and replies with the numbers by which it will be recognised.
///
/// A frame is good when it shows exactly one near face, from the front, neither too dark nor
/// washed out, that differs from those already taken. Each is reported by a glimpse without an
/// emotion, a sign of life on a way that may take twenty seconds. Where a source ends early, fewer
/// frames have to do.
final class Enrolment: Activity {
  /// A video or camera is looked at about six times a second: neighbours differ too little.
  private static let looksPerSecond = 6.0
  /// Two frames of a film nearer than this are the same to the recogniser.
  private static let tooAlike = 0.12
  private static let smallestFace = 32
  private static let goodBrightness = 0.1...0.92
  private static let leastContrast = 0.04

  private let source: FrameSource
  private let count: Int
  private let start = ContinuousClock.now
  private var samples: [FacePatterns] = []
  private var looked = 0
  private var obstacle: Obstacle?

  /// Why the last frame was not taken.
  private enum Obstacle: String {
    case noFace = "no face was found"
    case turned = "the face is turned away; look at the camera"
    case several = "there is more than one face"
    case small = "the face is too small; come nearer"
    case light = "the light is too weak or too strong"
    case alike = "the frames are all alike; move your head a little"
  }

  init(source: FrameSource, count: Int) {
    self.source = source
    self.count = min(max(count, 1), FaceTemplate.maximumSamples)
  }

  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    let limit = Duration.seconds(EyeRequest.enrolmentSeconds)
    guard samples.count < count, ContinuousClock.now - start < limit,
      let frame = try nextFrame()
    else {
      try finish(reply)
      return .forever
    }
    looked += 1
    let faces = try eye.sightings(in: frame)
    if let format {
      reply(.preview(try PreviewRenderer.draw(frame, face: faces.first?.box, as: format)))
    }
    guard let face = faces.first, face.view == .frontal, faces.countOfNear == 1 else {
      obstacle = faces.countOfNear > 1 ? .several : faces.isEmpty ? .noFace : .turned
      return .none
    }
    if let glimpse = try take(face.box, in: frame, with: eye) { reply(.glimpse(glimpse)) }
    return .none
  }

  private var isFilm: Bool { source.kind != .image && source.kind != .folder }

  private func nextFrame() throws(EyeTrouble) -> Frame? {
    if looked > 0, isFilm {
      let apart = source.framesPerSecond / Self.looksPerSecond
      for _ in 1..<max(2, Int(apart)) where try !source.skip() { return nil }
    }
    return try source.next()
  }

  /// Keeps the face if it is good; nil, and the obstacle noted, if it is not.
  private func take(_ box: Box, in frame: Frame, with eye: Eye) throws(EyeTrouble) -> Glimpse? {
    let face = try eye.face(in: box, of: frame)
    guard box.width >= Self.smallestFace else { return skip(.small) }
    guard Self.goodBrightness.contains(face.brightness), face.contrast >= Self.leastContrast else {
      return skip(.light)
    }
    let patterns = try eye.patterns(of: box, in: frame)
    guard !isFilm || samples.allSatisfy({ $0.distance(to: patterns) > Self.tooAlike }) else {
      return skip(.alike)
    }
    samples.append(patterns)
    return Glimpse(
      time: (ContinuousClock.now - start) / .seconds(1), frameWidth: frame.width,
      frameHeight: frame.height, face: face, faceCount: 1)
  }

  private func skip(_ reason: Obstacle) -> Glimpse? {
    obstacle = reason
    return nil
  }

  private func finish(_ reply: (EyeReply) -> Void) throws(EyeTrouble) {
    // A film of one person gives several views; one alone would not recognise anybody again.
    let needed = isFilm ? min(3, count) : 1
    guard samples.count >= needed else {
      let reason = (obstacle ?? .noFace).rawValue
      let tally =
        looked == 1 ? "" : " (\(samples.count) of \(looked) frames were good, \(needed) are needed)"
      throw EyeTrouble(kind: .noFace, message: "\(source.description): \(reason)\(tally)")
    }
    reply(.enrolled(FaceTemplate(samples: samples), frames: samples.count))
  }
}
