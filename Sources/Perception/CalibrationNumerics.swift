/// Embeddings made comparable: centred on their mean, and of mean square length 1.
struct CalibrationFeatures: Sendable {
  let width: Int
  /// By which the centred values are divided, above 0.
  let scale: Double
  private let mean: [Double]

  /// Without embeddings there are no features.
  init(_ embeddings: [[Float]]) {
    width = embeddings.first?.count ?? 0
    let count = Double(max(1, embeddings.count))
    var mean = Array(repeating: 0.0, count: width)
    for embedding in embeddings {
      for (column, value) in embedding.enumerated() { mean[column] += Double(value) / count }
    }
    var squares = 0.0
    for embedding in embeddings {
      for (column, value) in embedding.enumerated() {
        let distance = Double(value) - mean[column]
        squares += distance * distance / count
      }
    }
    self.mean = mean
    let length = squares.squareRoot()
    scale = length.isFinite && length > 1e-9 ? length : 1
  }

  func of(_ embedding: [Float]) -> [Double] {
    (0..<width).map { (Double(embedding[$0]) - mean[$0]) / scale }
  }

  /// What the mean of a column is once it is scaled.
  func offset(_ column: Int) -> Double { mean[column] / scale }
}

/// Numbers that walk down a slope (Adam, Kingma and Ba 2015, algorithm 1).
struct AdamVector: Sendable {
  private(set) var values: [Double]
  private let rate: Double
  private var first: [Double]
  private var second: [Double]
  private var decayOfFirst = 1.0
  private var decayOfSecond = 1.0

  init(count: Int, rate: Double) {
    values = Array(repeating: 0, count: count)
    first = values
    second = values
    self.rate = rate
  }

  mutating func step(against slope: [Double]) {
    decayOfFirst *= 0.9
    decayOfSecond *= 0.999
    for index in values.indices {
      first[index] = 0.9 * first[index] + 0.1 * slope[index]
      second[index] = 0.999 * second[index] + 0.001 * slope[index] * slope[index]
      let mean = first[index] / (1 - decayOfFirst)
      let spread = (second[index] / (1 - decayOfSecond)).squareRoot()
      values[index] -= rate * mean / (spread + 1e-8)
    }
  }

  mutating func clamp(to limits: (Int) -> ClosedRange<Double>) {
    for index in values.indices {
      let range = limits(index)
      values[index] = min(range.upperBound, max(range.lowerBound, values[index]))
    }
  }
}

/// The softmax of any finite scores.
enum Softmax {
  static func of(_ scores: [Double]) -> [Double] {
    let largest = scores.max() ?? 0
    let weights = scores.map { Exponential.of($0 - largest) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
