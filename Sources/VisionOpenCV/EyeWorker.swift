import COpenCV
import Perception

/// Carries out the player's requests, one small step at a time, and replies.
///
/// It is what `emus-eye` runs between its two pipes; a test can run it without them. One
/// activity is in hand at a time: a new one replaces it at once, and with it goes its source.
package final class EyeWorker {
  private let eye: Eye
  private let now: () -> ContinuousClock.Instant
  private let reply: (EyeReply) -> Void
  private var activity: (any Activity)?
  private var format: PreviewFormat?
  private var lessons = HogLessons()

  package init(
    eye: Eye, now: @escaping () -> ContinuousClock.Instant = { .now },
    reply: @escaping (EyeReply) -> Void
  ) {
    self.eye = eye
    self.now = now
    self.reply = reply
  }

  /// What has to be settled before there is a second thread: that the eye is never left behind,
  /// with the camera on, by a player that was killed, and OpenCV's ways.
  package static func prepare() {
    emus_end_with_parent()
    _ = OpenCV.prepared
  }

  /// Begins what is asked for; failures are replies.
  package func handle(_ request: EyeRequest) {
    switch request {
    case .preview(let format): self.format = format
    case .gallery(let entries):
      eye.register(entries)
      activity?.galleryChanged()
    case .close:
      activity = nil
      lessons = HogLessons()
    case .open(let origin, let rate):
      begin(origin) { LiveLook(origin, source: $0, rate: rate, now: now) }
    case .once(let origin):
      begin(origin) { OnceLook(source: $0) }
    case .enrol(let origin, let count):
      begin(origin) { Enrolment(source: $0, count: count) }
    case .look(let number, let path, let isCropped):
      answer(number) { () throws(EyeTrouble) in
        try eye.look(atFile: path, isCropped: isCropped)
      }
    case .classify(let number, let picture):
      answer(number) { () throws(EyeTrouble) in try eye.look(at: picture) }
    case .learn(let number, let lesson):
      answer(number) { () throws(EyeTrouble) in try lessons.take(lesson, with: eye) }
    case .train(let path, let seed, let sent):
      activity = HogTraining(lessons, sent: sent, path: path, seed: seed)
      lessons = HogLessons()
    }
  }

  /// Does the next step; how long the one after it may wait, nil while there is nothing to do.
  package func step() -> Duration? {
    guard let activity else { return nil }
    do {
      let pause = try activity.step(with: eye, drawing: format, reply: reply)
      if case .after(let duration) = pause { return duration }
    } catch {
      reply(.trouble(error))
    }
    self.activity = nil
    return nil
  }

  private func answer(_ number: Int, _ look: () throws(EyeTrouble) -> Look) {
    do throws(EyeTrouble) {
      reply(.looked(number: number, try look()))
    } catch {
      // Without cascade or weights no picture can be read, whichever it is.
      reply(error.kind == .installation ? .trouble(error) : .refused(number: number, error))
    }
  }

  /// Closes the last source before the new one is opened: two may want the same camera.
  private func begin(_ origin: ImageSource, _ make: (FrameSource) -> any Activity) {
    activity = nil
    reply(.begun)
    eye.forget()
    if origin == .none {
      reply(.ended)
      return
    }
    do {
      let source = try FrameSource.open(origin)
      reply(
        .opened(
          description: source.description, width: source.width, height: source.height,
          framesPerSecond: source.framesPerSecond))
      activity = make(source)
    } catch {
      reply(.trouble(error))
    }
  }
}
