import Dispatch
import Music
import Synchronization

/// The answers of one `read`, gathered from several workers.
final class TagBatch: Sendable {
  private struct State {
    var answers: [Result<Tags, TagFault>?]
    var missing: Int
    var continuation: CheckedContinuation<[Result<Tags, TagFault>], any Error>?
  }

  private let state: Mutex<State>

  init(count: Int) {
    state = Mutex(State(answers: Array(repeating: nil, count: count), missing: count))
  }

  /// False once somebody has been answered: the rest need not be read.
  var isWanted: Bool { state.withLock { $0.continuation != nil } }

  func begin(_ continuation: CheckedContinuation<[Result<Tags, TagFault>], any Error>) {
    state.withLock { $0.continuation = continuation }
    finishIfComplete()
  }

  func set(_ answer: Result<Tags, TagFault>, at index: Int) {
    state.withLock { state in
      if state.answers[index] == nil { state.missing -= 1 }
      state.answers[index] = answer
    }
    finishIfComplete()
  }

  /// Only the first end counts.
  func fail(_ error: any Error) {
    state.withLock { state in
      state.continuation?.resume(throwing: error)
      state.continuation = nil
    }
  }

  private func finishIfComplete() {
    state.withLock { state in
      guard state.missing == 0 else { return }
      state.continuation?.resume(returning: state.answers.compactMap(\.self))
      state.continuation = nil
    }
  }
}

/// What is to be read, in order, shared by the threads of a pool.
final class TagJobQueue: Sendable {
  struct Job: Sendable {
    var path: [UInt8]
    var index: Int
    var batch: TagBatch
  }

  private struct State {
    /// Taken from `next` on.
    var jobs: [Job] = []
    var next = 0
    var stopped: TagWorkerError?
    var threads: Int
  }

  private let state: Mutex<State>
  /// Signalled once for each thread when work comes or all ends; a thread that wakes to nothing
  /// sleeps again.
  private let wake = DispatchSemaphore(value: 0)
  private let workers: Int

  init(workers: Int) {
    self.workers = workers
    state = Mutex(State(threads: workers))
  }

  func add(_ paths: [[UInt8]], of batch: TagBatch) {
    let refused = state.withLock { state -> TagWorkerError? in
      if let error = state.stopped { return error }
      state.jobs.removeFirst(state.next)
      state.next = 0
      for (index, path) in paths.enumerated() {
        state.jobs.append(Job(path: path, index: index, batch: batch))
      }
      return nil
    }
    if let refused { return batch.fail(refused) }
    signalAll()
  }

  /// Up to `limit` jobs; fewer towards the end, so that all workers end together. Empty where there
  /// is nothing to do, nil where the pool is stopped.
  func take(limit: Int) -> [Job]? {
    state.withLock { state in
      guard state.stopped == nil else { return nil }
      let share = (state.jobs.count - state.next) / (2 * workers)
      let end = min(state.jobs.count, state.next + min(limit, max(1, share)))
      defer { state.next = end }
      return Array(state.jobs[state.next..<end])
    }
  }

  /// Blocks until there may be something to take.
  func waitForWork() { wake.wait() }

  var isStopped: Bool { state.withLock { $0.stopped != nil } }

  /// Ends everything; jobs not taken yet fail with `error`.
  func stop(_ error: TagWorkerError) {
    let rest = state.withLock { state -> ArraySlice<Job> in
      if state.stopped == nil { state.stopped = error }
      defer { state.jobs = [] }
      defer { state.next = 0 }
      return state.jobs[state.next...]
    }
    for job in rest { job.batch.fail(error) }
    signalAll()
  }

  /// A thread could not be started; without any there is nobody to read.
  func lostThread() {
    let left = state.withLock { state in
      state.threads -= 1
      return state.threads
    }
    if left == 0 { stop(.cannotStart(executable: "thread", reason: "the system has none left")) }
  }

  private func signalAll() { for _ in 0..<workers { wake.signal() } }
}
