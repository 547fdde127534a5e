/// One listener's own correction of an emotion network: a shift of the seven answers, and a small
/// layer on what the network's last layer saw, so that its scores become
/// `logits / temperature + weights * embedding + bias`.
///
/// Numbers only; no image can be read back from it. It belongs to one network and is passed over
/// with any other. `CalibrationFit` makes it, `MoodSettings` applies it.
package struct EmotionCalibration: Equatable, Sendable {
  /// Which network it corrects; the sha256 of its file where that is known.
  package let network: String
  /// Values in an embedding of that network; 0 where it has none.
  package let width: Int
  /// Seven values in FER2013's order.
  package let bias: [Float]
  /// Seven rows of `width` values; empty where the shift is all.
  package let weights: [Float]

  /// No emotion's score is moved by more: a strong answer of the network stays what it is.
  package static let largestCorrection = 2.5

  /// Nil where the counts do not fit each other or a value is not finite.
  package init?(network: String, width: Int, bias: [Float], weights: [Float]) {
    let classes = Emotion.allCases.count
    guard width >= 0, width <= EyeFraming.maximumEmbedding, bias.count == classes,
      weights.isEmpty || weights.count == classes * width,
      bias.allSatisfy(\.isFinite), weights.allSatisfy(\.isFinite)
    else { return nil }
    self.network = network
    self.width = width
    self.bias = bias
    self.weights = weights
  }

  /// What is added to the seven scores of a face with this embedding; nil where it is another
  /// network's embedding or holds something that is no number.
  package func correction(of embedding: [Float]) -> [Double]? {
    guard embedding.count == width, embedding.allSatisfy(\.isFinite) else { return nil }
    return bias.indices.map { row in
      var sum = Double(bias[row])
      if !weights.isEmpty {
        for column in 0..<width {
          sum += Double(weights[row * width + column]) * Double(embedding[column])
        }
      }
      return min(Self.largestCorrection, max(-Self.largestCorrection, sum))
    }
  }

  /// The seven scores (logits divided by the temperature) after the correction.
  func corrected(_ scores: [Float], embedding: [Float]) -> [Float]? {
    correction(of: embedding).map { zip(scores, $0).map { $0 + Float($1) } }
  }
}
