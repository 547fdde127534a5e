import Foundation
import Perception

/// What `train hog` prints: with `--json` this object, to people some lines.
struct TrainHogResult: Encodable {
  struct ClassFigures: Encodable {
    /// Held-out faces of the emotion.
    var n: Int
    /// Null where there are none.
    @OrNull var recall: Double?
  }

  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  var bytes: Int
  var learned: Int
  var heldOut: Int
  var notFound: Int
  /// What could not be read.
  var failed: [Omission]
  /// On the held-out faces, as in `evaluate faces`.
  var accuracy: Double
  var macroF1: Double
  var ece: Double
  var perClass: [String: ClassFigures]
  var confusion: [[Int]]
  var temperature: Double
  var seconds: Double

  init(
    file: String, _ figures: TrainingFigures, notFound: Int, failed: [Omission], seconds: Double
  ) {
    let path = PathOutput(file)
    (self.file, fileBytes) = (path.text, path.bytes)
    bytes = figures.bytes
    learned = figures.learned
    heldOut = figures.heldOut
    self.notFound = notFound
    self.failed = failed
    accuracy = figures.accuracy
    macroF1 = figures.macroF1
    ece = figures.calibrationError
    perClass = Dictionary(
      uniqueKeysWithValues: zip(Emotion.allCases, figures.confusion).enumerated().map {
        index, pair in
        let count = pair.1.reduce(0, +)
        let recall = count > 0 ? Double(pair.1[index]) / Double(count) : nil
        return (pair.0.rawValue, ClassFigures(n: count, recall: recall))
      })
    confusion = figures.confusion
    temperature = figures.temperature
    self.seconds = seconds
  }

  var text: String {
    let recalls = Emotion.allCases.map { emotion in
      let name = emotion.rawValue.padding(toLength: 10, withPad: " ", startingAt: 0)
      let figures = perClass[emotion.rawValue]
      let recall = figures?.recall.map { String(format: "%.2f %%", $0 * 100) } ?? "-"
      return "  \(name)  \(recall) of \(figures?.n ?? 0)"
    }
    return
      ([
        "learned from \(learned) faces in \(Int(seconds.rounded())) s",
        String(
          format: "accuracy    %.2f %% of %d held-out faces", accuracy * 100, heldOut),
        String(format: "macro F1    %.3f", macroF1),
        String(format: "ECE         %.3f (temperature %.3f)", ece, temperature),
        "recall",
      ] + recalls + ["written: \(file), \(bytes) bytes"]).joined(separator: "\n")
  }
}
