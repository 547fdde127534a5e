import Perception

/// How a face looked when it was last detected, by which it is found again in the next frames
/// while no cascade sees it.
///
/// A bridge over turned and covered faces, not a detector: it says where the like of the picture
/// is, also when that is a curtain. So `FaceDetector` believes it for a second at most, and what
/// it remembers is never taken from a place that only the track itself had found.
struct FaceTrack {
  /// Pixels of the side at which faces are compared.
  private static let side = 24
  /// How far a face may move from one frame to the next, in sides of its box.
  private static let reach = 0.5
  /// Normalised correlation from which it is the same face: a face that turns by some 40 degrees
  /// keeps 0.6 to 0.9, what a scene shows after a cut or behind the head stays below 0.5.
  private static let leastLikeness = 0.6

  private let levels: [UInt8]

  init(of box: Box, in frame: Frame) throws(OpenCVError) {
    levels = try frame.crop(box, side: Self.side)
  }

  /// Where the face is now that was at `box` in the frame before; nil when it is gone.
  func place(from box: Box, in frame: Frame) throws(OpenCVError) -> Box? {
    let (place, likeness) = try frame.match(
      levels, side: Self.side, from: box, reach: Self.reach)
    let whole = Box(x: 0, y: 0, width: frame.width, height: frame.height)
    guard likeness >= Self.leastLikeness, whole.holdsCentre(of: place) else { return nil }
    return place
  }
}
