/// One clear look at a face while its listener shows an expression on purpose: what a correction
/// is learnt from.
package struct CalibrationSample: Equatable, Sendable {
  /// Seconds, as in the glimpse.
  package var time: Double
  package var expression: Emotion
  /// The network's seven logits divided by its temperature.
  package var scores: [Float]
  package var embedding: [Float]

  package init(time: Double, expression: Emotion, scores: [Float], embedding: [Float]) {
    self.time = time
    self.expression = expression
    self.scores = scores
    self.embedding = embedding
  }

  /// Every value is a number, and there are seven scores.
  var isUsable: Bool {
    scores.count == Emotion.allCases.count && time.isFinite && scores.allSatisfy(\.isFinite)
      && embedding.allSatisfy(\.isFinite)
  }
}

extension CalibrationSample {
  /// The sample in a glimpse; throws why it is none: only a frontal, well lit, large face that is
  /// alone, or known to be the listener's, teaches anything.
  package init(
    _ glimpse: Glimpse, showing expression: Emotion, isRecognised: Bool = false,
    settings: MoodSettings
  ) throws(UnsureReason) {
    guard let face = glimpse.face else { throw .noFace }
    if !(face.brightness >= settings.darkBelow) { throw .tooDark }
    let shorter = Double(min(face.box.width, face.box.height))
    if shorter < settings.smallBelow { throw .faceTooSmall }
    if face.view == .profile { throw .turnedAway }
    if glimpse.faceCount >= 2, !isRecognised { throw .twoFaces }
    let scale = Float(settings.temperature)
    self.init(
      time: glimpse.time, expression: expression,
      scores: (glimpse.logits ?? []).map { $0 / scale }, embedding: glimpse.embedding ?? [])
    guard isUsable else { throw .lowConfidence }
  }
}

extension [CalibrationSample] {
  /// Every look once, by its time: a picture that was shown again, or lies there under two names,
  /// gives the same numbers to the last bit, and must not judge what was learnt from it.
  package var differing: [CalibrationSample] {
    var seen: Set<[Float]> = []
    return sorted { $0.time < $1.time }.filter { seen.insert($0.scores + $0.embedding).inserted }
  }
}
