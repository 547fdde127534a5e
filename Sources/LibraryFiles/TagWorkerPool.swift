import CTagLib
import Music

/// Reads tags in other processes, several at a time: foreign code on foreign bytes may crash or
/// hang, and then costs the one file that it choked on. Workers are started when there is work, or
/// at once, one thread of ours looks after each, and they end with the pool. It decides nothing about
/// a file; it only knows who could not read it.
package final class TagWorkerPool: Sendable {
  private let queue: TagJobQueue
  private let configuration: Configuration

  struct Configuration: Sendable {
    var executable: String
    var arguments: [String]
    var count: Int
    /// For one file, and for a worker's start.
    var timeout: Duration
    var startsAtOnce: Bool
  }

  /// One worker for each core.
  package static var defaultCount: Int { Int(emus_tag_core_count()) }

  /// `executable` with `arguments` must call `TagWorker.serve()`; the default is this very program.
  /// `count` is how many workers may run; `timeout` how long one file may take. `startsAtOnce` is for
  /// who knows that there will be work, and has something else to do until then.
  package init(
    executable: String = "/proc/self/exe", arguments: [String] = ["tag-worker"],
    count: Int = TagWorkerPool.defaultCount, timeout: Duration = .seconds(10),
    startsAtOnce: Bool = false
  ) {
    let configuration = Configuration(
      executable: executable, arguments: arguments, count: max(1, count), timeout: timeout,
      startsAtOnce: startsAtOnce)
    self.configuration = configuration
    let queue = TagJobQueue(workers: configuration.count)
    self.queue = queue
    for _ in 0..<configuration.count {
      let isStarted = System.startThread { TagWorkerLink(configuration, queue).run() }
      if !isStarted { queue.lostThread() }
    }
  }

  deinit { close() }

  /// Reads the files; the answers are in the order of the paths. Throws `TagWorkerError` where no
  /// worker can be started, `CancellationError` where the task was cancelled.
  package func read(_ paths: [[UInt8]]) async throws -> [Result<Tags, TagFault>] {
    let batch = TagBatch(count: paths.count)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        batch.begin(continuation)
        if Task.isCancelled {
          batch.fail(CancellationError())
        } else {
          queue.add(paths, of: batch)
        }
      }
    } onCancel: {
      batch.fail(CancellationError())
    }
  }

  /// The pool as a reader for `Scan`.
  package var reading: TagReading { { [self] in try await read($0) } }

  /// Ends the workers; what is still unread fails with `TagWorkerError.closed`. Does not wait.
  package func close() { queue.stop(.closed) }
}

package enum TagWorkerError: Error, Equatable, CustomStringConvertible {
  /// The program is not there, or is no tag worker.
  case cannotStart(executable: String, reason: String)
  case closed

  package var description: String {
    switch self {
    case .cannotStart(let executable, let reason):
      "cannot start the tag reader \(executable): \(reason); is EMUS installed completely?"
    case .closed: "the tag readers were stopped"
    }
  }
}
