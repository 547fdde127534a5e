import Glibc
import Perception

@testable import VisionOpenCV

/// A drawn face as levels that a test may move, turn, darken and cover.
struct DrawnPicture {
  var levels: [UInt8]
  let width: Int
  let height: Int

  init(width: Int = 320, height: Int = 240, at time: Double = 0) {
    levels = DemoFace.render(at: time, width: width, height: height)
    (self.width, self.height) = (width, height)
  }

  /// A wall of one level.
  init(level: UInt8, width: Int = 320, height: Int = 240) {
    levels = Array(repeating: level, count: width * height)
    (self.width, self.height) = (width, height)
  }

  func frame() throws -> Frame { try Frame(gray: levels, width: width, height: height) }

  func mapped(_ transform: (UInt8) -> UInt8) -> DrawnPicture {
    var picture = self
    picture.levels = levels.map(transform)
    return picture
  }

  /// Every pixel taken from where the closure says; what lies outside repeats the edge.
  func resampled(_ source: (_ x: Double, _ y: Double) -> (x: Double, y: Double)) -> DrawnPicture {
    var picture = self
    for y in 0..<height {
      for x in 0..<width {
        let from = source(Double(x), Double(y))
        let column = min(max(Int(from.x.rounded()), 0), width - 1)
        let row = min(max(Int(from.y.rounded()), 0), height - 1)
        picture.levels[y * width + x] = levels[row * width + column]
      }
    }
    return picture
  }

  func moved(right: Int) -> DrawnPicture {
    resampled { (x: $0 - Double(right), y: $1) }
  }

  /// Turned about the middle, clockwise.
  func leaning(degrees: Double) -> DrawnPicture {
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    let (middleX, middleY) = (Double(width) / 2, Double(height) / 2)
    return resampled { x, y in
      let (right, down) = (x - middleX, y - middleY)
      return (x: middleX + cosine * right + sine * down, y: middleY - sine * right + cosine * down)
    }
  }

  /// With another picture put into it.
  func with(_ other: DrawnPicture, x: Int, y: Int = 0) -> DrawnPicture {
    var picture = self
    for row in 0..<other.height where (0..<height).contains(y + row) {
      for column in 0..<other.width where (0..<width).contains(x + column) {
        picture.levels[(y + row) * width + x + column] = other.levels[row * other.width + column]
      }
    }
    return picture
  }

  /// Upright folds in place of what it shows.
  func stripes(width side: Int) -> DrawnPicture {
    var picture = self
    for index in picture.levels.indices {
      picture.levels[index] = index % width / side % 2 == 0 ? 60 : 190
    }
    return picture
  }
}
