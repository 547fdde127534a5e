import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a flag that a long job looks at between two steps.
// @unchecked: `sources` is written once in `init` and then only kept alive, never used; the flag
// is atomic.
final class StopSignal: @unchecked Sendable {
  private let flag = Atomic(false)
  private let sources: [any DispatchSourceSignal]

  init(onSignal: @escaping @Sendable () -> Void = {}) {
    let signals = [SIGINT, SIGTERM, SIGHUP]
    sources = signals.map { code in
      signal(code, SIG_IGN)
      return DispatchSource.makeSignalSource(signal: code, queue: .global())
    }
    for source in sources {
      source.setEventHandler { @Sendable [weak self] in
        self?.flag.store(true, ordering: .relaxed)
        onSignal()
      }
      source.resume()
    }
  }

  var isRaised: Bool { flag.load(ordering: .relaxed) }
}
