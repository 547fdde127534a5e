import Glibc
import LibraryFiles
import Synchronization

/// How far a scan is: a bar on stderr where that is a terminal, JSON lines for the player.
final class ScanProgressLine: Sendable {
  private let json: Bool
  private let isTerminal = isatty(2) == 1
  private let hasShown = Mutex(false)

  init(json: Bool) { self.json = json }

  func show(_ progress: ScanProgress) {
    if json {
      let line =
        "{\"done\":\(progress.done),\"total\":\(progress.total),\"failed\":\(progress.failed)}\n"
      Self.write(line, to: STDOUT_FILENO)
      return
    }
    guard isTerminal else { return }
    hasShown.withLock { $0 = true }
    let width = 30
    let filled = progress.total > 0 ? progress.done * width / progress.total : 0
    let bar =
      String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    Self.write(
      "\r\u{1B}[K\(bar) \(progress.done) of \(progress.total)\(failed)", to: STDERR_FILENO)
  }

  /// Leaves a clean line behind.
  func end() {
    guard hasShown.withLock({ $0 }) else { return }
    Self.write("\r\u{1B}[K", to: STDERR_FILENO)
  }

  /// The C function is `write`: `FileHandle` traps where nobody reads any more.
  private static func write(_ text: String, to descriptor: Int32) {
    var rest = ArraySlice(text.utf8)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      // Without a reader there is nobody to tell.
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
