import Perception

/// Decides when the eye is started, restarted, given up and asked again. Pure: it is told what
/// happened and at what time (seconds on a clock that never runs backwards), and answers what is
/// to be done; `EyeLoop` does it.
///
/// It remembers the last job, gallery and preview, so that a new eye continues where the old one
/// died. Only a live `open` is tried again; `once` and `enrol`, and all single pictures that were
/// under way, fail with one trouble. A closed eye
/// ends, which gives its memory back; the next one is started once it is gone and has left the
/// camera.
struct EyeKeeper {
  enum Action: Equatable {
    case start
    case send(EyeRequest)
    case kill
    /// Closes the eye's pipes, at which it ends; `left` is to be called when it is gone.
    case end
    case deliver(EyeReply)
  }

  private let patience: WatcherPatience
  private var isRunning = false
  /// The eye was asked to end and has not gone yet.
  private var isLeaving = false
  private var startedAt = 0.0
  /// What the eye is to do: the last `open`, `once` or `enrol`; nil when it rests.
  private var job: EyeRequest?
  /// Jobs with a source that the eye was sent and has not taken up: what it says until then is of
  /// the source before.
  private var jobsToBegin = 0
  /// Single pictures that the eye was sent and has not answered.
  private var pictures = 0
  private var openedAt: Double?
  private var gallery: EyeRequest?
  private var preview: EyeRequest?
  private var crashes = 0
  private var deviceFailures = 0
  /// When something has to be heard from the eye, to be started, and to be opened again.
  private var answerBy: Double?
  private var startAt: Double?
  private var reopenAt: Double?

  /// Being called later than this after a deadline means that this process was stopped itself
  /// (Ctrl-Z, a suspended machine), and the eye with it.
  private static let ownPause = 2.0

  init(patience: WatcherPatience) { self.patience = patience }

  /// When `tick` has to be called next; nil while nothing is due.
  var deadline: Double? { [answerBy, startAt, reopenAt].compactMap(\.self).min() }

  mutating func request(_ request: EyeRequest, at now: Double) -> [Action] {
    switch request {
    case .gallery: gallery = request
    case .preview: preview = request
    case .open, .once, .enrol:
      job = request
      openedAt = nil
      deviceFailures = 0
      reopenAt = nil
      pictures = 0
      guard isRunning else { return isLeaving ? [] : start(at: now) }
      awaitAnswer(at: now)
      jobsToBegin += 1
    case .train:
      job = request
      pictures = 0
      guard isRunning else { return isLeaving ? [] : start(at: now) }
      awaitAnswer(at: now)
    case .look, .classify, .learn:
      job = request
      pictures += 1
      guard isRunning else { return isLeaving ? [] : start(at: now) }
      awaitAnswer(at: now)
    case .close:
      job = nil
      pictures = 0
      openedAt = nil
      (answerBy, startAt, reopenAt) = (nil, nil, nil)
      guard isRunning else { return [] }
      (isRunning, isLeaving) = (false, true)
      return [.send(.close), .end]
    }
    return isRunning ? [.send(request)] : []
  }

  mutating func heard(_ reply: EyeReply, at now: Double) -> [Action] {
    if job != nil, reopenAt == nil { awaitAnswer(at: now) }
    switch reply {
    case .begun:
      jobsToBegin = max(0, jobsToBegin - 1)
      return []
    case _ where jobsToBegin > 0: return []
    case .opened: openedAt = now
    case .glimpse, .preview, .training: break
    case .enrolled, .ended, .trained: finishJob()
    case .looked, .refused:
      pictures -= 1
      if pictures <= 0 { finishJob() }
    case .trouble(let trouble): suffer(trouble, at: now)
    }
    return [.deliver(reply)]
  }

  /// The eye has ended, or was killed for what it said.
  mutating func gone(_ why: String, at now: Double) -> [Action] {
    // It was asked to end when it had ended by itself.
    guard !isLeaving else { return left(at: now) }
    isRunning = false
    (answerBy, reopenAt) = (nil, nil)
    guard let job else { return [] }
    guard case .open = job else {
      finishJob()
      return [.deliver(.trouble(EyeTrouble(kind: .eye, message: why)))]
    }
    if now - startedAt >= patience.healthyAfter { crashes = 0 }
    let wait = patience.backOff(after: crashes)
    crashes += 1
    startAt = now + wait
    let message = "\(why); looking again in \(Self.seconds(wait))"
    return [.deliver(.trouble(EyeTrouble(kind: .eye, message: message)))]
  }

  /// The eye that was asked to end is gone.
  mutating func left(at now: Double) -> [Action] {
    isLeaving = false
    return job == nil ? [] : start(at: now)
  }

  /// The program of the eye cannot be run at all, and trying again will not help.
  mutating func missing(_ why: String) -> [Action] {
    isRunning = false
    finishJob()
    return [.deliver(.trouble(EyeTrouble(kind: .installation, message: why)))]
  }

  mutating func tick(at now: Double) -> [Action] {
    if let answerBy, now >= answerBy {
      guard now < answerBy + Self.ownPause else {
        awaitAnswer(at: now)
        return []
      }
      return [.kill] + gone("the eye does not answer", at: now)
    }
    if let startAt, now >= startAt { return start(at: now) }
    if let reopenAt, now >= reopenAt, let job {
      self.reopenAt = nil
      awaitAnswer(at: now)
      jobsToBegin += 1
      return [.send(job)]
    }
    return []
  }

  private mutating func start(at now: Double) -> [Action] {
    isRunning = true
    startedAt = now
    startAt = nil
    openedAt = nil
    jobsToBegin = job?.hasSource == true ? 1 : 0
    awaitAnswer(at: now)
    return [.start] + [gallery, preview, job].compactMap(\.self).map(Action.send)
  }

  private mutating func suffer(_ trouble: EyeTrouble, at now: Double) {
    switch (trouble.kind, job) {
    // It ends now, since it could not follow; `gone` speaks of the pictures that were under way.
    case (.eye, .look), (.eye, .classify), (.eye, .learn): return
    case (.device, .open), (.eye, .open): openAgain(at: now)
    default: finishJob()
    }
  }

  private mutating func openAgain(at now: Double) {
    if let openedAt, now - openedAt >= patience.healthyAfter { deviceFailures = 0 }
    openedAt = nil
    answerBy = nil
    reopenAt = now + patience.backOff(after: deviceFailures)
    deviceFailures += 1
  }

  private mutating func finishJob() {
    job = nil
    openedAt = nil
    pictures = 0
    (answerBy, reopenAt) = (nil, nil)
  }

  private mutating func awaitAnswer(at now: Double) {
    switch job {
    case .open(let source, let rate):
      let interval = rate > 0 && rate.isFinite ? 3 / rate : 0
      answerBy = source == .none ? nil : now + max(patience.answer, interval)
    case .once(let source), .enrol(let source, _):
      answerBy = source == .none ? nil : now + patience.onceAnswer
    case .look, .classify, .learn: answerBy = now + patience.onceAnswer
    case .train: answerBy = now + patience.trainAnswer
    default: answerBy = nil
    }
  }

  private static func seconds(_ wait: Double) -> String {
    wait == wait.rounded() && wait < 1e6 ? "\(Int(wait)) s" : "\(wait) s"
  }
}

extension EyeRequest {
  /// It is answered by `begun`.
  fileprivate var hasSource: Bool {
    switch self {
    case .open, .once, .enrol: true
    default: false
    }
  }
}
