import Glibc

/// A program in a terminal of our own, its output read as it comes and keys typed for it.
///
/// The terminal is the program's controlling one. Nothing is drawn: what the program writes is
/// kept as bytes and searched for text that it wrote in one piece.
final class PseudoTerminal {
  let process: ChildProcess
  private let controller: Int32
  private var written: [UInt8] = []
  private var hasEnded = false

  /// Starts a program in a terminal of 100 columns and 30 rows.
  init(_ path: String, _ arguments: [String], environment: [String: String])
    throws(BenchmarkError)
  {
    let (controller, name) = try Self.open()
    self.controller = controller
    do throws(BenchmarkError) {
      // Opened by the leader of a new session, it becomes its controlling terminal.
      process = try ChildProcess.start(path, arguments, environment: environment) { actions in
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
      }
    } catch {
      close(controller)
      throw error
    }
  }

  /// A new pair: our end, and the path of the program's (pts(4), Linux). What <stdlib.h> has for
  /// it, Swift sees only with GNU extensions.
  private static func open() throws(BenchmarkError) -> (controller: Int32, name: String) {
    // TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h>, whose macros Swift cannot see.
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    let controller = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)
    guard controller >= 0 else { throw .failed("/dev/ptmx") }
    var lock: Int32 = 0
    var number: UInt32 = 0
    var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(controller, setLock, &lock) == 0, ioctl(controller, getNumber, &number) == 0,
      ioctl(controller, UInt(TIOCSWINSZ), &size) == 0
    else {
      let error = BenchmarkError.failed("pseudo-terminal")
      close(controller)
      throw error
    }
    return (controller, "/dev/pts/\(number)")
  }

  deinit {
    if !hasEnded {
      kill(process.pid, SIGKILL)
      waitpid(process.pid, nil, 0)
    }
    close(controller)
  }

  /// Milliseconds from the start of the program until it had written one of the texts.
  func wait(for texts: String..., seconds: Double = 20) throws(BenchmarkError) -> Double {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if texts.contains(where: hasWritten) {
        return (ContinuousClock.now - process.started) / .milliseconds(1)
      }
      guard ContinuousClock.now < deadline, read(until: deadline) else {
        let seen = String(decoding: written.suffix(300), as: UTF8.self).debugDescription
        throw BenchmarkError("\(texts[0]) never came; the program wrote last \(seen)")
      }
    }
  }

  func type(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = Glibc.write(controller, bytes, bytes.count)
  }

  func hasWritten(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, written.count >= wanted.count else { return false }
    for start in 0...(written.count - wanted.count) where written[start] == first {
      if written[start..<(start + wanted.count)].elementsEqual(wanted) { return true }
    }
    return false
  }

  /// Lets the program run and takes what it writes; answers how many bytes that were.
  @discardableResult
  func pass(seconds: Double) -> Int {
    written = []
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline, read(until: deadline) {}
    return written.count
  }

  /// Asks the program to end as a closing terminal would, and makes it after ten seconds.
  func end() throws(BenchmarkError) {
    kill(process.pid, SIGTERM)
    let deadline = ContinuousClock.now + .seconds(10)
    while try process.poll() == nil {
      if ContinuousClock.now > deadline { kill(process.pid, SIGKILL) }
      if !read(until: ContinuousClock.now + .milliseconds(5)) { usleep(1000) }
    }
    hasEnded = true
  }

  /// Waits for output until the deadline and takes it; false where none will come any more.
  private func read(until deadline: ContinuousClock.Instant) -> Bool {
    let patience = max(0, (deadline - ContinuousClock.now) / .milliseconds(1))
    var source = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
    guard poll(&source, 1, Int32(patience.rounded(.up))) > 0 else { return true }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(controller, &buffer, buffer.count)
    if count < 0 { return errno == EAGAIN || errno == EINTR }
    written += buffer.prefix(count)
    return count > 0
  }
}
