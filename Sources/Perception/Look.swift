/// What the eye saw in one picture that stands alone: every face, the largest first.
///
/// It crosses the pipe in answer to `EyeRequest.look` and `.classify`; like a glimpse it holds
/// numbers only.
package struct Look: Equatable, Sendable {
  /// Pixels of the picture.
  package var width: Int
  package var height: Int
  package var faces: [SeenFace]
  /// Milliseconds for reading the file, and for finding the faces.
  package var capture: Double
  package var detect: Double

  package init(
    width: Int, height: Int, faces: [SeenFace] = [], capture: Double = 0, detect: Double = 0
  ) {
    self.width = width
    self.height = height
    self.faces = faces
    self.capture = capture
    self.detect = detect
  }

  /// Its largest face among those that may be the listener's, as a frame of a film would show it.
  package var glimpse: Glimpse {
    guard let largest = faces.first else {
      return Glimpse(time: 0, frameWidth: width, frameHeight: height)
    }
    var glimpse = glimpse(of: largest)
    glimpse.faceCount = faces.map(\.face.box).countOfNear
    return glimpse
  }

  /// One of its faces, as if it were alone in the picture: each is read for itself.
  package func glimpse(of face: SeenFace) -> Glimpse {
    Glimpse(
      time: 0, frameWidth: width, frameHeight: height, face: face.face, faceCount: 1,
      logits: face.logits, embedding: face.embedding, candidates: face.candidates,
      timing: EyeTiming(
        capture: capture, detect: detect, identify: face.identify, classify: face.classify))
  }
}

/// One face of a picture, and what the eye makes of it.
package struct SeenFace: Equatable, Sendable {
  package var face: Face
  /// Seven, in FER2013's order; nil where the network answered with something that is no number.
  package var logits: [Float]?
  /// As in `Glimpse`.
  package var embedding: [Float]?
  /// Whose face it may be, best first; empty when nobody is registered.
  package var candidates: [IdentityCandidate]
  /// Milliseconds for the comparison with those registered, and from the crop to the logits.
  package var identify: Double
  package var classify: Double

  package init(
    face: Face, logits: [Float]? = nil, embedding: [Float]? = nil,
    candidates: [IdentityCandidate] = [], identify: Double = 0, classify: Double = 0
  ) {
    self.face = face
    self.logits = logits
    self.embedding = embedding
    self.candidates = candidates
    self.identify = identify
    self.classify = classify
  }
}
