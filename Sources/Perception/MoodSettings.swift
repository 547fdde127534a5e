/// The constants by which glimpses become a mood. The defaults are our choice, except the
/// temperature, which belongs to the weights and comes with them.
package struct MoodSettings: Equatable, Sendable {
  /// Of the softmax, above 0; 1 takes the network's outputs as they are.
  package var temperature = 1.0
  /// Which network answers; empty where that is not known. Comes with the temperature.
  package var network = ""
  /// The listener's own correction; one of another network is passed over.
  package var calibration: EmotionCalibration?
  /// Seconds after which a change of face has reached 63 % in the smoothed probabilities.
  package var timeConstant = 2.0
  /// Seconds without a face until the reading says so and its certainty fades.
  package var noFaceAfter = 3.0
  /// Seconds that another emotion has to be the likeliest before it becomes the label.
  package var hold = 1.0
  /// The same for `happy`: a smile is rarely a mistake.
  package var holdHappy = 0.4
  /// The same for `angry`: a face at rest that is turned to a screen is often taken for an angry
  /// one.
  package var holdAngry = 2.0
  /// By how much `angry` has to lead the next emotion before it counts as the likeliest.
  package var marginAngry = 0.1
  /// Mean gray level of a face, 0...1, below which it is too dark.
  package var darkBelow = 0.12
  /// Pixels of the shorter side of a face, below which it is too small: the network sees 48.
  package var smallBelow = 48.0
  /// Share of the last second, 0...1, above which a face counts as turned away, or as one of two.
  package var mostOfSecond = 0.5
  /// Probability of the likeliest emotion below which the reading is unsure.
  package var lowConfidence = 0.38
  /// What the mood is marked as: `.face`, or `.demo` under the drawn face.
  package var source = MoodSource.face

  package init() {}

  /// Seconds that the first glimpse of all counts for, having none before it.
  static let firstGlimpse = 0.1
  /// Seconds that any one glimpse may count for.
  static let longestCredit = 0.5
}

extension MoodSettings {
  /// The seven probabilities of one glimpse, corrected for the listener where their calibration
  /// is this network's; nil where the network gave no usable answer.
  package func probabilities(of glimpse: Glimpse) -> EmotionProbabilities? {
    guard let logits = glimpse.logits,
      let base = EmotionProbabilities(logits: logits, temperature: temperature)
    else { return nil }
    let scores = logits.map { $0 / Float(temperature) }
    guard let calibration, calibration.network == network,
      let corrected = calibration.corrected(scores, embedding: glimpse.embedding ?? [])
    else { return base }
    return EmotionProbabilities(logits: corrected) ?? base
  }
}
