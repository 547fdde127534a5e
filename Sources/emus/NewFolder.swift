import Foundation
import Glibc

/// A folder that is made where it is missing, and that is gone again where nothing came into it.
struct NewFolder {
  /// Those that were missing, the outermost first.
  private let missing: [String]

  /// Makes the folder and those around it; throws 1, naming it, where it cannot be made.
  init(_ path: String) throws {
    var missing: [String] = []
    var rest = path
    while !FileManager.default.fileExists(atPath: rest), rest != "/", !rest.isEmpty {
      missing.insert(rest, at: 0)
      rest = (rest as NSString).deletingLastPathComponent
    }
    self.missing = missing
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      removeIfEmpty()
      throw Failure(.failed, "\(path): cannot be made: \(Home.reason(error))")
    }
  }

  /// Takes away what was made, as far as nothing is in it: `rmdir` refuses the rest.
  func removeIfEmpty() {
    for path in missing.reversed() { rmdir(path) }
  }
}
