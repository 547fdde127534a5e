import Perception

/// Reads a source as `emus --once` does, as fast as it can: up to 150 frames or five seconds
/// until there is a face, then up to five frames with one.
///
/// It replies with a glimpse a frame with a face, or with one glimpse without a face, and `ended`.
final class OnceLook: Activity {
  private static let wantedFaces = 5
  private static let frameLimit = 150
  private static let timeLimit = Duration.seconds(5)
  /// Once there was a face it is not waited for as long again.
  private static let frameLimitAfterFace = 30

  private let source: FrameSource
  private let start = ContinuousClock.now
  private var frames = 0
  private var faces = 0
  private var framesAtFirstFace = 0
  private var lastWithout: Glimpse?

  init(source: FrameSource) {
    self.source = source
  }

  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    guard wantsMore, let frame = try source.next() else {
      if faces == 0, let lastWithout { reply(.glimpse(lastWithout)) }
      reply(.ended)
      return .forever
    }
    let isFilm = source.kind != .image && source.kind != .folder
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let time = isFilm && source.kind != .camera ? Double(frames) / source.framesPerSecond : elapsed
    let glimpse = try eye.look(
      at: frame, follows: isFilm, time: time, capture: source.capture,
      framesPerSecond: source.framesPerSecond)
    frames += 1
    if glimpse.face == nil {
      lastWithout = glimpse
    } else {
      if faces == 0 { framesAtFirstFace = frames }
      faces += 1
      reply(.glimpse(glimpse))
    }
    return .none
  }

  private var wantsMore: Bool {
    if faces > 0 {
      return faces < Self.wantedFaces && frames - framesAtFirstFace < Self.frameLimitAfterFace
    }
    return frames < Self.frameLimit && ContinuousClock.now - start < Self.timeLimit
  }
}
