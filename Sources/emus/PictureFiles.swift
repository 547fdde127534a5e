import LibraryFiles
import Perception

/// Which image files lie where the user points: what a folder holds, and whether a source stands
/// still, as texts of `FileName`. It opens none of them.
enum PictureFiles {
  /// The pictures of a source, by name; nil for a camera, a film or the drawn face.
  ///
  /// Throws 66 for a folder without images.
  static func of(_ source: ImageSource) throws -> [String]? {
    guard case .path(let path) = source else { return nil }
    guard Place.kind(FileName.bytes(of: path)) == .folder else {
      return PictureFormat.isPicture(named: path) ? [path] : nil
    }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    let pictures = try names(in: path).filter(PictureFormat.isPicture).map { folder + "/" + $0 }
    if pictures.isEmpty { throw Failure(.input, "\(path): no images in this folder") }
    return pictures
  }

  /// The names in a folder, sorted, without the hidden ones.
  static func names(in folder: String) throws -> [String] {
    do {
      return try Place.names(in: FileName.bytes(of: folder)).map(FileName.text)
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw Failure(.input, "\(folder): cannot be read")
    }
  }
}
