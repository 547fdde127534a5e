import COpenCV
import Perception

/// A face that the detector found in a frame, and from which side it saw it.
///
/// What `FaceDetector` hands on to the eye; it says nothing about whose face it is.
package struct FaceSighting: Equatable, Sendable {
  package var box: Box
  /// `.profile` where the frontal cascade does not see it: a classifier that learnt from frontal
  /// faces has nothing to say there.
  package var view: FaceView

  package init(box: Box, view: FaceView = .frontal) {
    self.box = box
    self.view = view
  }
}

extension [FaceSighting] {
  /// How many may be the one who listens.
  package var countOfNear: Int { map(\.box).countOfNear }

  func largestFirst() -> [FaceSighting] {
    sorted { $0.box.width * $0.box.height > $1.box.width * $1.box.height }
  }
}

extension Box {
  init(_ box: emus_box) {
    self.init(x: Int(box.x), y: Int(box.y), width: Int(box.width), height: Int(box.height))
  }
}

extension emus_box {
  init(_ box: Box) {
    self.init(
      x: Int32(clamping: box.x), y: Int32(clamping: box.y), width: Int32(clamping: box.width),
      height: Int32(clamping: box.height))
  }
}

extension Box {
  func holdsCentre(of other: Box) -> Bool {
    let (centreX, centreY) = (other.x + other.width / 2, other.y + other.height / 2)
    return (x..<x + width).contains(centreX) && (y..<y + height).contains(centreY)
  }

  /// Whether two boxes can only be around one face.
  func isSameFace(as other: Box) -> Bool {
    holdsCentre(of: other) || other.holdsCentre(of: self)
  }

  /// The box grown about its centre; below 1 it shrinks.
  func scaled(by factor: Double) -> Box {
    let grownWidth = Int((Double(width) * factor).rounded())
    let grownHeight = Int((Double(height) * factor).rounded())
    return Box(
      x: x + (width - grownWidth) / 2, y: y + (height - grownHeight) / 2, width: grownWidth,
      height: grownHeight)
  }
}
