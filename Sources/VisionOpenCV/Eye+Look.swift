import Perception

/// Single pictures: every face in them, or the picture as a face.
extension Eye {
  /// The faces in an image file, the largest first; where it is cropped, the one that it is.
  ///
  /// Throws `.input` for a file that is no image, and `.installation`.
  package func look(atFile path: String, isCropped: Bool) throws(EyeTrouble) -> Look {
    var watch = StopWatch()
    let frame = try FrameSource.image(at: path)
    let capture = watch.lap()
    try load()
    do {
      var look = isCropped ? try look(atCrop: frame) : try look(atFacesOf: frame)
      look.capture = capture
      return look
    } catch {
      guard error.kind == .eye else { throw error }
      throw EyeTrouble(kind: .eye, message: "\(FileName.shown(path)): \(error.message)")
    }
  }

  /// A face that comes as numbers.
  package func look(at picture: GrayPicture) throws(EyeTrouble) -> Look {
    try look(atCrop: Frame(picture))
  }

  private func look(atFacesOf frame: Frame) throws(EyeTrouble) -> Look {
    var watch = StopWatch()
    let sightings = try sightings(in: frame)
    var look = Look(width: frame.width, height: frame.height, detect: watch.lap())
    for sighting in sightings {
      var face = try seen(sighting.box, in: frame) { classifier throws(EyeTrouble) in
        try classifier.answer(for: sighting.box, in: frame)
      }
      face.face.view = sighting.view
      look.faces.append(face)
    }
    return look
  }

  private func look(atCrop frame: Frame) throws(EyeTrouble) -> Look {
    let face = try seen(frame.whole, in: frame) { classifier throws(EyeTrouble) in
      try classifier.answer(to: frame.face(in: frame.whole, side: EmotionNetwork.side))
    }
    return Look(width: frame.width, height: frame.height, faces: [face])
  }

  private func seen(
    _ box: Box, in frame: Frame,
    reading answer: (any EmotionClassifier) throws(EyeTrouble) -> EmotionAnswer?
  ) throws(EyeTrouble) -> SeenFace {
    var seen = SeenFace(face: try face(in: box, of: frame))
    let classifier = try classifier()
    var watch = StopWatch()
    seen.candidates = try candidates(for: box, in: frame)
    seen.identify = watch.lap()
    let answer = try answer(classifier)
    seen.classify = watch.lap()
    seen.logits = answer?.logits
    seen.embedding = answer?.embedding
    return seen
  }
}
