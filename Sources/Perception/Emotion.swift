/// The seven emotions of FER2013, in that data set's order: index 0 is `angry`, 6 is `neutral`.
///
/// Raw values are the names used in JSON, in the database and on screen.
package enum Emotion: String, CaseIterable, Sendable, Codable {
  case angry, disgust, fear, happy, sad, surprise, neutral
}

/// How likely each of the seven emotions is: seven values in 0...1 that sum to 1.
package struct EmotionProbabilities: Equatable, Sendable {
  /// Seven values in `Emotion.allCases` order.
  package let values: [Double]

  /// Takes seven non-negative finite weights and normalises them to sum 1.
  ///
  /// Returns nil for any other count, a negative or non-finite weight, or an all-zero sum.
  package init?(weights: [Double]) {
    guard weights.count == Emotion.allCases.count,
      weights.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { return nil }
    let sum = weights.reduce(0, +)
    guard sum > 0, sum.isFinite else { return nil }
    values = weights.map { $0 / sum }
  }

  package subscript(emotion: Emotion) -> Double {
    for (candidate, value) in zip(Emotion.allCases, values) where candidate == emotion {
      return value
    }
    return 0
  }

  /// The likeliest emotion; the first in FER2013's order where two are equal.
  package var label: Emotion {
    var best = Emotion.angry
    var largest = 0.0
    for (emotion, value) in zip(Emotion.allCases, values) where value > largest {
      best = emotion
      largest = value
    }
    return best
  }

  /// The probability of `label`, 1/7...1.
  package var confidence: Double { values.max() ?? 0 }
}
