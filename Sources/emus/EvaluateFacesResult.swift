import Perception

/// What `evaluate faces --json` prints.
struct EvaluateFacesResult: Encodable {
  struct ClassFigures: Encodable {
    var n: Int
    var notFound: Int
    /// Null, like recall and F1, where no face has the label.
    @OrNull var precision: Double? = nil
    @OrNull var recall: Double? = nil
    @OrNull var f1: Double? = nil

    init(_ figures: EmotionEvaluation.ClassFigures) {
      n = figures.count
      notFound = figures.notFound
      guard n > 0 else { return }
      (precision, recall, f1) = (figures.precision, figures.recall, figures.f1)
    }
  }

  /// Null where no face was found.
  struct Milliseconds: Encodable {
    @OrNull var p50: Double?
    @OrNull var p99: Double?
  }

  /// Null without `--user`, and where that listener has no calibration.
  @OrNull var user: String?
  /// Faces that were judged, found or not.
  var n: Int
  var notFound: Int
  /// Labelled rows and files that cannot be read, which are not in `n`.
  var unreadable: Int
  /// Each of them.
  var failed: [Omission]
  var accuracy: Double
  /// The mean of F1 over the emotions that occur among the labels.
  var macroF1: Double
  /// Null where no face was found.
  @OrNull var ece: Double?
  var perClass: [String: ClassFigures]
  /// Rows are labels, columns what was said, in FER2013's order; a row sums to its class's `n` less
  /// its `not_found`.
  var confusion: [[Int]]
  var msPerFace: Milliseconds

  init(_ measured: FacesMeasurement) {
    let evaluation = measured.evaluation
    user = measured.user
    n = evaluation.count
    notFound = evaluation.notFound
    unreadable = measured.failed.count
    failed = measured.failed
    accuracy = evaluation.accuracy
    macroF1 = evaluation.macroF1
    ece = evaluation.calibrationError
    perClass = Dictionary(
      uniqueKeysWithValues: Emotion.allCases.map {
        ($0.rawValue, ClassFigures(evaluation.figures(for: $0)))
      })
    confusion = evaluation.confusion
    msPerFace = Milliseconds(
      p50: Percentile.of(measured.milliseconds, 0.5),
      p99: Percentile.of(measured.milliseconds, 0.99))
  }
}
