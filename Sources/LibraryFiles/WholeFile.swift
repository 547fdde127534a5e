import Glibc
import Music

/// A file that is read or written as one piece: playlists, tables, exports.
///
/// A write never leaves half a file behind, and never touches what is no file.
package enum WholeFile {
  /// More than any list of songs needs, and little enough to hold in memory.
  package static let largest = 256 << 20

  package static func read(_ path: [UInt8]) throws(FileFault) -> [UInt8] {
    switch System.contents(path, limit: largest) {
    case .success(let bytes): return bytes
    case .failure(let failure): throw FileFault(path, failure)
    }
  }

  /// Replaces or makes a file; readable by others only where `isPrivate` is false.
  package static func write(
    _ bytes: [UInt8], to path: [UInt8], isPrivate: Bool
  ) throws(FileFault) {
    if case .success(let status) = System.status(path), status.kind != .file {
      throw FileFault(path, System.Failure(code: status.kind == .folder ? EISDIR : EINVAL))
    }
    if let failure = System.replace(path, with: bytes, mode: isPrivate ? 0o600 : 0o644) {
      throw FileFault(path, failure)
    }
  }

  /// Whether a regular file is there already, by this name or behind this link.
  package static func isThere(_ path: [UInt8]) -> Bool {
    if case .success(let status) = System.status(path) { status.kind == .file } else { false }
  }

  /// The absolute path of a file without links in its folder; the file need not exist.
  package static func absolute(_ path: [UInt8]) throws(FileFault) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let last = path.lastIndex(of: slash)
    let folder = last.map { $0 == 0 ? [slash] : Array(path[..<$0]) } ?? [UInt8(ascii: ".")]
    switch System.realPath(folder) {
    case .success(let real):
      return (real == [slash] ? [] : real) + [slash] + path[(last.map { $0 + 1 } ?? 0)...]
    case .failure(let failure): throw FileFault(folder, failure)
    }
  }
}

/// A file that cannot be read or written: which, and why.
package struct FileFault: Error, Equatable, CustomStringConvertible {
  /// Escaped, for people.
  package var path: String
  package var reason: String
  /// There is no such file.
  package var isMissing: Bool

  init(_ path: [UInt8], _ failure: System.Failure, limit: Int = WholeFile.largest) {
    self.path = PathText.escaped(path)
    isMissing = failure.code == ENOENT
    reason =
      switch failure.code {
      case EFBIG: "larger than \(limit >> 20) MB"
      case EISDIR: "is a folder"
      case EINVAL: "is no file"
      default: failure.text
      }
  }

  package var description: String { "\(path): \(reason)" }
}
