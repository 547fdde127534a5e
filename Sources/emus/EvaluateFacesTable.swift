import Foundation
import Perception

/// What `evaluate faces` shows to people: the figures, then label against answer.
struct EvaluateFacesTable {
  private let measured: FacesMeasurement
  private var evaluation: EmotionEvaluation { measured.evaluation }

  private static let labels = 10
  private static let column = 9
  /// Of the confusion matrix, which is to fit into eighty columns.
  private static let narrow = 8

  init(_ measured: FacesMeasurement) { self.measured = measured }

  var text: String { (summary + [""] + perClass + [""] + confusion).joined(separator: "\n") }

  private var summary: [String] {
    let times = [0.5, 0.99].map { share in
      Percentile.of(measured.milliseconds, share).map { String(format: "%.2f", $0) } ?? "-"
    }
    return counts + [
      Self.row("accuracy", [Self.percent(evaluation.accuracy)]),
      Self.row("macro F1", [String(format: "%.3f", evaluation.macroF1)]),
      Self.row(
        "ECE",
        [
          evaluation.calibrationError.map {
            String(format: "%.3f (%d bins)", $0, EmotionEvaluation.bins)
          } ?? "-"
        ]),
      Self.row("ms a face", ["\(times[0]) half of them, \(times[1]) 99 in 100"]),
    ]
  }

  /// What was judged, and with which calibration.
  private var counts: [String] {
    let missed = evaluation.notFound
    let found = "\(evaluation.count)" + (missed > 0 ? ", \(missed) of them not found" : "")
    var rows = [Self.row("faces", [found])]
    let unreadable = measured.failed.count
    if unreadable > 0 {
      rows.append(Self.row("unreadable", ["\(unreadable), not among the faces"]))
    }
    if let user = measured.user { rows.append(Self.row("read with", ["\(user)'s calibration"])) }
    return rows
  }

  private var perClass: [String] {
    let head = Self.table("", ["n", "precision", "recall", "F1"])
    return [head]
      + Emotion.allCases.map { emotion in
        let figures = evaluation.figures(for: emotion)
        guard figures.count > 0 else { return Self.table(emotion.rawValue, ["0", "-", "-", "-"]) }
        return Self.table(
          emotion.rawValue,
          [
            "\(figures.count)", Self.percent(figures.precision), Self.percent(figures.recall),
            String(format: "%.3f", figures.f1),
          ])
      }
  }

  private var confusion: [String] {
    let showsMissed = evaluation.notFound > 0
    let head = Emotion.allCases.map(\.rawValue) + (showsMissed ? ["no face"] : [])
    let rows = zip(Emotion.allCases, zip(evaluation.confusion, evaluation.notFoundByLabel))
    return [Self.matrix("is\\said", head)]
      + rows.map { emotion, row in
        Self.matrix(emotion.rawValue, (row.0 + (showsMissed ? [row.1] : [])).map(String.init))
      }
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.2f %%", share * 100)
  }

  private static func row(_ label: String, _ cells: [String]) -> String {
    label.padding(toLength: labels, withPad: " ", startingAt: 0) + "  "
      + cells.joined(separator: "  ")
  }

  /// Columns of one width, flush right.
  private static func table(_ label: String, _ cells: [String]) -> String {
    row(label, cells.map { flushRight($0, column) })
  }

  private static func matrix(_ label: String, _ cells: [String]) -> String {
    ([label.padding(toLength: narrow, withPad: " ", startingAt: 0)]
      + cells.map { flushRight($0, narrow) }).joined(separator: " ")
  }

  private static func flushRight(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
