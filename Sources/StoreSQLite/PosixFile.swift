import Glibc

/// The system calls of this adapter, and its only unsafe code: folders and files that only their
/// owner may read, the first bytes of a file, locks, free space. Knows nothing of SQLite.
struct PosixFile: ~Copyable {
  private let descriptor: Int32

  /// Opens a file for reading and writing. With `creating` it is made, mode 0600, where it is
  /// missing. The descriptor is closed in children, so that a lock ends with this process.
  ///
  /// The C function is `open`.
  init(openingAt path: String, creating: Bool = false) throws(PosixError) {
    let flags = O_RDWR | O_CLOEXEC | O_NONBLOCK | (creating ? O_CREAT : 0)
    descriptor = try PosixError.check { open(path, flags, 0o600) }
  }

  deinit { close(descriptor) }

  /// At most `count` bytes from the start of the file.
  func head(_ count: Int) throws(PosixError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = try PosixError.check { Int32(pread(descriptor, &bytes, count, 0)) }
    return Array(bytes.prefix(Int(length)))
  }

  /// Replaces what the file holds.
  func replace(with bytes: [UInt8]) throws(PosixError) {
    _ = try PosixError.check { ftruncate(descriptor, 0) }
    _ = try PosixError.check { Int32(pwrite(descriptor, bytes, bytes.count, 0)) }
  }

  /// Takes the file's exclusive lock without waiting; false where another one holds it.
  ///
  /// The C function is `flock`: the lock ends with the last descriptor, so a kill releases it.
  func tryLock() throws(PosixError) -> Bool {
    do throws(PosixError) {
      _ = try PosixError.check { flock(descriptor, LOCK_EX | LOCK_NB) }
      return true
    } catch  where error.code == EWOULDBLOCK {
      return false
    }
  }

  /// What lies at the path; nil where nothing does.
  static func status(of path: String) throws(PosixError) -> FileStatus? {
    var status = Glibc.stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT { return nil }
      throw PosixError(code: errno)
    }
    return FileStatus(
      identity: FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
      size: Int64(status.st_size), isRegular: status.st_mode & S_IFMT == S_IFREG)
  }

  /// Makes a folder and those above it that are missing, mode 0700. One that exists is left as
  /// it is.
  static func makeFolder(_ path: String) throws(PosixError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let parent = folder(of: path), parent != path else {
      throw PosixError(code: errno)
    }
    try makeFolder(parent)
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw PosixError(code: errno) }
  }

  /// Lets only the owner read and write a file; one that is missing is no error.
  static func restrict(_ path: String) throws(PosixError) {
    if chmod(path, 0o600) != 0, errno != ENOENT { throw PosixError(code: errno) }
  }

  /// The folder that a path lies in; nil at the root or for a bare name.
  static func folder(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Bytes that are free for this user where the file lies; nil where that cannot be told.
  static func freeBytes(at path: String) -> UInt64? {
    var status = statvfs()
    guard statvfs(folder(of: path) ?? ".", &status) == 0 else { return nil }
    return UInt64(status.f_bavail) * UInt64(status.f_frsize)
  }

  /// True where this user may read and write what lies at the path.
  static func isAccessible(_ path: String) -> Bool { access(path, R_OK | W_OK) == 0 }
}

struct FileStatus: Equatable {
  var identity: FileIdentity
  /// Bytes.
  var size: Int64
  /// Neither a folder, nor a pipe, nor a device.
  var isRegular: Bool
}

/// One file on this machine, whatever its name.
struct FileIdentity: Hashable {
  var device: UInt64
  var inode: UInt64
}

/// A system call failed: its `errno`.
struct PosixError: Error, Equatable {
  var code: Int32

  /// The system's words for it.
  var text: String { String(cString: strerror(code)) }

  /// Runs a call that answers -1 on failure; tries again where a signal interrupted it.
  static func check(_ call: () -> Int32) throws(PosixError) -> Int32 {
    while true {
      let result = call()
      if result >= 0 { return result }
      if errno != EINTR { throw PosixError(code: errno) }
    }
  }
}
