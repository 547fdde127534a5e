/// Where the seven emotions lie in the plane of valence and arousal: the step from a reading to
/// a mood.
///
/// Source: J. A. Russell, "A circumplex model of affect", Journal of Personality and Social
/// Psychology 39 (1980), figure 4, for happy, sad, angry, afraid and astonished. The figures are
/// read from such a plot and rounded by us, not measured anew. Disgust is none of Russell's
/// words; we put it near "annoyed" and "miserable". Neutral is the origin by definition.
enum MoodPlane {
  static func position(of emotion: Emotion) -> (valence: Double, arousal: Double) {
    switch emotion {
    case .angry: (-0.55, 0.60)
    case .disgust: (-0.60, 0.30)
    case .fear: (-0.45, 0.65)
    case .happy: (0.80, 0.50)
    case .sad: (-0.65, -0.30)
    case .surprise: (0.15, 0.80)
    case .neutral: (0, 0)
    }
  }
}

extension Mood {
  /// The expectation over the seven emotions. Its certainty is the likeliest one's probability,
  /// rescaled so that seven equal ones give 0 and one alone gives 1; halved where the face could
  /// not be seen well.
  package init(reading: EmotionReading, source: MoodSource) {
    var valence = 0.0
    var arousal = 0.0
    for (emotion, probability) in zip(Emotion.allCases, reading.probabilities.values) {
      let position = MoodPlane.position(of: emotion)
      valence += probability * position.valence
      arousal += probability * position.arousal
    }
    let chance = 1 / Double(Emotion.allCases.count)
    let certainty = (reading.probabilities.confidence - chance) / (1 - chance)
    self.init(
      valence: valence, arousal: arousal,
      certainty: reading.unsure?.isPoorlySeen == true ? certainty / 2 : certainty, source: source)
  }
}

extension UnsureReason {
  /// There is a face, but not as the network learnt to read it, or perhaps not the listener's.
  fileprivate var isPoorlySeen: Bool {
    switch self {
    case .tooDark, .faceTooSmall, .turnedAway, .twoFaces: true
    case .noFace, .lowConfidence: false
    }
  }
}
