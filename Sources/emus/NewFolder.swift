import Foundation
import Glibc
import LibraryFiles
import Perception

/// A folder that is made where it is missing, and that is gone again where nothing came into it. Its
/// path is a text of `FileName`.
struct NewFolder {
  /// Those that were missing, the outermost first.
  private let missing: [String]

  /// Makes the folder and those around it; throws 1, naming it, where it cannot be made.
  init(_ path: String) throws {
    var missing: [String] = []
    var rest = path
    while rest != Self.existing(rest) {
      missing.insert(rest, at: 0)
      rest = (rest as NSString).deletingLastPathComponent
    }
    self.missing = missing
    for folder in missing {
      if let name = FileName.cString(folder), mkdir(name, 0o777) == 0 { continue }
      let reason = String(cString: strerror(errno))
      removeIfEmpty()
      throw Failure(.failed, "\(path): cannot be made: \(reason)")
    }
  }

  /// The folder itself, or the nearest around it that is there.
  static func existing(_ path: String) -> String {
    var path = path
    while Place.kind(FileName.bytes(of: path)) == nil, path != "/", !path.isEmpty {
      path = (path as NSString).deletingLastPathComponent
    }
    return path
  }

  /// Takes away what was made, as far as nothing is in it: `rmdir` refuses the rest.
  func removeIfEmpty() {
    for path in missing.reversed() {
      if let name = FileName.cString(path) { rmdir(name) }
    }
  }
}
