import Glibc
import Synchronization

/// How far a long job is: a bar on stderr where that is a terminal, and nothing anywhere else.
final class ProgressLine: Sendable {
  private static let width = 30
  private static let leastWidth = 5
  /// It is drawn ten times a second at most.
  private static let interval = Duration.milliseconds(100)

  private let isTerminal = isatty(2) == 1
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  /// `share` of the whole is done, 0...1; `text` says it in words, at once where something else
  /// begins.
  func show(_ share: Double, _ text: String, begins: Bool = false) {
    guard isTerminal else { return }
    let now = ContinuousClock.now
    let isDue = lastShown.withLock { last in
      if !begins, let last, now - last < Self.interval { return false }
      last = now
      return true
    }
    guard isDue else { return }
    Self.write(
      "\r\u{1B}[K" + Self.line(share, text, columns: TerminalWidth.columns(of: STDERR_FILENO)))
  }

  /// One line of a terminal, which would break a longer one and draw it again below: the bar gives
  /// way to the words.
  static func line(_ share: Double, _ text: String, columns: Int) -> String {
    let words = String(text.prefix(max(0, columns - 1)))
    let width = min(Self.width, columns - 2 - words.count)
    guard width >= leastWidth else { return words }
    let filled = Int(min(1, max(0, share)) * Double(width))
    return String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
      + " " + words
  }

  /// Leaves a clean line behind.
  func end() {
    let hasShown = lastShown.withLock { last in
      defer { last = nil }
      return last != nil
    }
    if hasShown { Self.write("\r\u{1B}[K") }
  }

  /// The C function is `write`: `FileHandle` traps where nobody reads any more.
  static func write(_ text: String, to descriptor: Int32 = STDERR_FILENO) {
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
