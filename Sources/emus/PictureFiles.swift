import Foundation
import Perception

/// Which image files lie where the user points: what a folder holds, and whether a source stands
/// still. It opens none of them.
enum PictureFiles {
  /// The pictures of a source, by name; nil for a camera, a film or the drawn face.
  ///
  /// Throws 66 for a folder without images.
  static func of(_ source: ImageSource) throws -> [String]? {
    guard case .path(let path) = source else { return nil }
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isFolder.boolValue else { return PictureFormat.isPicture(named: path) ? [path] : nil }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    let pictures = try names(in: path).filter(PictureFormat.isPicture).map { folder + "/" + $0 }
    if pictures.isEmpty { throw Failure(.input, "\(path): no images in this folder") }
    return pictures
  }

  /// The names in a folder, sorted, without the hidden ones.
  static func names(in folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw Failure(.input, "\(folder): cannot be read")
    }
  }
}
