import Perception

/// What `evaluate faces --json` prints.
struct EvaluateFacesResult: Encodable {
  struct ClassFigures: Encodable {
    var n: Int
    var notFound: Int
    /// Null, like recall and F1, where no face has the label.
    var precision: Double?
    var recall: Double?
    var f1: Double?

    init(_ figures: EmotionEvaluation.ClassFigures) {
      n = figures.count
      notFound = figures.notFound
      guard n > 0 else { return }
      (precision, recall, f1) = (figures.precision, figures.recall, figures.f1)
    }

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(n, forKey: .n)
      try keys.encode(notFound, forKey: .notFound)
      try keys.encode(precision, forKey: .precision)
      try keys.encode(recall, forKey: .recall)
      try keys.encode(f1, forKey: .f1)
    }

    private enum CodingKeys: String, CodingKey { case n, notFound, precision, recall, f1 }
  }

  /// Null where no face was found.
  struct Milliseconds: Encodable {
    var p50: Double?
    var p99: Double?

    func encode(to encoder: any Encoder) throws {
      var keys = encoder.container(keyedBy: CodingKeys.self)
      try keys.encode(p50, forKey: .p50)
      try keys.encode(p99, forKey: .p99)
    }

    private enum CodingKeys: String, CodingKey { case p50, p99 }
  }

  /// Null without `--user`, and where that listener has no calibration.
  var user: String?
  /// Faces that were judged, found or not.
  var n: Int
  var notFound: Int
  /// Labelled rows and files that cannot be read, which are not in `n`.
  var unreadable: Int
  var accuracy: Double
  /// The mean of F1 over the emotions that occur among the labels.
  var macroF1: Double
  /// Null where no face was found.
  var ece: Double?
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
    unreadable = measured.unreadable
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

  func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(user, forKey: .user)
    try keys.encode(n, forKey: .n)
    try keys.encode(notFound, forKey: .notFound)
    try keys.encode(unreadable, forKey: .unreadable)
    try keys.encode(accuracy, forKey: .accuracy)
    try keys.encode(macroF1, forKey: .macroF1)
    try keys.encode(ece, forKey: .ece)
    try keys.encode(perClass, forKey: .perClass)
    try keys.encode(confusion, forKey: .confusion)
    try keys.encode(msPerFace, forKey: .msPerFace)
  }

  private enum CodingKeys: String, CodingKey {
    case user, n, notFound, unreadable, accuracy, macroF1, ece, perClass, confusion, msPerFace
  }
}
