import CPaths
import CTagLib
import Glibc
import Music

/// The system calls of this module: folders, pipes, child processes, threads. The only other files
/// with pointers are `OpenFile` and `TagLibrary`. Each call retries after a signal and answers with a value or an
/// errno; what to do about it is decided elsewhere.
enum System {
  /// An errno with its text.
  struct Failure: Error, Equatable {
    var code: Int32

    static var last: Failure { Failure(code: errno) }

    /// "Permission denied" and the like.
    var text: String { String(cString: strerror(code)) }

    /// There is nothing at a path, or only links that lead nowhere.
    var isAbsence: Bool { code == ENOENT || code == ENOTDIR || code == ELOOP }
  }

  /// What makes two names the same file.
  struct Identity: Hashable {
    var device: UInt64
    var inode: UInt64
  }

  // MARK: - Folders

  enum Kind { case folder, file, link, other }

  /// A name in a folder, and where it leads.
  struct Entry {
    var name: [UInt8]
    /// What the name itself is; `.link` may lead to a file or a folder.
    var isLink: Bool
    /// What it leads to; fails where the link is broken or the system will not say.
    var target: Result<Status, Failure>

    /// A folder itself, no link to one.
    var isFolder: Bool {
      if !isLink, case .success(let status) = target { status.kind == .folder } else { false }
    }
  }

  struct Status {
    var kind: Kind
    var identity: Identity
    var stamp: FileStamp
  }

  /// The names in a folder, without "." and "..", in no order. `isWanted` sees each name that is
  /// surely a file (not a link, not a folder): those it refuses are left out unexamined.
  static func entries(
    of folder: [UInt8], isWanted: ([UInt8]) -> Bool
  ) -> Result<[Entry], Failure> {
    guard let stream = emus_path_list(cString(folder)) else { return .failure(.last) }
    defer { closedir(stream) }
    var found: [Entry] = []
    let failure = forEachName(in: stream) { name, type in
      if type == Int(DT_REG), !isWanted(name) { return }
      let isLink =
        type == Int(DT_LNK)
        || (type == Int(DT_UNKNOWN)
          && isLinkItself(name, in: dirfd(stream)))
      let target = status(name, in: dirfd(stream), flags: 0)
      found.append(Entry(name: name, isLink: isLink, target: target))
    }
    return failure.map { .failure($0) } ?? .success(found)
  }

  /// The names in a folder, without "." and "..", in no order, whatever they are.
  static func names(in folder: [UInt8]) -> Result<[[UInt8]], Failure> {
    guard let stream = emus_path_list(cString(folder)) else { return .failure(.last) }
    defer { closedir(stream) }
    var found: [[UInt8]] = []
    let failure = forEachName(in: stream) { name, _ in found.append(name) }
    return failure.map { .failure($0) } ?? .success(found)
  }

  /// Calls the body with each name and its `d_type`. The C function is `readdir`.
  private static func forEachName(
    in stream: OpaquePointer, _ body: (_ name: [UInt8], _ type: Int) -> Void
  ) -> Failure? {
    while true {
      errno = 0
      guard let entry = readdir(stream) else { return errno == 0 ? nil : .last }
      let name = nameBytes(entry)
      if name == [46] || name == [46, 46] { continue }
      body(name, Int(entry.pointee.d_type))
    }
  }

  /// What a path leads to. The C function is `stat`.
  static func status(_ path: [UInt8]) -> Result<Status, Failure> {
    var raw = stat()
    guard emus_path_status(cString(path), &raw) == 0 else { return .failure(.last) }
    return .success(status(raw))
  }

  private static func isLinkItself(_ name: [UInt8], in folder: Int32) -> Bool {
    guard case .success(let status) = status(name, in: folder, flags: AT_SYMLINK_NOFOLLOW) else {
      return false
    }
    return status.kind == .link
  }

  private static func status(
    _ name: [UInt8], in folder: Int32, flags: Int32
  ) -> Result<Status, Failure> {
    var raw = stat()
    guard fstatat(folder, cString(name), &raw, flags) == 0 else { return .failure(.last) }
    return .success(status(raw))
  }

  private static func status(_ raw: stat) -> Status {
    let kind: Kind =
      switch raw.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file
      case S_IFLNK: .link
      default: .other
      }
    let modified = Int64(raw.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(raw.st_mtim.tv_nsec)
    return Status(
      kind: kind, identity: Identity(device: UInt64(raw.st_dev), inode: UInt64(raw.st_ino)),
      stamp: FileStamp(size: Int64(raw.st_size), modified: modified))
  }

  private static func nameBytes(_ entry: UnsafeMutablePointer<dirent>) -> [UInt8] {
    // The name may be longer than the array that the header declares, so the struct is not copied.
    let start =
      UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0)
    return Array(
      UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
    )
  }

  /// An absolute path without links, "." and "..". The C function is `realpath`.
  static func realPath(_ path: [UInt8]) -> Result<[UInt8], Failure> {
    guard let resolved = realpath(cString(path), nil) else { return .failure(.last) }
    defer { free(resolved) }
    return .success(Array(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved))))
  }

  static func cString(_ bytes: [UInt8]) -> [CChar] {
    var result = [CChar]()
    result.reserveCapacity(bytes.count + 1)
    for byte in bytes { result.append(CChar(bitPattern: byte)) }
    result.append(0)
    return result
  }

  // MARK: - Threads

  /// Runs blocking work on a thread of its own, so that the cooperative pool is never blocked.
  static func onOwnThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
    await withCheckedContinuation { continuation in
      let body: @Sendable () -> Void = { continuation.resume(returning: work()) }
      // Without a thread to be had, blocking here is the lesser evil: the work is done.
      if !startThread(body) { body() }
    }
  }

  /// Starts a detached thread on which SIGPIPE is blocked, as a dead worker's pipe would raise it.
  /// False where the system has no thread left.
  static func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    let box = Unmanaged.passRetained(ThreadBody(body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, threadEntry, box.toOpaque())
    guard code == 0 else {
      box.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  // MARK: - Child processes

  /// A child whose standard input and output are pipes that we hold. Our ends do not block.
  struct Child {
    var pid: pid_t
    /// We write, it reads.
    var input: Int32
    /// It writes, we read.
    var output: Int32
  }

  /// Starts a program with a clean signal mask. `arguments` leaves out the program's name;
  /// `variables`, as "NAME=value", come beside our own environment.
  static func spawn(
    _ executable: String, _ arguments: [String], variables: [String] = []
  ) -> Result<Child, Failure> {
    guard let requests = pipe() else { return .failure(.last) }
    guard let answers = pipe() else {
      let failure = Failure.last
      close(requests.read)
      close(requests.write)
      return .failure(failure)
    }
    defer {
      close(requests.read)
      close(answers.write)
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, requests.read, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, answers.write, STDOUT_FILENO)
    var attributes = cleanSignals()
    defer { posix_spawnattr_destroy(&attributes) }

    var vector = ([executable] + arguments).map { strdup($0) } + [nil]
    let added = variables.map { strdup($0) }
    defer { for text in vector + added { free(text) } }
    var environment = added + ourEnvironment()
    var pid = pid_t()
    let code = posix_spawn(&pid, executable, &actions, &attributes, &vector, &environment)
    guard code == 0 else {
      close(requests.write)
      close(answers.read)
      return .failure(Failure(code: code))
    }
    for end in [requests.write, answers.read] {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
    }
    return .success(Child(pid: pid, input: requests.write, output: answers.read))
  }

  /// Our own variables, as a list that ends with nil.
  private static func ourEnvironment() -> [UnsafeMutablePointer<CChar>?] {
    var variables: [UnsafeMutablePointer<CChar>?] = []
    while let variable = environ[variables.count] { variables.append(variable) }
    return variables + [nil]
  }

  /// The thread that spawns has SIGPIPE blocked; a child must not inherit that.
  private static func cleanSignals() -> posix_spawnattr_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = sigset_t()
    sigemptyset(&defaults)
    for signal in [SIGPIPE, SIGTERM, SIGCHLD] { sigaddset(&defaults, signal) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    return attributes
  }

  /// Both ends close on exec and lie above the standard descriptors, which the child's set-up
  /// overwrites.
  private static func pipe() -> (read: Int32, write: Int32)? {
    var ends: [Int32] = [-1, -1]
    guard emus_tag_pipe(&ends) == 0 else { return nil }
    for index in ends.indices where ends[index] <= STDERR_FILENO {
      let moved = fcntl(ends[index], F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
      let code = errno
      close(ends[index])
      errno = code
      ends[index] = moved
    }
    guard ends.allSatisfy({ $0 > STDERR_FILENO }) else {
      let code = errno
      for end in ends where end >= 0 { close(end) }
      errno = code
      return nil
    }
    return (ends[0], ends[1])
  }

  /// Kills the child if it still runs, closes its pipes and waits for its end.
  static func end(_ child: Child, killing: Bool) {
    close(child.input)
    close(child.output)
    if killing { kill(child.pid, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child.pid, &status, 0) < 0, errno == EINTR {}
  }

  /// Waits until one of the pipes can be used; `milliseconds` at most.
  static func wait(
    for child: Child, toWrite: Bool, milliseconds: Int32
  ) -> (canRead: Bool, canWrite: Bool) {
    var waits = [
      pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: toWrite ? child.input : -1, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&waits, nfds_t(waits.count), milliseconds) > 0 else { return (false, false) }
    return (waits[0].revents != 0, waits[1].revents != 0)
  }

  // MARK: - Bytes

  enum Transfer: Equatable { case bytes(Int), later, ended }

  /// Appends what can be read now, 64 KiB at most.
  static func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Transfer {
    withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { chunk in
      while true {
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        if count > 0 {
          buffer.append(contentsOf: chunk[..<count])
          return .bytes(count)
        }
        if count < 0, errno == EINTR { continue }
        return count < 0 && errno == EAGAIN ? .later : .ended
      }
    }
  }

  /// Writes as much of `bytes` from `offset` on as goes now.
  static func write(_ bytes: [UInt8], from offset: Int, to descriptor: Int32) -> Transfer {
    bytes.withUnsafeBytes { all in
      let rest = UnsafeRawBufferPointer(rebasing: all[offset...])
      while true {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 { return .bytes(count) }
        if errno == EINTR { continue }
        return errno == EAGAIN ? .later : .ended
      }
    }
  }
}

/// Carries a closure through the pointer that a C thread gets.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private let threadEntry: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
  context in
  guard let context else { return nil }
  let body = Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue()
  var pipe = sigset_t()
  sigemptyset(&pipe)
  sigaddset(&pipe, SIGPIPE)
  pthread_sigmask(SIG_BLOCK, &pipe, nil)
  body.run()
  return nil
}
