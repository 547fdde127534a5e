import Glibc

/// Keeps what foreign libraries print to stderr out of the listener's sight while a body runs:
/// ALSA and PipeWire complain there at length of devices that are merely absent.
enum QuietErrors {
  /// Runs `body`; what it has to say to people it says with the function it is given.
  static func during<Value>(
    isolation: isolated (any Actor)? = #isolation,
    _ body: (_ tell: @escaping @Sendable (String) -> Void) async throws -> Value
  ) async rethrows -> Value {
    let kept = fcntl(2, F_DUPFD_CLOEXEC, 3)
    guard kept >= 0 else { return try await body { Failure.complain($0) } }
    let nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nowhere >= 0 else {
      close(kept)
      return try await body { Failure.complain($0) }
    }
    dup2(nowhere, 2)
    close(nowhere)
    defer {
      dup2(kept, 2)
      close(kept)
    }
    return try await body { Failure.complain($0, to: kept) }
  }
}
