import Foundation
import Perception

/// Frames of the drawn face as files: a listener without anybody's photograph.
enum DemoPicture {
  static let width = 640
  static let height = 480

  /// One frame as PGM.
  static func writeImage(to path: String, at time: Double = 1) throws {
    let pixels = DemoFace.render(at: time, width: width, height: height)
    try Data(Array("P5\n\(width) \(height)\n255\n".utf8) + pixels)
      .write(to: URL(fileURLWithPath: path))
  }

  /// A film without compression (YUV4MPEG2, 4:2:0) of sixty frames a second.
  static func writeFilm(to path: String, frames: Int) throws {
    var bytes = Data("YUV4MPEG2 W\(width) H\(height) F60:1 Ip A1:1 C420\n".utf8)
    let colour = [UInt8](repeating: 128, count: width * height / 2)
    for frame in 0..<frames {
      var pixels = DemoFace.render(at: Double(frame) / 60, width: width, height: height)
      // A film that began with bright pixels alone would look like text to who guesses.
      pixels[0] = 16
      bytes += Array("FRAME\n".utf8) + pixels + colour
    }
    try bytes.write(to: URL(fileURLWithPath: path))
  }
}
