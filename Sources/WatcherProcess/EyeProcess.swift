@preconcurrency import Glibc

/// One running `emus-eye`, as the operating system sees it: a pid and the two ends of its pipe.
///
/// This is the only file of the target that holds pointers. It starts, reads, writes, signals and reaps,
/// none of which blocks; what that means is `EyeLoop`'s business. Not shared between threads.
/// Each way is a socket pair of its own: unlike a pipe it can be made close-on-exec in one step
/// and written to without SIGPIPE, whatever the rest of the program does with that signal.
final class EyeProcess {
  enum Received {
    case bytes([UInt8])
    /// Nothing is there yet.
    case nothing
    case end
  }

  /// Why no process could be started.
  struct StartError: Error, CustomStringConvertible {
    var code: Int32
    /// The file itself is the cause: absent, not executable, not a program.
    var isMissing: Bool { [ENOENT, EACCES, ENOEXEC, ENOTDIR, ELOOP, EISDIR].contains(code) }
    var description: String { String(cString: strerror(code)) }
  }

  let pid: pid_t
  /// Our end of the eye's standard input and output; nil once closed.
  private(set) var input: Descriptor?
  private(set) var output: Descriptor?
  private var status: Int32?

  /// Starts the program with the player's environment and standard error, default signals and
  /// no other descriptor. The C function is `posix_spawn`.
  init(executable: String, arguments: [String]) throws(StartError) {
    let (ourInput, theirInput) = try Descriptor.pair()
    let (ourOutput, theirOutput) = try Descriptor.pair()
    pid = try Self.spawn(executable, arguments, input: theirInput, output: theirOutput)
    input = ourInput
    output = ourOutput
  }

  /// Up to 64 KiB that the eye wrote.
  func receive() -> Received {
    guard let output else { return .end }
    return output.receive(upTo: 1 << 16)
  }

  /// Writes what the pipe takes at once and answers how many bytes that were; nil where the eye
  /// has closed it.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? { input?.send(bytes) }

  func closeInput() { input = nil }

  func close() {
    input = nil
    output = nil
  }

  func kill() {
    // A pid that was reaped may belong to somebody else.
    if status == nil { _ = Glibc.kill(pid, SIGKILL) }
  }

  /// How the process ended, in words; nil while it runs. The C function is `waitpid`, of this
  /// pid only.
  func reap() -> String? {
    if status == nil {
      var status: Int32 = 0
      let answer = waitpid(pid, &status, WNOHANG)
      if answer == pid || (answer == -1 && errno == ECHILD) { self.status = status }
    }
    return status.map(Self.words)
  }

  /// The layout of a wait status, whose macros Swift cannot see (wait(2), Linux).
  private static func words(_ status: Int32) -> String {
    let signal = status & 0x7F
    return signal == 0
      ? "the eye ended (exit \((status >> 8) & 0xFF))"
      : "the eye crashed (signal \(signal))"
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], input: Descriptor, output: Descriptor
  ) throws(StartError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input.number, 0)
    posix_spawn_file_actions_adddup2(&actions, output.number, 1)
    closeOthers(&actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var words = ([executable] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable, &actions, &attributes, &words, environ)
    guard code == 0 else { throw StartError(code: code) }
    return pid
  }

  /// Descriptors of other libraries that forgot close-on-exec. glibc 2.34 and later have the
  /// function, Swift's module of it does not show it.
  private static func closeOthers(_ actions: inout posix_spawn_file_actions_t) {
    typealias CloseFrom =
      @convention(c) (
        UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32
      ) -> Int32
    guard let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") else { return }
    _ = unsafeBitCast(symbol, to: CloseFrom.self)(&actions, 3)
  }
}

/// A descriptor that closes itself: one end of a socket pair, never left to a child. Nothing here
/// blocks but `wait`. Sendable because its number never changes; the kernel does the rest.
final class Descriptor: Sendable {
  let number: Int32

  private init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  static func pair() throws(EyeProcess.StartError) -> (Descriptor, Descriptor) {
    var numbers: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &numbers) == 0 else {
      throw EyeProcess.StartError(code: errno)
    }
    return (Descriptor(numbers[0]), Descriptor(numbers[1]))
  }

  func receive(upTo limit: Int) -> EyeProcess.Received {
    var isWaiting = false
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
      let count = recv(number, buffer.baseAddress, limit, Int32(MSG_DONTWAIT))
      isWaiting = count < 0 && (errno == EAGAIN || errno == EINTR)
      used = max(0, count)
    }
    if !bytes.isEmpty { return .bytes(bytes) }
    return isWaiting ? .nothing : .end
  }

  /// Nil where the other end is closed.
  func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    let flags = Int32(MSG_DONTWAIT | MSG_NOSIGNAL)
    let count = bytes.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, flags) }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Waits until one of `readers` has something, `writer` takes something, an end is closed, or
  /// the time is over (nil: for ever). The C function is `poll`.
  static func wait(readers: [Descriptor], writer: Descriptor?, seconds: Double?) {
    var entries = readers.map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    if let writer { entries.append(pollfd(fd: writer.number, events: Int16(POLLOUT), revents: 0)) }
    // Rounded up: waking before the deadline would only mean to wait again.
    let milliseconds = seconds.map { Int32(min(1e9, max(0, ($0 * 1000).rounded(.up)))) } ?? -1
    _ = poll(&entries, nfds_t(entries.count), milliseconds)
  }
}
