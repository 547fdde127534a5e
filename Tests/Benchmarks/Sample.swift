import Foundation

/// Measured values of one kind, in one unit.
struct Sample {
  private var values: [Double] = []

  init(_ values: [Double] = []) { self.values = values }

  mutating func add(_ value: Double) { values.append(value) }

  var count: Int { values.count }
  var median: Double { quantile(0.5) }

  /// The smallest value that at least this share of the values does not exceed (nearest rank);
  /// of fewer than a hundred values the 0.99 quantile is the largest. NaN without values.
  func quantile(_ share: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let rank = Int((share * Double(values.count)).rounded(.up))
    return values.sorted()[min(values.count, max(1, rank)) - 1]
  }

  /// Runs a body again and again and keeps what each run took, in milliseconds.
  static func times(_ count: Int, _ body: () -> Void) -> Sample {
    var sample = Sample()
    for _ in 0..<count {
      let start = ContinuousClock.now
      body()
      sample.add((ContinuousClock.now - start) / .milliseconds(1))
    }
    return sample
  }
}

/// Numbers as the table shows them: three figures that count.
enum Figure {
  static func milliseconds(_ value: Double) -> String { text(value) + " ms" }
  static func mebibytes(_ value: Double) -> String { text(value) + " MiB" }
  static func percent(_ value: Double) -> String { String(format: "%.2f %%", value) }
  static func ratio(_ value: Double) -> String { String(format: "%.2f", value) }

  static func text(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
    return String(format: "%.\(digits)f", value)
  }
}
