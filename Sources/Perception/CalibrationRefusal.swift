/// Why nothing is learnt although there were looks enough: the face was not at rest, or the best
/// correction reads it wrongly still. What was in force before stays.
///
/// A calibration is there for a network that takes a resting face for an angry or a sad one, so
/// these two teach however sure the network is of them; whether that helped, the judging looks
/// say. Any other emotion that the network is sure of in nearly all looks at the "resting" face
/// is believed: a smile above all, which is rarely a mistake, and which the listener would never
/// be believed again once it was learnt as neutral.
package enum CalibrationRefusal: Equatable, Sendable {
  /// The network is sure that nearly all looks at the face at rest show this.
  case notAtRest(Emotion)
  /// Most of the looks that judge are read wrongly even with the best correction.
  case stillWrong

  /// The probability, 0...1, from which the bare network counts as sure of a look.
  static let sure = 0.7
  /// Share of the looks at rest, 0...1, that counts as nearly all.
  static let nearlyAll = 0.8
  /// Share of the judging looks, 0...1, that have to be read right in the end; every expression
  /// counts the same.
  static let leastRight = 0.5

  /// What a resting face is taken for by mistake.
  private static let mistakes: Set<Emotion> = [.neutral, .angry, .sad]

  /// The refusal of looks at a face at rest that was not; nil where it may have been, and without
  /// looks.
  static func ofRest(_ looks: [CalibrationSample]) -> CalibrationRefusal? {
    var counts: [Emotion: Int] = [:]
    for look in looks {
      guard let seen = EmotionProbabilities(logits: look.scores), seen.confidence >= sure else {
        continue
      }
      counts[seen.label, default: 0] += 1
    }
    let nearly = Double(looks.count) * nearlyAll
    return Emotion.allCases.first {
      !mistakes.contains($0) && counts[$0].map { Double($0) >= nearly } ?? false
    }.map { .notAtRest($0) }
  }
}

extension Emotion {
  /// As one says it of a face: "looks surprised".
  package var adjective: String {
    switch self {
    case .fear: "afraid"
    case .disgust: "disgusted"
    case .surprise: "surprised"
    case .angry, .happy, .sad, .neutral: rawValue
    }
  }
}
