import Glibc

/// Standard error, which ALSA, JACK, FFmpeg and others print to whatever is on the screen.
package enum StandardError {
  /// Appends what is written to standard error, also by C libraries, to a file (made 0600).
  ///
  /// - Throws: `TerminalError.system` naming the file and the reason.
  package static func redirect(to path: String) throws(TerminalError) {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .failed("open \(path)") }
    defer { close(file) }
    guard dup2(file, STDERR_FILENO) >= 0 else { throw .failed("dup2") }
  }
}

extension TerminalError {
  /// The failure of a call just made, with errno's text.
  static func failed(_ call: String, code: Int32 = errno) -> TerminalError {
    .system(call: call, reason: Curses.text(ofError: code))
  }
}
