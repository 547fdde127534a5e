import COpenCV
import Perception

/// Learns HOG and SVM from lessons: one machine an emotion against all others, one machine a step,
/// then a temperature; and writes the weights if they are any good.
///
/// The same lessons in the same order and the same seed give the same file.
final class HogTraining: Activity {
  /// Of each emotion; fewer tell nothing of it.
  static let fewestFaces = 4

  private let lessons: HogLessons
  private let sent: Int
  private let path: String
  private var generator: SplitMix
  private let learned: [Int]
  private let heldOut: [Int]
  private var machines: [HogWeights.Machine] = []

  /// `sent` is how many lessons whoever asks has sent.
  init(_ lessons: HogLessons, sent: Int, path: String, seed: UInt64) {
    self.lessons = lessons
    self.sent = sent
    self.path = path
    generator = SplitMix(seed: seed)
    (learned, heldOut) = lessons.parts(&generator)
  }

  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
  {
    if machines.isEmpty {
      try refuseForgotten()
      try refuseTooFew()
    }
    machines.append(try machine(for: machines.count))
    reply(.training(Double(machines.count) / Double(Emotion.allCases.count)))
    guard machines.count == Emotion.allCases.count else { return .none }
    let (weights, evaluation) = try weights()
    let bytes = try HogFile.write(weights, to: path)
    reply(
      .trained(
        TrainingFigures(
          learned: learned.count, confusion: evaluation.confusion, accuracy: evaluation.accuracy,
          macroF1: evaluation.macroF1, calibrationError: evaluation.calibrationError ?? 0,
          temperature: Double(weights.temperature), bytes: bytes)))
    return .forever
  }

  /// An eye that was started between two lessons knows only the later ones.
  private func refuseForgotten() throws(EyeTrouble) {
    guard lessons.heard != sent else { return }
    throw Self.failure(
      "the eye was started again in between and knows \(lessons.heard) of \(sent) lessons; "
        + "train again")
  }

  private func refuseTooFew() throws(EyeTrouble) {
    let scarce = Emotion.allCases.indices.filter { emotion in
      learned.count { lessons.labels[$0] == emotion } < Self.fewestFaces
    }
    guard scarce.isEmpty else {
      let names = scarce.map { Emotion.allCases[$0].rawValue }.joined(separator: ", ")
      throw EyeTrouble(
        kind: .input,
        message: "too few faces of \(names): each of the seven emotions needs \(Self.fewestFaces) "
          + "to learn from")
    }
    guard !heldOut.isEmpty else {
      throw EyeTrouble(kind: .input, message: "no faces are held out to test on")
    }
  }

  /// The machine for one emotion. Of a rare one each face counts more than once, by the square root
  /// of how many others there are for each.
  private func machine(for emotion: Int) throws(EyeTrouble) -> HogWeights.Machine {
    let positives = learned.filter { lessons.labels[$0] == emotion }
    let others = Double(learned.count - positives.count)
    let repeats = max(1, Int((others / Double(positives.count)).squareRoot().rounded()))
    var rows = learned
    for _ in 1..<max(2, repeats) where repeats > 1 { rows += positives }
    rows.shuffle(using: &generator)
    let machine: HogWeights.Machine
    do {
      let (weights, bias) = try OpenCV.machine(
        from: lessons.values, columns: lessons.columns, rows: rows.map(Int32.init),
        positive: rows.map { lessons.labels[$0] == emotion }, settings: .standard(rows.count))
      machine = HogWeights.Machine(bias: bias, weights: weights)
    } catch {
      throw Self.failure(error.message)
    }
    guard machine.isFinite else { throw Self.failure("its numbers grew without bound") }
    return machine
  }

  /// What was learned, with its temperature, and how it fares; refuses what is no better than
  /// always saying the same.
  private func weights() throws(EyeTrouble) -> (HogWeights, EmotionEvaluation) {
    var weights = HogWeights(layout: lessons.layout, temperature: 1, machines: machines)
    let decisions = heldOut.map { weights.logits(for: lessons.row($0)) }
    let labels = heldOut.map { lessons.labels[$0] }
    weights.temperature = HogTemperature.fitted(to: decisions, labels)
    var evaluation = EmotionEvaluation()
    for (decision, label) in zip(decisions, labels) {
      let answer = EmotionProbabilities(
        logits: decision, temperature: Double(weights.temperature))
      evaluation.add(Emotion.allCases[label], answer: answer)
    }
    let recalls = Emotion.allCases.map { evaluation.figures(for: $0) }.filter { $0.count > 0 }
      .map(\.recall)
    guard recalls.count == 1 || recalls.reduce(0, +) > 1 else {
      throw Self.failure("on the held-out faces it is no better than guessing")
    }
    return (weights, evaluation)
  }

  private static func failure(_ reason: String) -> EyeTrouble {
    EyeTrouble(kind: .eye, message: "nothing was learned: \(reason); no file is written")
  }
}

extension emus_svm_settings {
  /// Chosen on FER2013's PublicTest: see the decision page.
  fileprivate static func standard(_ rows: Int) -> emus_svm_settings {
    emus_svm_settings(
      regularisation: 1e-3, step: 0.05, decay: 0.75,
      iterations: Int32(min(300_000, max(20_000, rows * 10))))
  }
}

/// Random numbers that are the same for the same seed: SplitMix64 (Steele, Lea, Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
