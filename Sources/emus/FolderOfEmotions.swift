import Foundation
import Perception

/// The images in a folder that has a folder for each emotion, as data sets are often unpacked.
struct FolderOfEmotions {
  private let images: [(path: String, emotion: Emotion)]
  private var index = 0

  /// Lists the images; folders that are named after none of the seven emotions are told and left
  /// out.
  init(path: String, omissions: inout Omissions) throws {
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    var images: [(path: String, emotion: Emotion)] = []
    var others: [String] = []
    for name in try PictureFiles.names(in: folder) {
      let inner = folder + "/" + name
      guard Self.isFolder(inner) else { continue }
      guard case .emotion(let emotion)? = EmotionLabel(name: name) else {
        others.append(name)
        continue
      }
      let files = try PictureFiles.names(in: inner).filter(PictureFiles.isImage)
      images += files.map { (inner + "/" + $0, emotion) }
    }
    if images.isEmpty {
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
    return LabelledFace(emotion: image.emotion, picture: .file(image.path), place: image.path)
  }

  var share: Double { Double(index) / Double(max(1, images.count)) }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
