import Glibc

/// Admits one player and one scan a home. A `flock` on `player.lock` or `scan.lock`, which holds
/// the owner's pid; a kill releases it. The file stays: deleting it would admit two.
///
/// Keep the value for as long as the work lasts: letting it go releases the lock.
package final class HomeLock: Sendable {
  package enum Role: String, CaseIterable, Sendable {
    case player, scan
  }

  package enum Outcome: Sendable {
    case acquired(HomeLock)
    /// Another process has it; its pid, nil where the file does not tell.
    case heldBy(pid: Int32?)
  }

  private let file: PosixFile

  private init(file: consuming PosixFile) { self.file = file }

  /// Takes the lock in `folder`, which is made (mode 0700) where it is missing, or says at once
  /// who holds it.
  package static func acquire(
    _ role: Role, in folder: String
  ) throws(HomeLockFault) -> Outcome {
    let path = "\(folder)/\(role.rawValue).lock"
    do throws(PosixError) {
      try PosixFile.makeFolder(folder)
      let file = try PosixFile(openingAt: path, creating: true)
      guard try file.tryLock() else { return .heldBy(pid: try owner(file)) }
      try file.replace(with: Array("\(getpid())\n".utf8))
      return .acquired(HomeLock(file: file))
    } catch { throw HomeLockFault(path: path, reason: error.text) }
  }

  /// Waits until the lock is free. `whileHeld` is called once with the owner, before the wait.
  ///
  /// Throws `HomeLockFault`, or `CancellationError` where the task is cancelled meanwhile.
  package static func wait(
    for role: Role, in folder: String, whileHeld: (_ pid: Int32?) -> Void
  ) async throws -> HomeLock {
    var hasTold = false
    while true {
      switch try acquire(role, in: folder) {
      case .acquired(let lock): return lock
      case .heldBy(let pid):
        if !hasTold { whileHeld(pid) }
        hasTold = true
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }

  /// The pid in the file, but only that of a process that runs: a lock just taken still bears the
  /// pid of its last owner.
  private static func owner(_ file: borrowing PosixFile) throws(PosixError) -> Int32? {
    let longest = 16
    let text = String(decoding: try file.head(longest).prefix { $0 != 0x0A }, as: UTF8.self)
    guard let pid = Int32(text), pid > 0, kill(pid, 0) == 0 || errno == EPERM else { return nil }
    return pid
  }
}

/// A lock file cannot be made or locked.
package struct HomeLockFault: Error, Equatable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package var description: String { "\(path): cannot be locked: \(reason)" }
}
