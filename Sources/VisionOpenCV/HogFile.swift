import Glibc
import Perception

/// Writes the file of HOG weights: whole and in one stroke in place of an old one, or not at all.
enum HogFile {
  /// Answers how many bytes it wrote; throws `.eye`, naming the file and the cause.
  static func write(_ weights: HogWeights, to path: String) throws(EyeTrouble) -> Int {
    let bytes: [UInt8]
    do {
      bytes = try weights.bytes()
    } catch {
      throw EyeTrouble(kind: .eye, message: "\(FileName.shown(path)): \(error)")
    }
    // In the same folder, so that it can take the old one's place in one stroke.
    guard let name = FileName.cString(path), let draft = FileName.cString("\(path).\(getpid())")
    else { throw trouble(path, ENOENT) }
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw trouble(path, errno) }
    var fault = fill(file, with: bytes)
    if close(file) != 0, fault == nil { fault = errno }
    if fault == nil, rename(draft, name) != 0 { fault = errno }
    if let fault {
      unlink(draft)
      throw trouble(path, fault)
    }
    return bytes.count
  }

  /// Nil, or why not all could be written and brought to the disk.
  private static func fill(_ file: CInt, with bytes: [UInt8]) -> CInt? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(file, Array(rest), rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return count < 0 ? errno : EIO }
      rest = rest.dropFirst(count)
    }
    return fsync(file) == 0 ? nil : errno
  }

  private static func trouble(_ path: String, _ code: CInt) -> EyeTrouble {
    EyeTrouble(
      kind: .eye,
      message: "\(FileName.shown(path)): cannot be written (\(String(cString: strerror(code))))")
  }
}
