import Perception

/// A face as classifiers read it, out of a frame; what OpenCV refuses becomes a trouble of the eye.
extension Frame {
  /// A picture that comes as numbers.
  convenience init(_ picture: GrayPicture) throws(EyeTrouble) {
    do {
      try self.init(gray: picture.levels, width: picture.width, height: picture.height)
    } catch {
      throw Self.trouble(error)
    }
  }

  /// The box that holds all of it.
  var whole: Box { Box(x: 0, y: 0, width: width, height: height) }

  /// The box as `side * side` gray levels; outside the frame its edge is repeated.
  func face(in box: Box, side: Int) throws(EyeTrouble) -> [UInt8] {
    do {
      return try crop(box, side: side)
    } catch {
      throw Self.trouble(error)
    }
  }

  private static func trouble(_ error: OpenCVError) -> EyeTrouble {
    EyeTrouble(kind: .eye, message: "face: \(error.message)")
  }
}
