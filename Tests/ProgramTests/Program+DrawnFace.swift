import Foundation
import Perception
import Testing

/// Pictures and films of the drawn face for the program under test, in its folder.
extension Program {
  /// Films are made where ffmpeg is there.
  static let hasEncoder = FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")

  /// Frames of the drawn face from a part of its show, as a folder of images.
  func drawnFaces(_ name: String, from start: Double, count: Int = 8) throws -> String {
    var path = ""
    for place in 0..<count {
      let pixels = DemoFace.render(at: start + Double(place) / 5, width: 320, height: 240)
      path = try file("\(name)/\(place).pgm", Array("P5\n320 240\n255\n".utf8) + pixels)
    }
    return (path as NSString).deletingLastPathComponent
  }

  /// Four seconds of the drawn face.
  func drawnFilm(_ name: String, from start: Double) throws -> String {
    _ = try drawnFaces("frames", from: start, count: 20)
    let path = folder.appendingPathComponent(name).path
    let made = try run(
      "/usr/bin/ffmpeg",
      [
        "-v", "error", "-framerate", "5", "-i", folder.appendingPathComponent("frames/%d.pgm").path,
        "-c:v", "mjpeg", "-q:v", "3", path,
      ])
    try #require(made.status == 0, "\(made.errors)")
    return path
  }
}
