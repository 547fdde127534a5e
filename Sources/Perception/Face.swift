/// A rectangle in a frame: pixels, origin top left; it may leave the frame.
package struct Box: Equatable, Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var width: Int
  package var height: Int

  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension [Box] {
  /// How many of these faces may be the one who listens: one less than half as wide as the widest
  /// is somebody in the background, or a picture on the wall.
  package var countOfNear: Int {
    let widest = map(\.width).max() ?? 0
    return count { $0.width * 2 >= widest }
  }
}

/// One face that the detector found, and how well it could be seen.
package struct Face: Equatable, Sendable {
  package var box: Box
  /// Mean gray level of the face, 0 (black) ... 1 (white).
  package var brightness: Double
  /// Share of contrast in the face: standard deviation of the gray levels, 0...0.5.
  package var contrast: Double
  package var view: FaceView

  package init(box: Box, brightness: Double, contrast: Double, view: FaceView = .frontal) {
    self.box = box
    self.brightness = brightness
    self.contrast = contrast
    self.view = view
  }
}

/// From which side a face was seen; the network learnt from frontal faces.
package enum FaceView: UInt8, Sendable {
  case frontal
  /// Seen from the side.
  case profile
}
