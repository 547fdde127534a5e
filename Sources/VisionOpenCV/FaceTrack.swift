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
  /// Normalised correlation from which it is the same face: a turning face kept 0.5 to 0.9 over
  /// a second, what a film showed elsewhere or after a cut had 0.53 at most, but for one in forty.
  static let leastLikeness = 0.6
  /// The same where a cascade sees a face there too.
  static let leastLikenessConfirmed = 0.4

  private let levels: [UInt8]

  init(of box: Box, in frame: Frame) throws(EyeTrouble) {
    do {
      levels = try frame.crop(box, side: Self.side)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
  }

  /// Where the face may be now that was at `box` in the frame before, and how like it that is,
  /// -1...1; nil where it has left the frame.
  func place(from box: Box, in frame: Frame) throws(EyeTrouble) -> (box: Box, likeness: Double)? {
    let found: (place: Box, likeness: Double)
    do {
      found = try frame.match(levels, side: Self.side, from: box, reach: Self.reach)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
    let whole = Box(x: 0, y: 0, width: frame.width, height: frame.height)
    return whole.holdsCentre(of: found.place) ? (found.place, found.likeness) : nil
  }
}
