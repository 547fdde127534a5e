import COpenCV
import Perception

/// The trained cascades of the detector, each read when it is first needed.
///
/// `alt` looks for faces, `second` is asked where `alt` is not certain, and `profile` sees a face
/// from the side. Reading one takes about 20 ms, and most runs need only the first.
final class FaceCascades {
  private let paths: FaceCascadePaths
  private var loaded: [String: Cascade] = [:]

  /// Reads the first; throws `.installation` with the name of a file that is missing or foreign.
  init(_ paths: FaceCascadePaths) throws(EyeTrouble) {
    self.paths = paths
    for path in [paths.frontal, paths.second, paths.profile] where !Disk.isFile(path) {
      throw EyeTrouble(
        kind: .installation, message: "\(path): no face cascade there (package opencv-data)")
    }
    _ = try cascade(at: paths.frontal)
  }

  func frontal() throws(EyeTrouble) -> Cascade { try cascade(at: paths.frontal) }
  func second() throws(EyeTrouble) -> Cascade { try cascade(at: paths.second) }
  func profile() throws(EyeTrouble) -> Cascade { try cascade(at: paths.profile) }

  private func cascade(at path: String) throws(EyeTrouble) -> Cascade {
    if let known = loaded[path] { return known }
    do {
      let made = try Cascade(file: path)
      loaded[path] = made
      return made
    } catch {
      throw EyeTrouble(kind: .installation, message: "\(path): \(error.message)")
    }
  }
}

/// Where the cascades lie.
package struct FaceCascadePaths: Equatable, Sendable {
  package var frontal: String
  package var second = folder + "haarcascade_frontalface_alt2.xml"
  package var profile = folder + "haarcascade_profileface.xml"

  package init(frontal: String = Installation.systemCascade) {
    self.frontal = frontal
  }

  /// Debian's package opencv-data.
  private static let folder = "/usr/share/opencv4/haarcascades/"
}
