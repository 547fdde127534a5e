import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM as a flag that a long job looks at between two steps.
final class StopSignal: Sendable {
  private let flag = Atomic(false)
  // Written once in `init`, only held so that the sources live as long as the flag.
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
