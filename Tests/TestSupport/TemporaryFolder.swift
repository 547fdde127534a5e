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
    // Nothing can be done about it here, and no test depends on it.
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
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
