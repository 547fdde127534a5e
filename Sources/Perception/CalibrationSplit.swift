/// The samples of a calibration, cut by time: the earlier ones of each expression to learn from,
/// the later ones to judge by. No picture is on both sides, however often it was shown.
struct CalibrationSplit: Sendable {
  private(set) var fit: [CalibrationSample] = []
  private(set) var validation: [CalibrationSample] = []
  /// Those with enough frames, in FER2013's order.
  private(set) var expressions: [Emotion] = []
  /// All looks at the face at rest, where there are enough.
  private(set) var rest: [CalibrationSample] = []
  /// Looks at these expressions, with those that are on neither side.
  private(set) var count = 0
  /// Values in an embedding.
  let width: Int

  /// Share of the frames that judge.
  private static let judges = 0.3

  /// Skips samples that hold something that is no number, or another network's embedding.
  init(_ samples: [CalibrationSample]) throws(CalibrationFault) {
    let usable = samples.filter(\.isUsable)
    let width = usable.first?.embedding.count ?? 0
    self.width = width
    var most = 0
    for expression in Emotion.allCases {
      let shown = usable.filter { $0.expression == expression && $0.embedding.count == width }
        .differing
      most = max(most, shown.count)
      guard shown.count >= CalibrationFit.leastFrames else { continue }
      expressions.append(expression)
      count += shown.count
      if expression == .neutral { rest = shown }
      cut(Self.thinned(shown))
    }
    guard !expressions.isEmpty else { throw .tooFewFrames(most) }
  }

  /// A layer learns how expressions differ: with one alone there is nothing to learn.
  func allows(_ kind: CalibrationTrainer.Kind) -> Bool {
    kind == .shift || (expressions.count > 1 && width > 0)
  }

  /// Leaves out the frame between the parts: it looks like both.
  private mutating func cut(_ shown: [CalibrationSample]) {
    let judging = max(2, Int(Double(shown.count) * Self.judges))
    fit += shown.dropLast(judging + 1)
    validation += shown.suffix(judging)
  }

  private static func thinned(_ shown: [CalibrationSample]) -> [CalibrationSample] {
    let most = CalibrationFit.mostFrames
    guard shown.count > most else { return shown }
    return (0..<most).map { shown[$0 * shown.count / most] }
  }
}
