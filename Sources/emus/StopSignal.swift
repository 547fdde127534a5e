import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a flag that a long job looks at between two steps.
final class StopSignal: Sendable {
  private let flag = Atomic(false)
  /// Only kept alive.
  private let sources: Mutex<[any DispatchSourceSignal]>

  init(onSignal: @escaping @Sendable () -> Void = {}) {
    sources = Mutex(
      [SIGINT, SIGTERM, SIGHUP].map { code in
        signal(code, SIG_IGN)
        return DispatchSource.makeSignalSource(signal: code, queue: .global())
      })
    sources.withLock { sources in
      for source in sources {
        source.setEventHandler { @Sendable [weak self] in
          self?.flag.store(true, ordering: .relaxed)
          onSignal()
        }
        source.resume()
      }
    }
  }

  var isRaised: Bool { flag.load(ordering: .relaxed) }
}
