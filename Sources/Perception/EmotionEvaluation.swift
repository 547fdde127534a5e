/// How often a classifier is right on labelled faces, and how honest its confidence is.
///
/// A face that was not found has no answer: it is wrong in accuracy, recall and F1, and left out
/// of the calibration error. Abstention plays no part: what counts is the likeliest emotion.
package struct EmotionEvaluation: Equatable, Sendable {
  /// Bins of the calibration error, as usual in the literature.
  package static let bins = 15

  /// Rows are labels, columns what was said, both in the order of `Emotion.allCases`.
  ///
  /// A row sums to the faces of its label less those that were not found.
  package private(set) var confusion = Array(repeating: Array(repeating: 0, count: 7), count: 7)
  /// Faces without an answer, by their label.
  package private(set) var notFoundByLabel = Array(repeating: 0, count: 7)
  private var bins = Array(repeating: Bin(), count: Self.bins)

  private struct Bin: Equatable {
    var count = 0
    var right = 0
    var confidence = 0.0
  }

  package init() {}

  /// Counts one face; `answer` is nil where it was not found.
  package mutating func add(_ label: Emotion, answer: EmotionProbabilities?) {
    guard let answer else {
      notFoundByLabel[label.index] += 1
      return
    }
    confusion[label.index][answer.label.index] += 1
    let confidence = answer.confidence
    let place = min(Self.bins - 1, Int(confidence * Double(Self.bins)))
    bins[place].count += 1
    bins[place].confidence += confidence
    if answer.label == label { bins[place].right += 1 }
  }

  /// All labelled faces.
  package var count: Int { answered + notFound }

  package var notFound: Int { notFoundByLabel.reduce(0, +) }

  private var answered: Int { confusion.joined().reduce(0, +) }

  /// Share of all labelled faces whose likeliest emotion is their label, 0...1; 0 of none.
  package var accuracy: Double {
    Self.share(Emotion.allCases.map { confusion[$0.index][$0.index] }.reduce(0, +), of: count)
  }

  /// Mean of F1 over the labels that occur, 0...1; 0 where none does.
  package var macroF1: Double {
    let occurring = Emotion.allCases.map { figures(for: $0) }.filter { $0.count > 0 }
    guard !occurring.isEmpty else { return 0 }
    return occurring.map(\.f1).reduce(0, +) / Double(occurring.count)
  }

  /// How far confidence and accuracy lie apart, 0...1, bin by bin of the confidence, weighted by
  /// how many faces are in each; nil where no face was found.
  ///
  /// From Naeini, Cooper and Hauskrecht 2015, with equal bins of [k/15, (k+1)/15).
  package var calibrationError: Double? {
    guard answered > 0 else { return nil }
    return bins.map { abs($0.confidence - Double($0.right)) }.reduce(0, +) / Double(answered)
  }

  /// What is measured of one emotion.
  package struct ClassFigures: Equatable, Sendable {
    /// Faces of that label, found or not.
    package var count: Int
    package var notFound: Int
    /// Of the faces of which it was said, how many have the label; 0 where it was never said.
    package var precision: Double
    /// Of the faces of the label, of how many it was said; 0 where there are none.
    package var recall: Double
    /// The harmonic mean of both; 0 where both are.
    package var f1: Double
  }

  package func figures(for emotion: Emotion) -> ClassFigures {
    let index = emotion.index
    let right = confusion[index][index]
    let labelled = confusion[index].reduce(0, +) + notFoundByLabel[index]
    let said = confusion.map { $0[index] }.reduce(0, +)
    return ClassFigures(
      count: labelled, notFound: notFoundByLabel[index],
      precision: Self.share(right, of: said), recall: Self.share(right, of: labelled),
      f1: Self.share(2 * right, of: said + labelled))
  }

  private static func share(_ part: Int, of whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}

/// The value below which a share of values lies.
package enum Percentile {
  /// The nearest rank: the smallest value that at least `share` (0...1) of all are not above; nil
  /// of none.
  package static func of(_ values: [Double], _ share: Double) -> Double? {
    let sorted = values.sorted()
    let rank = Int((share * Double(sorted.count)).rounded(.up))
    return sorted.isEmpty ? nil : sorted[min(sorted.count, max(1, rank)) - 1]
  }
}

extension Emotion {
  /// Its place in FER2013's order.
  fileprivate var index: Int {
    switch self {
    case .angry: 0
    case .disgust: 1
    case .fear: 2
    case .happy: 3
    case .sad: 4
    case .surprise: 5
    case .neutral: 6
    }
  }
}
