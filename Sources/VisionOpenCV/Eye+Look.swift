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
    do {
      return try look(
        atCrop: Frame(gray: picture.levels, width: picture.width, height: picture.height))
    } catch let error as OpenCVError {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    } catch let error as EyeTrouble {
      throw error
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error)")
    }
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
    let box = Box(x: 0, y: 0, width: frame.width, height: frame.height)
    let face = try seen(box, in: frame) { classifier throws(EyeTrouble) in
      try classifier.answer(toCrop: frame)
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

extension EmotionClassifier {
  /// The answer for a picture that is a face from edge to edge.
  fileprivate func answer(toCrop frame: Frame) throws(EyeTrouble) -> EmotionAnswer? {
    let box = Box(x: 0, y: 0, width: frame.width, height: frame.height)
    let levels: [UInt8]
    do {
      levels = try frame.crop(box, side: Self.side)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
    return try answer(to: levels)
  }
}
