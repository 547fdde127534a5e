import Music

/// One worker as the pool sees it: a process that comes and goes, and the files it was handed.
///
/// Runs on a thread of its own. Many files are under way at once, and a worker's answers come in
/// bundles; so when it dies or hangs, the files without an answer are only suspects. They are
/// handed to a new worker one by one, and the one that is alone when it happens again is the
/// culprit: it fails, nothing else does.
final class TagWorkerLink {
  /// Files under way at a time.
  private static let window = 32
  /// Starts in a row that may fail before the program is held to be broken.
  private static let startAttempts = 3

  /// TagLib takes and returns hundreds of small pieces of memory for a file, and glibc keeps seven
  /// of a size at hand: with more a file takes a fifth less time (mallopt(3) cannot set it).
  private static let variables = ["GLIBC_TUNABLES=glibc.malloc.tcache_count=2000"]

  private let configuration: TagWorkerPool.Configuration
  private let queue: TagJobQueue
  private var child: System.Child?
  private var hasGreeted = false
  private var failedStarts = 0
  /// Sent and unanswered, in order. The first is being read.
  private var underWay: [TagJobQueue.Job] = []
  /// To be read alone.
  private var suspects: [TagJobQueue.Job] = []
  private var isAlone = false
  /// When the wait for the next answer began.
  private var waitingSince = ContinuousClock.now
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var incoming: [UInt8] = []

  init(_ configuration: TagWorkerPool.Configuration, _ queue: TagJobQueue) {
    self.configuration = configuration
    self.queue = queue
  }

  /// Works until the queue is stopped.
  func run() {
    if configuration.startsAtOnce { _ = start() }
    while refill() {
      if dropUnwanted() { continue }
      if underWay.isEmpty {
        queue.waitForWork()
      } else if child != nil || start() {
        exchange()
      }
    }
    endChild(killing: !underWay.isEmpty)
    for job in underWay + suspects { job.batch.fail(TagWorkerError.closed) }
  }

  // MARK: - Work

  /// Puts more files under way; false where the pool is stopped.
  private func refill() -> Bool {
    if underWay.isEmpty { isAlone = false }
    while underWay.isEmpty, !suspects.isEmpty {
      handOut([suspects.removeFirst()])
      isAlone = true
    }
    if isAlone || underWay.count == Self.window { return !queue.isStopped }
    repeat {
      guard let jobs = queue.take(limit: Self.window - underWay.count) else { return false }
      if jobs.isEmpty { break }
      handOut(jobs)
    } while underWay.isEmpty
    return true
  }

  /// Ends a worker that reads a file nobody waits for any more, lest a file behind it waits for the
  /// whole time limit; true where it did. What is still wanted is read anew.
  private func dropUnwanted() -> Bool {
    guard let head = underWay.first, !head.batch.isWanted else { return false }
    endChild(killing: true)
    suspects = underWay.filter(\.batch.isWanted) + suspects
    underWay = []
    return true
  }

  private func handOut(_ jobs: [TagJobQueue.Job]) {
    if underWay.isEmpty { waitingSince = .now }
    for job in jobs where job.batch.isWanted {
      guard !job.path.isEmpty, job.path.count < TagCodec.requestLimit else {
        job.batch.set(.failure(.badPath), at: job.index)
        continue
      }
      underWay.append(job)
      TagCodec.appendRequest(job.path, to: &outgoing)
    }
  }

  /// Sends what can be sent, takes what has come, and notices death and silence.
  private func exchange() {
    guard let child else { return }
    let left = configuration.timeout - (ContinuousClock.now - waitingSince)
    guard left > .zero else { return lose(.timedOut(after: configuration.timeout)) }
    // Short enough to notice that the pool was closed; only while files are under way.
    let wait = min(left, .milliseconds(250)) / .milliseconds(1)
    let ready = System.wait(
      for: child, toWrite: sent < outgoing.count, milliseconds: Int32(wait) + 1)
    if ready.canWrite, !send(to: child) { return lose(.crashed) }
    if ready.canRead, !receive(from: child) { return lose(.crashed) }
  }

  private func send(to child: System.Child) -> Bool {
    switch System.write(outgoing, from: sent, to: child.input) {
    case .ended: return false
    case .later: return true
    case .bytes(let count):
      sent += count
      guard sent == outgoing.count else { return true }
      outgoing.removeAll(keepingCapacity: true)
      sent = 0
      return true
    }
  }

  private func receive(from child: System.Child) -> Bool {
    switch System.read(child.output, into: &incoming) {
    case .ended: return false
    case .later: return true
    case .bytes: return hasGreeted || greet() ? takeAnswers() : false
    }
  }

  /// True also while the greeting is still on its way.
  private func greet() -> Bool {
    guard incoming.count >= TagCodec.greeting.count else {
      return TagCodec.greeting.starts(with: incoming)
    }
    guard incoming.starts(with: TagCodec.greeting) else { return false }
    incoming.removeFirst(TagCodec.greeting.count)
    hasGreeted = true
    failedStarts = 0
    waitingSince = .now
    return true
  }

  /// False where the worker talks nonsense.
  private func takeAnswers() -> Bool {
    guard hasGreeted else { return true }
    var offset = 0
    var taken = 0
    defer {
      incoming.removeFirst(offset)
      underWay.removeFirst(taken)
      if taken > 0 { waitingSince = .now }
    }
    while true {
      switch TagCodec.frame(in: incoming, at: offset, limit: TagCodec.answerLimit) {
      case .incomplete: return true
      case .oversized: return false
      case .body(let body):
        guard taken < underWay.count, let answer = TagCodec.answer(incoming, body) else {
          return false
        }
        let job = underWay[taken]
        job.batch.set(answer, at: job.index)
        taken += 1
        offset = body.upperBound
      }
    }
  }

  // MARK: - Processes

  private func start() -> Bool {
    switch System.spawn(
      configuration.executable, configuration.arguments, variables: Self.variables)
    {
    case .success(let started):
      child = started
      hasGreeted = false
      waitingSince = .now
      return true
    case .failure(let failure):
      giveUp(failure.text)
      return false
    }
  }

  /// The worker died or fell silent.
  private func lose(_ fault: TagFault) {
    let greeted = hasGreeted
    endChild(killing: true)
    let lost = underWay
    underWay = []
    if greeted, let culprit = lost.first, lost.count == 1 {
      culprit.batch.set(.failure(fault), at: culprit.index)
    } else {
      suspects = lost + suspects
    }
    guard !greeted else { return }
    failedStarts += 1
    if failedStarts >= Self.startAttempts { giveUp("it ends without a greeting") }
  }

  private func endChild(killing: Bool) {
    if let child { System.end(child, killing: killing) }
    child = nil
    hasGreeted = false
    incoming = []
    outgoing = []
    sent = 0
  }

  private func giveUp(_ reason: String) {
    let error = TagWorkerError.cannotStart(executable: configuration.executable, reason: reason)
    queue.stop(error)
    for job in underWay + suspects { job.batch.fail(error) }
    underWay = []
    suspects = []
  }
}
