import Foundation

/// Where the tests find what is not part of them; nil where it is absent.
enum Place {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static let weights = existing(root + "/Weights/emotion.onnx")
  static let hog = existing(root + "/Weights/hog.svm")
  static let yale = existing(root + "/../shared/data/faces/yale")
  static let video = existing(root + "/../shared/data/faces/video/fer_woman2.mp4")
  static let photos = existing(root + "/../shared/data/faces/photos")
  static let noFace = existing(root + "/../shared/data/faces/no-face")
  static let eye = existing(
    URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/emus-eye")

  private static func existing(_ path: String) -> String? {
    FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
