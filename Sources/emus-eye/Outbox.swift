import Glibc
import Perception
import Synchronization

/// The way back to the player: replies as frames on what was standard output.
///
/// Standard output itself is turned to standard error, so that no chatty library can write into
/// the pipe.
final class Outbox: Sendable {
  private let pipe: Mutex<CInt>

  /// Nil when there is no standard output.
  init?() {
    let own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
    guard own >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else { return nil }
    pipe = Mutex(own)
  }

  /// Writes one reply whole. A player that is gone ends the process (SIGPIPE, or here).
  func send(_ reply: EyeReply) {
    let frame = EyeFraming.encode(reply)
    pipe.withLock { pipe in
      var sent = 0
      while sent < frame.count {
        let count = write(pipe, Array(frame[sent...]), frame.count - sent)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { _exit(0) }
        sent += count
      }
    }
  }
}
