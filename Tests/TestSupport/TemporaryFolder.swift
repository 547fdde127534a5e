import Foundation

/// A folder of a test's own, gone with everything in it when the test lets go of it.
///
/// It knows nothing of what the product keeps in folders: a suite that needs such names adds them
/// in an extension. File names may hold any byte but NUL, as they may on the disk.
package final class TemporaryFolder: Sendable {
  /// Absolute, without a slash at its end.
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory
      .appending(path: "emus-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path(percentEncoded: false)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { removeDeep() }
  }

  /// The path as the system takes it.
  package var bytes: [UInt8] { Array(path.utf8) }

  /// Writes a file, makes the folders that its name asks for, and answers its path.
  @discardableResult
  package func write(_ content: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    let parent = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try write(content, to: Array(name.utf8))
    return file
  }

  /// Writes a file whose name need not be UTF-8, in a folder that exists, and answers its path.
  @discardableResult
  package func write(_ content: [UInt8], to name: [UInt8]) throws -> [UInt8] {
    let file = bytes + [UInt8(ascii: "/")] + name
    guard let stream = fopen(file.map(CChar.init(bitPattern:)) + [0], "wb") else {
      throw WriteError(file: file, code: errno)
    }
    let count = fwrite(content, 1, content.count, stream)
    guard fclose(stream) == 0, count == content.count else {
      throw WriteError(file: file, code: errno)
    }
    return file
  }

  /// Writes a file in folders so deep below this one that their path has more than `length` bytes, at
  /// most 101 more, and answers the file's. Each is made from the one above it: the system takes no
  /// path of 4,096 bytes.
  package func write(
    _ content: [UInt8], to name: [UInt8], deeperThan length: Int
  ) throws -> [UInt8] {
    var path = bytes
    var folder = try Descriptor(AT_FDCWD, path, O_RDONLY | O_DIRECTORY)
    while path.count <= length {
      path += [UInt8(ascii: "/")] + Self.step
      guard mkdirat(folder.number, Self.name(Self.step), 0o700) == 0 || errno == EEXIST else {
        throw WriteError(file: path, code: errno)
      }
      folder = try Descriptor(folder.number, Self.step, O_RDONLY | O_DIRECTORY)
    }
    path += [UInt8(ascii: "/")] + name
    let file = try Descriptor(folder.number, name, O_CREAT | O_WRONLY | O_TRUNC)
    guard Glibc.write(file.number, content, content.count) == content.count else {
      throw WriteError(file: path, code: errno)
    }
    return path
  }

  /// Whether this process holds one of those deep folders open.
  package func isHeldOpen() throws -> Bool {
    var identities: Set<[UInt64]> = []
    var folder = try Descriptor(AT_FDCWD, bytes, O_RDONLY | O_DIRECTORY)
    while faccessat(folder.number, Self.name(Self.step), F_OK, 0) == 0 {
      folder = try Descriptor(folder.number, Self.step, O_RDONLY | O_DIRECTORY)
      var status = stat()
      if fstat(folder.number, &status) == 0 { identities.insert(Self.identity(status)) }
    }
    // The last one of ours is closed before others are looked for.
    folder = try Descriptor(AT_FDCWD, bytes, O_RDONLY | O_DIRECTORY)
    return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").contains { number in
      var status = stat()
      guard let number = Int32(number), fstat(number, &status) == 0 else { return false }
      return identities.contains(Self.identity(status))
    }
  }

  private static let step = [UInt8](repeating: UInt8(ascii: "d"), count: 100)

  private static func identity(_ status: stat) -> [UInt64] {
    [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  private static func name(_ bytes: [UInt8]) -> [CChar] {
    bytes.map(CChar.init(bitPattern:)) + [0]
  }

  /// Something open, as long as it is kept.
  private final class Descriptor {
    let number: Int32

    init(_ folder: Int32, _ name: [UInt8], _ flags: Int32) throws {
      number = openat(folder, TemporaryFolder.name(name), flags | O_CLOEXEC, 0o600)
      guard number >= 0 else { throw WriteError(file: name, code: errno) }
    }

    deinit { if number >= 0 { close(number) } }
  }

  /// Foundation cannot take away what is too deep to be named.
  private func removeDeep() {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/rm")
    process.arguments = ["-rf", path]
    // Nothing can be done about it here, and no test depends on it.
    do {
      try process.run()
      process.waitUntilExit()
    } catch { print("left behind: \(path)") }
  }

  /// Makes a folder in this one and answers its path.
  package func folder(_ name: String) throws -> String {
    let folder = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A file that could not be written whole.
  private struct WriteError: Error, CustomStringConvertible {
    let file: [UInt8]
    let code: Int32

    var description: String {
      "\(String(decoding: file, as: UTF8.self)): \(String(cString: strerror(code)))"
    }
  }
}
