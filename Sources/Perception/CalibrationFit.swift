import Glibc

/// Learns a listener's correction from samples of shown expressions, and takes it only where it
/// reads frames better on which it was not fitted.
///
/// The later frames of each expression judge, since neighbouring frames are alike. Two
/// corrections are tried, a shift alone and a shift with a layer on the embedding; the better one
/// wins where it beats the bare network. The judges say when to stop and which correction to take
/// too, so that what is told of them flatters it a little, the more the fewer they are. What cannot
/// be right is refused (`CalibrationRefusal`). Nothing is drawn at random: the same samples give the
/// same correction. It keeps nothing and reads no clock.
package enum CalibrationFit {
  /// Frames of one expression, or pictures, that are needed at least: three teach and two judge,
  /// with one between them.
  package static let leastFrames = 6
  /// More frames of one expression than this are thinned out evenly.
  static let mostFrames = 45
  /// By how much the loss has to fall, lest a correction be stored for nothing.
  private static let leastGain = 1e-3

  package static func run(
    _ samples: [CalibrationSample], network: String
  ) throws(CalibrationFault) -> CalibrationOutcome {
    let split = try CalibrationSplit(samples)
    let before = CalibrationScore(split.validation, with: nil)
    let posed = CalibrationRefusal.ofRest(split.rest)
    let best = posed == nil ? best(for: split, network: network, before: before) : nil
    let right = (best?.score ?? before).right
    let refusal = posed ?? (right < CalibrationRefusal.leastRight ? .stillWrong : nil)
    let kept = refusal == nil ? best : nil
    return CalibrationOutcome(
      calibration: kept?.calibration, refusal: refusal, before: before,
      after: kept?.score ?? before, expressions: split.expressions, frames: split.count)
  }

  /// The better of the corrections that beat the bare network; nil where none does.
  private static func best(
    for split: CalibrationSplit, network: String, before: CalibrationScore
  ) -> (calibration: EmotionCalibration, score: CalibrationScore)? {
    var best: (calibration: EmotionCalibration, score: CalibrationScore)?
    for kind in CalibrationTrainer.Kind.allCases where split.allows(kind) {
      var trainer = CalibrationTrainer(split, kind: kind, network: network)
      guard let found = trainer.run() else { continue }
      let score = CalibrationScore(split.validation, with: found)
      guard score.loss < (best?.score.loss ?? before.loss) - leastGain,
        score.right >= before.right
      else { continue }
      best = (found, score)
    }
    return best
  }
}

/// What a fit came to.
package struct CalibrationOutcome: Equatable, Sendable {
  /// Nil where no correction was better than none, and where it was refused.
  package var calibration: EmotionCalibration?
  package var refusal: CalibrationRefusal?
  /// On the frames that judged, without the correction and with the one that is taken; the same
  /// where none is.
  package var before: CalibrationScore
  package var after: CalibrationScore
  /// The expressions of which there were enough clear frames.
  package var expressions: [Emotion]
  /// Clear looks at them that differ. Of each expression one between those that taught and those
  /// that judged did neither.
  package var frames: Int
}

/// Why nothing could be learnt at all.
package enum CalibrationFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// Clear looks that differ, of the expression that was seen most.
  case tooFewFrames(Int)
  /// Pictures that differ and show one expression clearly.
  case tooFewPictures(Emotion, Int)

  package var description: String {
    switch self {
    case .tooFewFrames(let count):
      "\(count) of the \(CalibrationFit.leastFrames) clear looks that are needed, each a different one: "
        + "sit in the light, look at the screen, and try again"
    case .tooFewPictures(let expression, let count):
      "\(expression.rawValue) is clear in \(count == 1 ? "1 picture" : "\(count) pictures"), "
        + "\(CalibrationFit.leastFrames) different ones are needed: some teach, others judge"
    }
  }
}

/// How well frames are read whose expression is known; every expression counts the same.
package struct CalibrationScore: Equatable, Sendable {
  /// Mean negative natural logarithm of the probability of what was shown.
  package var loss: Double
  /// Share of the frames whose likeliest emotion is what was shown, 0...1.
  package var right: Double

  init(_ samples: [CalibrationSample], with calibration: EmotionCalibration?) {
    var losses: [Emotion: (sum: Double, right: Double, count: Double)] = [:]
    for sample in samples {
      let corrected = calibration?.corrected(sample.scores, embedding: sample.embedding)
      guard let seen = EmotionProbabilities(logits: corrected ?? sample.scores) else { continue }
      var entry = losses[sample.expression] ?? (0, 0, 0)
      entry.sum -= log(max(seen[sample.expression], 1e-12))
      entry.right += seen.label == sample.expression ? 1 : 0
      entry.count += 1
      losses[sample.expression] = entry
    }
    // In one order, since sums of rounded numbers hang on it.
    let shown = Emotion.allCases.compactMap { losses[$0] }
    let count = Double(max(1, shown.count))
    loss = shown.reduce(0) { $0 + $1.sum / $1.count } / count
    right = shown.reduce(0) { $0 + $1.right / $1.count } / count
  }
}
