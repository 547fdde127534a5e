import Perception

/// Looks for as long as the player wants, at most `rate` frames a second.
///
/// A camera is read as fast as it gives frames, so that none is stale, and looked at when one is
/// due. A video plays at its own rate, or slower where it cannot be decoded as fast, and ends. An
/// image, and a frame that stays for long, is reported twice a second; a folder shows the next
/// image every one and a half seconds, over and over.
final class LiveLook: Activity {
  private static let stillInterval = Duration.milliseconds(500)
  private static let reportsPerImage = 3
  /// For how long frames that are late are passed over before one is looked at: the player waits
  /// for a word.
  private static let longestCatchUp = Duration.milliseconds(250)

  private let origin: ImageSource
  private var source: FrameSource
  private let interval: Duration
  private let now: () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  /// When a film's first frame would have been shown if it had never been late.
  private var filmStart: ContinuousClock.Instant
  private var due: ContinuousClock.Instant
  private var framesPassed = 0
  private var rate = FrameRate()
  private var still: (frame: Frame, glimpse: Glimpse, reports: Int)?
  /// Others are registered now than when the still picture was looked at.
  private var isOutdated = false

  /// `now` is read wherever time counts; a test may hold it.
  init(
    _ origin: ImageSource, source: FrameSource, rate: Double,
    now: @escaping () -> ContinuousClock.Instant
  ) {
    self.origin = origin
    self.source = source
    self.now = now
    start = now()
    (due, filmStart) = (start, start)
    let wanted = rate.isFinite && rate > 0 ? min(rate, 120) : 15
    interval = .seconds(1 / wanted)
  }

  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    switch source.kind {
    case .image, .folder: return try showStill(with: eye, drawing: format, reply: reply)
    case .camera: return try readCamera(with: eye, drawing: format, reply: reply)
    case .video, .demo: return try play(with: eye, drawing: format, reply: reply)
    }
  }

  /// A single picture is looked at again when it is next reported: it would show somebody unknown
  /// for ever.
  func galleryChanged() { isOutdated = source.kind == .image }

  private func readCamera(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    guard now() >= due else {
      guard try source.skip() else { throw gone() }
      return .none
    }
    guard let frame = try source.next() else { throw gone() }
    let time = now()
    due = max(due + interval, time)
    _ = try report(
      frame, at: (time - start) / .seconds(1), with: eye, drawing: format,
      reply: reply)
    return .none
  }

  private func gone() -> EyeTrouble {
    EyeTrouble(
      kind: .device, message: "\(source.description): the camera is gone; plug it in again")
  }

  /// Frames that should have been shown by now are passed over, and the next one is looked at.
  private func play(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    if now() < due { return try stay(drawing: format, reply: reply) }
    let begin = now()
    while filmTime < (now() - filmStart) / .seconds(1) - 1 / source.framesPerSecond {
      framesPassed += 1
      guard try source.skip() else { return end(reply) }
      guard now() - begin < Self.longestCatchUp else {
        filmStart = now() - .seconds(filmTime)
        break
      }
    }
    guard let frame = try source.next() else { return end(reply) }
    let time = filmTime
    framesPassed += 1
    let glimpse = try report(frame, at: time, with: eye, drawing: format, reply: reply)
    due = max(due + interval, filmStart + .seconds(filmTime))
    still = due - now() > stillPause ? (frame, glimpse, 0) : nil
    return .after(max(.zero, min(due - now(), stillPause)))
  }

  /// Seconds of the film before the frame that comes next.
  private var filmTime: Double { Double(framesPassed) / source.framesPerSecond }

  /// A film whose frames lie seconds apart shows the last one again meanwhile.
  private func stay(drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    if var still {
      still.glimpse.time = (now() - filmStart) / .seconds(1)
      reply(.glimpse(still.glimpse))
      try draw(still.frame, still.glimpse, as: format, reply)
    }
    return .after(min(due - now(), stillPause))
  }

  private func end(_ reply: (EyeReply) -> Void) -> Pause {
    reply(.ended)
    return .forever
  }

  private func report(
    _ frame: Frame, at time: Double, with eye: Eye,
    drawing format: PreviewFormat?, reply: (EyeReply) -> Void
  ) throws(EyeTrouble) -> Glimpse {
    let glimpse = try eye.look(
      at: frame, follows: true, time: time, capture: source.capture,
      framesPerSecond: rate.after(now() - start))
    reply(.glimpse(glimpse))
    try draw(frame, glimpse, as: format, reply)
    return glimpse
  }

  private func draw(
    _ frame: Frame, _ glimpse: Glimpse, as format: PreviewFormat?, _ reply: (EyeReply) -> Void
  ) throws(EyeTrouble) {
    guard let format else { return }
    reply(.preview(try PreviewRenderer.draw(frame, face: glimpse.face?.box, as: format)))
  }

  private func showStill(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    if let still, now() < due {
      try draw(still.frame, still.glimpse, as: format, reply)
      return .after(due - now())
    }
    if source.kind == .folder, let shown = still, shown.reports >= Self.reportsPerImage {
      still = nil
    }
    if isOutdated { (still, isOutdated) = (nil, false) }
    var shown: (frame: Frame, glimpse: Glimpse, reports: Int)
    if let still { shown = still } else { shown = try nextStill(with: eye) }
    shown.glimpse.time = (now() - start) / .seconds(1)
    shown.reports += 1
    still = shown
    reply(.glimpse(shown.glimpse))
    try draw(shown.frame, shown.glimpse, as: format, reply)
    due = now() + stillPause
    return .after(stillPause)
  }

  /// Between two reports of the same picture.
  private var stillPause: Duration { max(interval, Self.stillInterval) }

  private func nextStill(with eye: Eye)
    throws(EyeTrouble) -> (frame: Frame, glimpse: Glimpse, reports: Int)
  {
    var frame = try source.next()
    if frame == nil {
      source = try FrameSource.open(origin)
      frame = try source.next()
    }
    guard let frame else {
      throw EyeTrouble(kind: .input, message: "\(source.description): no image is left")
    }
    let glimpse = try eye.look(at: frame, follows: false, time: 0, capture: source.capture)
    return (frame, glimpse, 0)
  }
}

/// Frames a second lately: the inverse of the intervals' running mean.
struct FrameRate {
  private var last: Duration?
  private var mean: Double?

  /// The rate after a frame at this time since the start; 0 before there are two.
  mutating func after(_ time: Duration) -> Double {
    defer { last = time }
    guard let last else { return 0 }
    let interval = max(1e-4, (time - last) / .seconds(1))
    let smoothed = mean.map { $0 * 0.9 + interval * 0.1 } ?? interval
    mean = smoothed
    return 1 / smoothed
  }
}
