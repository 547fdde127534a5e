/// What the face says at a moment, steadied over time: the step between glimpses and mood.
package struct EmotionReading: Equatable, Sendable {
  package var probabilities: EmotionProbabilities
  /// Live: the emotion that was likeliest for about a second; where none was, the likeliest, and
  /// the reading is unsure. Of an image: the likeliest.
  package var label: Emotion
  /// Why the reading should not be relied on; nil where nothing speaks against it.
  package var unsure: UnsureReason?

  package init(
    probabilities: EmotionProbabilities, label: Emotion, unsure: UnsureReason? = nil
  ) {
    self.probabilities = probabilities
    self.label = label
    self.unsure = unsure
  }

  /// The probability of `label`, 0...1.
  package var confidence: Double { probabilities[label] }
}

/// Why a reading is unsure, in the words that the listener sees; where several hold, the first of
/// them is told, being the one to mend first.
package enum UnsureReason: String, CaseIterable, Sendable, Codable, Error {
  case noFace = "no face"
  case tooDark = "too dark"
  case faceTooSmall = "face too small"
  case turnedAway = "turned away"
  case twoFaces = "two faces"
  case lowConfidence = "low confidence"
}

extension EmotionProbabilities {
  /// The softmax of seven raw outputs of the network, divided by `temperature` (above 0; more
  /// than 1 flattens; see Guo et al. 2017, "On Calibration of Modern Neural Networks").
  ///
  /// Returns nil for another count, a value that is not finite, and a temperature not above 0.
  package init?(logits: [Float], temperature: Double = 1) {
    guard logits.count == Emotion.allCases.count, logits.allSatisfy(\.isFinite),
      temperature > 0, temperature.isFinite
    else { return nil }
    let largest = logits.max().map(Double.init) ?? 0
    self.init(weights: logits.map { Exponential.of((Double($0) - largest) / temperature) })
  }

  /// This where `share` is 0, `other` where it is 1.
  func mixed(with other: Self, share: Double) -> Self {
    Self(weights: zip(values, other.values).map { $0 + share * ($1 - $0) }) ?? self
  }
}
