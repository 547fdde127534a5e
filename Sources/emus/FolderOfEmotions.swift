import LibraryFiles
import Perception

/// The images in a folder that has a folder for each emotion, as data sets are often unpacked.
struct FolderOfEmotions {
  private let images: [(path: String, emotion: Emotion)]
  private var index = 0

  /// Lists the images; folders that are named after none of the seven emotions, or that cannot be
  /// read, are told and left out.
  init(path: String, omissions: inout Omissions) throws {
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    var images: [(path: String, emotion: Emotion)] = []
    var others: [String] = []
    var refused: Failure?
    for name in try PictureFiles.names(in: folder) {
      let inner = folder + "/" + name
      guard Self.isFolder(inner) else { continue }
      guard case .emotion(let emotion)? = EmotionLabel(name: name) else {
        others.append(name)
        continue
      }
      do {
        let files = try PictureFiles.names(in: inner).filter(PictureFormat.isPicture)
        images += files.map { (inner + "/" + $0, emotion) }
      } catch let failure as Failure {
        refused = refused ?? failure
        omissions.add(Omission(failure.description, at: .file(inner)))
      }
    }
    if images.isEmpty {
      if let refused { throw refused }
      let parts = others.filter { Self.holdsEmotions(folder + "/" + $0) }
      guard parts.isEmpty else {
        let paths = parts.map { "\(folder)/\($0)" }.joined(separator: " or ")
        throw Failure(
          .input, "\(path): the folders of emotions are a level below: give --data \(paths)")
      }
      let inside = others.isEmpty ? "" : ", only \(others.prefix(8).joined(separator: ", "))"
      throw Failure(
        .input, "\(path): no images in folders named after emotions (angry, happy ...)\(inside)")
    }
    for name in others {
      omissions.remark("\(folder)/\(name): none of the seven emotions: skipped")
    }
    self.images = images
  }

  mutating func next() -> LabelledFace? {
    guard index < images.count else { return nil }
    defer { index += 1 }
    let image = images[index]
    return LabelledFace(emotion: image.emotion, picture: .file(image.path))
  }

  var share: Double { Double(index) / Double(max(1, images.count)) }

  /// Folders named after emotions are in this one.
  private static func holdsEmotions(_ folder: String) -> Bool {
    do {
      return try PictureFiles.names(in: folder).contains { name in
        guard case .emotion? = EmotionLabel(name: name) else { return false }
        return isFolder(folder + "/" + name)
      }
    } catch { return false }
  }

  private static func isFolder(_ path: String) -> Bool {
    Place.kind(FileName.bytes(of: path)) == .folder
  }
}
