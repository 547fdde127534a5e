import Glibc

/// The number by which decisions are divided so that their softmax is as sure as it is right
/// (temperature scaling, Guo et al. 2017): the one that makes the labels likeliest.
enum HogTemperature {
  /// Beyond these the softmax is even, or certain, whatever the decisions.
  private static let range = 1e-3...1e3

  /// Of decisions of seven machines and the places of their labels in `Emotion.allCases`.
  static func fitted(to decisions: [[Float]], _ labels: [Int]) -> Float {
    // The cost has one valley along the inverse temperature: golden sections, on its logarithm.
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (log(range.lowerBound), log(range.upperBound))
    for _ in 0..<60 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      if cost(exp(left), decisions, labels) < cost(exp(right), decisions, labels) {
        high = right
      } else {
        low = left
      }
    }
    return Float(exp((low + high) / 2))
  }

  /// The mean of minus the logarithm of the labels' probabilities.
  static func cost(_ temperature: Double, _ decisions: [[Float]], _ labels: [Int]) -> Double {
    let sum = zip(decisions, labels).reduce(0.0) { sum, pair in
      let scaled = pair.0.map { Double($0) / temperature }
      let largest = scaled.max() ?? 0
      let total = scaled.reduce(0) { $0 + exp($1 - largest) }
      return sum + log(total) + largest - scaled[pair.1]
    }
    return sum / Double(max(1, labels.count))
  }
}
