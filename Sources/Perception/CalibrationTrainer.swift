/// Finds a shift, or a shift with a small layer, by Adam (Kingma and Ba 2015) on all frames at
/// once, and stops early where the judging frames are read worse again.
///
/// It starts at no correction and is pulled back to it: few frames of one evening must not undo
/// what the network learnt from thousands of faces.
struct CalibrationTrainer: Sendable {
  enum Kind: CaseIterable, Sendable { case shift, layer }

  private struct Row: Sendable {
    var scores: [Double]
    /// Centred, and scaled so that its square sums to 1 on average.
    var features: [Double]
    var target: [Double]
    var weight: Double
  }

  private static let classes = Emotion.allCases.count
  private static let mostEpochs = 200
  private static let patience = 25
  /// Strength of the pull towards 0.
  private static let decayOfShift = 0.02
  private static let decayOfLayer = 0.05

  private let split: CalibrationSplit
  private let network: String
  private let rows: [Row]
  private let features: CalibrationFeatures
  private var shift: AdamVector
  private var layer: AdamVector

  init(_ split: CalibrationSplit, kind: Kind, network: String) {
    self.split = split
    self.network = network
    let features = CalibrationFeatures(kind == .layer ? split.fit.map(\.embedding) : [])
    self.features = features
    rows = split.fit.map { sample in
      let equals = split.fit.count { $0.expression == sample.expression }
      return Row(
        scores: sample.scores.map(Double.init), features: features.of(sample.embedding),
        target: CalibrationTarget.of(sample, among: split.expressions),
        weight: 1 / Double(equals * split.expressions.count))
    }
    shift = AdamVector(count: Self.classes, rate: 0.05)
    layer = AdamVector(count: Self.classes * features.width, rate: 0.03)
  }

  /// The correction that read the judging frames best; nil where that was none.
  mutating func run() -> EmotionCalibration? {
    var best: EmotionCalibration?
    var least = CalibrationScore(split.validation, with: nil).loss
    var sinceBest = 0
    for _ in 0..<Self.mostEpochs where sinceBest < Self.patience {
      step()
      let now = correction()
      let loss = now.map { CalibrationScore(split.validation, with: $0).loss } ?? .infinity
      sinceBest += 1
      guard loss < least else { continue }
      (best, least, sinceBest) = (now, loss, 0)
    }
    return best
  }

  private mutating func step() {
    var shiftSlope = shift.values.map { Self.decayOfShift * $0 }
    var layerSlope = layer.values.map { Self.decayOfLayer * $0 }
    for row in rows {
      let probabilities = Softmax.of(scores(of: row))
      for index in 0..<Self.classes {
        let error = row.weight * (probabilities[index] - row.target[index])
        shiftSlope[index] += error
        let start = index * features.width
        // The layer speaks for what was shown and for nothing else.
        guard features.width > 0, split.expressions.contains(Emotion.allCases[index]) else {
          continue
        }
        for column in 0..<features.width {
          layerSlope[start + column] += error * row.features[column]
        }
      }
    }
    shift.step(against: shiftSlope)
    layer.step(against: layerSlope)
    shift.clamp { CalibrationTarget.limits(of: Emotion.allCases[$0], among: split.expressions) }
  }

  private func scores(of row: Row) -> [Double] {
    (0..<Self.classes).map { index in
      var sum = row.scores[index] + shift.values[index]
      let start = index * features.width
      for column in 0..<features.width {
        sum += layer.values[start + column] * row.features[column]
      }
      return sum
    }
  }

  /// The correction for embeddings as the network gives them.
  private func correction() -> EmotionCalibration? {
    var bias = shift.values
    for index in 0..<Self.classes {
      for column in 0..<features.width {
        bias[index] -= layer.values[index * features.width + column] * features.offset(column)
      }
    }
    return EmotionCalibration(
      network: network, width: split.width, bias: bias.map { Float($0) },
      weights: layer.values.map { Float($0 / features.scale) })
  }
}

/// What the network is to answer for a sample, and how far a shift may go.
enum CalibrationTarget {
  /// The probability that is asked for what was shown. A resting face alone is asked for less:
  /// the network shall not call everything neutral from then on. The decision page has the trade.
  static let sure = 0.85
  static let atRest = 0.6

  /// The rest is shared as the network shares it, so that what was not shown keeps its meaning;
  /// an answer that is good enough stays.
  static func of(_ sample: CalibrationSample, among expressions: [Emotion]) -> [Double] {
    let wanted = expressions == [.neutral] ? atRest : sure
    let scores = Softmax.of(sample.scores.map(Double.init))
    let shown = Emotion.allCases.firstIndex(of: sample.expression) ?? 0
    guard scores[shown] < wanted else { return scores }
    let others = max(1e-12, 1 - scores[shown])
    return scores.indices.map { index in
      index == shown ? wanted : (1 - wanted) * scores[index] / others
    }
  }

  /// A smile of which the fit has seen nothing must stay easy to see.
  static func limits(of emotion: Emotion, among expressions: [Emotion]) -> ClosedRange<Double> {
    if expressions.contains(emotion) { return -1.5...1.5 }
    return emotion == .happy ? -0.5...0.25 : -1.5...0.25
  }
}
