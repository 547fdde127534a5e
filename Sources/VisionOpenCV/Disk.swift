import Glibc
import Perception

/// Files and folders as the eye meets them, through POSIX: what lies at a path, the bytes of an
/// image file, the names in a folder.
///
/// Paths are texts that `FileName` makes. Every refusal names the path and the cause. It reads; it
/// never writes.
enum Disk {
  enum Item: Equatable {
    case file(bytes: Int)
    case folder
    case device
    /// A pipe or a socket, which might never end.
    case other
  }

  /// An image file may not be larger; 100 million pixels of noise as PNG fit.
  static let maximumImageBytes = 320 << 20

  static func item(at path: String) throws(EyeTrouble) -> Item {
    var status = stat()
    guard let name = FileName.cString(path) else { throw trouble(path, ENOENT) }
    guard stat(name, &status) == 0 else { throw trouble(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file(bytes: Int(status.st_size))
    case S_IFDIR: return .folder
    case S_IFCHR: return .device
    default: return .other
    }
  }

  static func isFile(_ path: String) -> Bool {
    var status = stat()
    guard let name = FileName.cString(path), stat(name, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFREG
  }

  /// The first bytes of a file, at most `count`; the whole file when that is fewer.
  static func bytes(of path: String, count: Int) throws(EyeTrouble) -> [UInt8] {
    guard let name = FileName.cString(path) else { throw trouble(path, ENOENT) }
    let file = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw trouble(path, errno) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { read(file, $0 + filled, count - filled) } ?? 0
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw trouble(path, errno) }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// The whole of a file; refused where it has more than `limit` bytes.
  static func bytes(of path: String, limit: Int) throws(EyeTrouble) -> [UInt8] {
    guard case .file(let size) = try item(at: path), size <= limit else {
      throw EyeTrouble(
        kind: .input, message: "\(FileName.shown(path)): no file of at most \(limit >> 20) MB")
    }
    return try bytes(of: path, count: size)
  }

  /// The same for what belongs to the program: throws `.installation`.
  static func weights(at path: String, limit: Int) throws(EyeTrouble) -> [UInt8] {
    do {
      return try bytes(of: path, limit: limit)
    } catch {
      throw EyeTrouble(kind: .installation, message: error.message)
    }
  }

  /// The paths of the pictures in a folder, by name, those that will be refused included; hidden
  /// files and others are left out.
  static func images(in folder: String) throws(EyeTrouble) -> [String] {
    guard let path = FileName.cString(folder) else { throw trouble(folder, ENOENT) }
    guard let stream = opendir(path) else { throw trouble(folder, errno) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = name(of: entry)
      if !name.hasPrefix("."), PictureFormat.isPicture(named: name) { names.append(name) }
    }
    return names.sorted().map { folder.hasSuffix("/") ? folder + $0 : folder + "/" + $0 }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    // The name may be longer than the array that the header declares, and the entry shorter, so
    // neither is copied.
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
    let start = UnsafeRawPointer(entry) + offset
    let length = strlen(start.assumingMemoryBound(to: CChar.self))
    return FileName.text(of: Array(UnsafeRawBufferPointer(start: start, count: length)))
  }

  /// Why a device cannot be opened; nil when it can. Opening it starts no stream.
  static func refusal(ofDevice path: String) -> CInt? {
    guard let name = FileName.cString(path) else { return ENOENT }
    let file = open(name, O_RDWR | O_CLOEXEC | O_NONBLOCK)
    guard file < 0 else {
      close(file)
      return nil
    }
    return errno
  }

  private static func trouble(_ path: String, _ code: CInt) -> EyeTrouble {
    let reason =
      switch code {
      case ENOENT, ENOTDIR: "no such file or folder"
      case EACCES, EPERM: "no permission to read it"
      default: String(cString: strerror(code))
      }
    let name = path.isEmpty ? "\"\"" : FileName.shown(path)
    return EyeTrouble(kind: .input, message: "\(name): \(reason)")
  }
}
