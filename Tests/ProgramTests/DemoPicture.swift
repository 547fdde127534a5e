import Foundation
import Perception

/// One frame of the drawn face as an image file: a stranger without anybody's photograph.
enum DemoPicture {
  static func write(to path: String, at time: Double = 1) throws {
    let pixels = DemoFace.render(at: time, width: 320, height: 240)
    try Data(Array("P5\n320 240\n255\n".utf8) + pixels).write(to: URL(fileURLWithPath: path))
  }
}
