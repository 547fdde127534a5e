import CPaths
import Glibc

/// Whole files: read at once, replaced at once. Each call answers with a value or an errno.
extension System {
  /// The bytes of a regular file, at most `limit`; `EFBIG` where it has more, `EINVAL` where it is no
  /// file.
  static func contents(_ path: [UInt8], limit: Int) -> Result<[UInt8], Failure> {
    let file = emus_path_open(cString(path), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return .failure(.last) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { return .failure(.last) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return .failure(Failure(code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL))
    }
    guard status.st_size <= limit else { return .failure(Failure(code: EFBIG)) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { all in
        Glibc.read(
          file, UnsafeMutableRawBufferPointer(rebasing: all[count...]).baseAddress,
          all.count - count)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { return .failure(.last) }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(bytes.count - count)
    return .success(bytes)
  }

  /// Puts bytes in the place of a file, or makes it: whoever looks, even after a kill or a power cut,
  /// finds the old file or the new one.
  static func replace(_ path: [UInt8], with bytes: [UInt8], mode: mode_t) -> Failure? {
    let (folder, name) = parts(path)
    let new = folder + Array("/.".utf8) + name + Array(".\(getpid()).new".utf8)
    let file = open(cString(new), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { return .last }
    var failure = writeAll(bytes, to: file)
    if failure == nil, fsync(file) != 0 { failure = .last }
    close(file)
    if failure == nil, rename(cString(new), cString(path)) != 0 { failure = .last }
    guard failure == nil else {
      unlink(cString(new))
      return failure
    }
    return syncFolder(folder)
  }

  /// Takes a file away for good; `ENOENT` where there is none.
  static func remove(_ path: [UInt8]) -> Failure? {
    guard unlink(cString(path)) == 0 else { return .last }
    return syncFolder(parts(path).folder)
  }

  /// Makes a folder and those above it that are missing, mode 0700.
  static func makeFolder(_ path: [UInt8]) -> Failure? {
    if mkdir(cString(path), 0o700) == 0 || errno == EEXIST { return nil }
    let above = parts(path).folder
    guard errno == ENOENT, above != path else { return .last }
    if let failure = makeFolder(above) { return failure }
    return mkdir(cString(path), 0o700) == 0 || errno == EEXIST ? nil : .last
  }

  /// The folder that relative paths are taken from; nil where it is gone. The C function is `getcwd`.
  static func workingFolder() -> [UInt8]? {
    guard let folder = getcwd(nil, 0) else { return nil }
    defer { free(folder) }
    return Array(UnsafeRawBufferPointer(start: folder, count: strlen(folder)))
  }

  /// Runs a body while no other thread or process of ours runs one for the same folder; waits as long
  /// for others as for the database, then fails with `EWOULDBLOCK`. The kernel ends a lock with its
  /// process.
  static func locking<T>(_ folder: [UInt8], _ body: () throws -> T) throws -> Result<T, Failure> {
    let descriptor = open(cString(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(.last) }
    defer { close(descriptor) }
    let (tries, pause) = (250, UInt32(20_000))
    for _ in 0..<tries {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return .success(try body()) }
      guard errno == EWOULDBLOCK || errno == EINTR else { return .failure(.last) }
      usleep(pause)
    }
    return .failure(Failure(code: EWOULDBLOCK))
  }

  /// A name is safe only once its folder is on the disk.
  private static func syncFolder(_ folder: [UInt8]) -> Failure? {
    let descriptor = open(cString(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return .last }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : .last
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Failure? {
    var offset = 0
    while offset < bytes.count {
      guard case .bytes(let count) = write(bytes, from: offset, to: file) else { return .last }
      offset += count
    }
    return nil
  }

  private static func parts(_ path: [UInt8]) -> (folder: [UInt8], name: [UInt8]) {
    let slash = UInt8(ascii: "/")
    guard let last = path.lastIndex(of: slash) else { return ([UInt8(ascii: ".")], path) }
    return (last == 0 ? [slash] : Array(path[..<last]), Array(path[(last + 1)...]))
  }
}
