import Perception

/// What `evaluate faces --json` prints.
struct EvaluateFacesResult: Encodable {
  struct ClassFigures: Encodable {
    var n: Int
    var notFound: Int
    var precision: Double
    var recall: Double
    var f1: Double
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

  var n: Int
  var notFound: Int
  var accuracy: Double
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
    n = evaluation.count
    notFound = evaluation.notFound
    accuracy = evaluation.accuracy
    macroF1 = evaluation.macroF1
    ece = evaluation.calibrationError
    perClass = Dictionary(
      uniqueKeysWithValues: Emotion.allCases.map { emotion in
        let figures = evaluation.figures(for: emotion)
        return (
          emotion.rawValue,
          ClassFigures(
            n: figures.count, notFound: figures.notFound, precision: figures.precision,
            recall: figures.recall, f1: figures.f1)
        )
      })
    confusion = evaluation.confusion
    msPerFace = Milliseconds(
      p50: Percentile.of(measured.milliseconds, 0.5),
      p99: Percentile.of(measured.milliseconds, 0.99))
  }

  func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(n, forKey: .n)
    try keys.encode(notFound, forKey: .notFound)
    try keys.encode(accuracy, forKey: .accuracy)
    try keys.encode(macroF1, forKey: .macroF1)
    try keys.encode(ece, forKey: .ece)
    try keys.encode(perClass, forKey: .perClass)
    try keys.encode(confusion, forKey: .confusion)
    try keys.encode(msPerFace, forKey: .msPerFace)
  }

  private enum CodingKeys: String, CodingKey {
    case n, notFound, accuracy, macroF1, ece, perClass, confusion, msPerFace
  }
}
