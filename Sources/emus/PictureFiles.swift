import Glibc
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

  /// A file that plays: not one picture, nor a folder or a camera.
  static func isFilm(_ source: ImageSource) -> Bool {
    guard case .path(let path) = source, !PictureFormat.isPicture(named: path) else { return false }
    return Place.kind(FileName.bytes(of: path)) == .file
  }

  /// Why the eye need not be asked for a picture: of a path of more bytes than Linux opens it could
  /// not be told, and what is no file, such as a pipe, it may not have inherited. Nil where it may be
  /// asked.
  static func refusal(of path: String) -> EyeTrouble? {
    let (bytes, shown) = (FileName.bytes(of: path), FileName.shown(path))
    guard bytes.count < PATH_MAX else {
      return EyeTrouble(kind: .input, message: "\(shown.prefix(60))...: File name too long")
    }
    guard Place.kind(bytes) == .other else { return nil }
    return EyeTrouble(kind: .input, message: "\(shown): not an image file")
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
