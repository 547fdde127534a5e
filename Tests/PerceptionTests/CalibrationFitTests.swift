import TestSupport
import Testing

@testable import Perception

@Suite("Calibration fit")
struct CalibrationFitTests {
  @Test("Two expressions whose embeddings differ are told apart afterwards")
  func learns() throws {
    var listener = SyntheticListener(seed: 3, width: 16)
    let samples = listener.show([.neutral, .sad], frames: 30, confusion: 1.5)
    let outcome = try CalibrationFit.run(samples, network: "n")
    let calibration = try #require(outcome.calibration)
    #expect(!calibration.weights.isEmpty)
    #expect(outcome.after.loss < outcome.before.loss * 0.7)
    #expect(outcome.after.right > outcome.before.right)
    #expect(outcome.expressions == [.sad, .neutral])
    // Frames of a later evening, which took no part in anything.
    let later = listener.show([.neutral, .sad], frames: 30, confusion: 1.5)
    #expect(
      CalibrationScore(later, with: calibration).loss < CalibrationScore(later, with: nil).loss)
  }

  @Test("The frames that judge are never read worse than without", arguments: 0..<200)
  func neverWorse(seed: UInt64) throws {
    var listener = SyntheticListener(seed: seed, width: 1 + Int(seed % 4))
    let count = 1 + Int(seed % 4)
    let shown = Array(Emotion.allCases.shuffled(using: &listener.generator).prefix(count))
    let samples = listener.show(
      shown, frames: 6 + Int(seed % 5), confusion: Double(seed % 5) - 1, drift: Double(seed % 3))
    let outcome = try CalibrationFit.run(samples, network: "n")
    #expect(outcome.after.loss <= outcome.before.loss)
    #expect(outcome.after.right >= outcome.before.right)
    let judges = try CalibrationSplit(samples).validation
    #expect(CalibrationScore(judges, with: outcome.calibration) == outcome.after)
    if outcome.calibration == nil { #expect(outcome.after == outcome.before) }
  }

  @Test("A face at rest that leans to angry becomes neutral; a later smile stays a smile")
  func restingFace() throws {
    var samples: [CalibrationSample] = []
    for time in moments(3, rate: 15) {
      let lean = Float(0.1 * (time - 1.5))
      samples.append(.init([1.6 + lean, 0, 0, 0.4, 0.5, 0, 0.9], .neutral, at: time))
    }
    let outcome = try CalibrationFit.run(samples, network: "n")
    let calibration = try #require(outcome.calibration)
    #expect(outcome.before.right == 0 && outcome.after.right == 1)
    #expect(calibration.weights.isEmpty)
    #expect(calibration.bias.allSatisfy { (-1.5...1.5).contains($0) })
    var settings = MoodSettings()
    settings.network = "n"
    settings.calibration = calibration
    for strength in [3, 4, 6] as [Float] {
      var smile = Glimpse.of(.happy, at: 0, strength: strength)
      smile.embedding = [0]
      #expect(settings.probabilities(of: smile)?.label == .happy)
    }
    var anger = Glimpse.of(.angry, at: 0, strength: 6)
    anger.embedding = [0]
    #expect(settings.probabilities(of: anger)?.label == .angry)
  }

  @Test("A face at rest that reads as neutral already changes nothing")
  func nothingToDo() throws {
    let samples = moments(3, rate: 15).map {
      CalibrationSample([0, 0, 0, 0, 0, 0, 4 + Float($0) / 100], .neutral, at: $0)
    }
    let outcome = try CalibrationFit.run(samples, network: "n")
    #expect(outcome.calibration == nil)
    #expect(outcome.after == outcome.before)
  }

  /// Looks for three seconds at a face at rest that the network takes for `taken`.
  private func atRest(
    _ taken: Emotion, _ score: Float, where isTaken: (Int) -> Bool = { _ in true }
  ) -> [CalibrationSample] {
    moments(3, rate: 15).enumerated().map { place, time in
      var scores = Emotion.allCases.map { $0 == .neutral ? 0.4 + Float(time) / 100 : -1 }
      if isTaken(place), let index = Emotion.allCases.firstIndex(of: taken) {
        scores[index] = score
      }
      return CalibrationSample(scores, .neutral, at: time)
    }
  }

  @Test(
    "A face that the network is sure shows something else than rest is refused as no resting one",
    arguments: [Emotion.happy, .surprise, .fear, .disgust])
  func posed(emotion: Emotion) throws {
    let outcome = try CalibrationFit.run(atRest(emotion, 2.6), network: "n")
    #expect(outcome.refusal == .notAtRest(emotion))
    #expect(outcome.calibration == nil && outcome.after == outcome.before)
    // In a few of the looks, or without sureness, it may be the network's mistake.
    let rarely = try CalibrationFit.run(atRest(emotion, 2.6) { $0 % 4 != 0 }, network: "n")
    #expect(rarely.refusal != .notAtRest(emotion))
    let faint = try CalibrationFit.run(atRest(emotion, 1.2), network: "n")
    #expect(faint.refusal == nil)
  }

  @Test(
    "A resting face that is taken for an angry or sad one is learnt, however sure the network is",
    arguments: [Emotion.angry, .sad])
  func restTakenFor(emotion: Emotion) throws {
    let samples = atRest(emotion, 2.6)
    let seen = try #require(EmotionProbabilities(logits: samples[0].scores))
    #expect(seen.label == emotion && seen.confidence > CalibrationRefusal.sure)
    let outcome = try CalibrationFit.run(samples, network: "n")
    #expect(outcome.refusal == nil)
    #expect(outcome.before.right == 0 && outcome.after.right == 1)
    #expect(outcome.calibration != nil)
  }

  @Test("A resting face alone leaves a clear emotion what it is")
  func restLeavesTheOthers() throws {
    let outcome = try CalibrationFit.run(atRest(.sad, 1), network: "n")
    let calibration = try #require(outcome.calibration)
    #expect(outcome.before.right == 0 && outcome.after.right == 1)
    let clear = CalibrationSample(
      Emotion.allCases.map { $0 == .sad ? 2.3 : $0 == .neutral ? 0.4 : -1 }, .sad, at: 9)
    let scores = calibration.corrected(clear.scores, embedding: clear.embedding)
    #expect(scores.flatMap { EmotionProbabilities(logits: $0) }?.label == .sad)
  }

  @Test("What would be read wrongly all the same is refused, and is no success")
  func stillWrong() throws {
    let outcome = try CalibrationFit.run(atRest(.angry, 9), network: "n")
    #expect(outcome.refusal == .stillWrong)
    #expect(outcome.calibration == nil && outcome.after == outcome.before)
    #expect(outcome.before.right == 0)
  }

  @Test("Every look that counts is counted, also the one between the parts")
  func counted() throws {
    #expect(try CalibrationFit.run(Array(atRest(.sad, 1).prefix(6)), network: "n").frames == 6)
  }

  @Test("The same samples give the same correction, in any order")
  func deterministic() throws {
    var listener = SyntheticListener(seed: 9, width: 5)
    let samples = listener.show([.neutral, .happy, .surprise], frames: 12, confusion: 1)
    let first = try CalibrationFit.run(samples, network: "n")
    #expect(first.calibration != nil)
    #expect(try CalibrationFit.run(samples, network: "n") == first)
    #expect(try CalibrationFit.run(samples.reversed(), network: "n") == first)
  }

  @Test("What is no number is skipped; too few frames are a fault that says what to do")
  func badNumbers() throws {
    var listener = SyntheticListener(seed: 1, width: 4)
    let good = listener.show([.neutral, .sad], frames: 20, confusion: 1)
    var samples = good
    for bad in [Float.nan, .infinity, -.infinity] {
      samples.append(.init([1, 0, 0, 0, 0, 0, 0], .neutral, at: 5, embedding: [0, bad, 0, 0]))
      samples.append(.init([bad, 0, 0, 0, 0, 0, 0], .sad, at: 5, embedding: [0, 0, 0, 0]))
      samples.append(
        .init([1, 0, 0, 0, 0, 0, 0], .sad, at: Double(bad), embedding: [0, 0, 0, 0]))
    }
    samples.append(.init([1, 0], .sad, at: 5, embedding: [0, 0, 0, 0]))
    samples.append(.init([1, 0, 0, 0, 0, 0, 0], .sad, at: 5, embedding: [0]))
    #expect(
      try CalibrationFit.run(samples, network: "n") == CalibrationFit.run(good, network: "n"))
    #expect(throws: CalibrationFault.tooFewFrames(0)) {
      try CalibrationFit.run([], network: "n")
    }
    #expect(throws: CalibrationFault.tooFewFrames(1)) {
      try CalibrationFit.run([good[0]], network: "n")
    }
    #expect("\(CalibrationFault.tooFewFrames(1))".contains("try again"))
  }

  @Test("A picture never judges what was learnt from it, however often it is shown")
  func pictures() throws {
    var listener = SyntheticListener(seed: 4, width: 6)
    let shown = listener.show([.neutral, .sad], frames: 8, confusion: 1)
    // As a folder is shown in a loop: each picture three times, the whole folder four times.
    let repeated = (0..<12).flatMap { turn in
      shown.map { sample in
        var again = sample
        again.time += Double(turn / 3) * 200 + Double(turn % 3) / 200
        return again
      }
    }
    let split = try CalibrationSplit(repeated.shuffled(using: &listener.generator))
    let taught = Set(split.fit.map(\.embedding))
    let judges = Set(split.validation.map(\.embedding))
    #expect(taught.isDisjoint(with: judges))
    #expect(split.fit.count == 2 * 5 && split.validation.count == 2 * 2)
    #expect(
      try CalibrationFit.run(repeated, network: "n") == CalibrationFit.run(shown, network: "n"))
    // Five pictures are too few, though they were seen sixty times.
    let few = repeated.filter { sample in
      shown.prefix(5).contains { $0.embedding == sample.embedding }
    }
    #expect(throws: CalibrationFault.tooFewFrames(5)) { try CalibrationFit.run(few, network: "n") }
    #expect("\(CalibrationFault.tooFewPictures(.sad, 5))".contains("6 different ones are needed"))
  }

  @Test("Enormous scores and embeddings make no correction that is not a number")
  func enormous() throws {
    let samples = (0..<24).map { place in
      CalibrationSample(
        [3e30, -3e30, 0, 0, 0, 0, Float(place)], place < 12 ? .neutral : .sad,
        at: Double(place), embedding: [place < 12 ? 3e37 : -3e37, 0])
    }
    let outcome = try CalibrationFit.run(samples, network: "n")
    #expect(outcome.after.loss.isFinite)
    #expect(outcome.after.loss <= outcome.before.loss)
  }

  @Test("Later frames judge: what only the first ones show is not believed")
  func byTime() throws {
    // Angry for neutral at first; then the network is right, and a shift would hurt.
    let samples = (0..<40).map { place in
      CalibrationSample(
        place < 12 ? [1, 0, 0, 0, 0, 0, 0] : [1, 0, 0, 0, 0, 0, 9], .neutral,
        at: Double(place) / 15, embedding: [Float(place) / 100])
    }
    let split = try CalibrationSplit(samples)
    #expect((split.fit.map(\.time).max() ?? 9) < (split.validation.map(\.time).min() ?? 0))
    #expect(try CalibrationFit.run(samples, network: "n").calibration == nil)
  }
}

@Suite("Emotion calibration")
struct EmotionCalibrationTests {
  private let shift: [Float] = [-9, 0, 0, 0, 0, 0, 1]

  @Test("Counts that do not fit and values that are no numbers make none")
  func invalid() {
    func make(_ width: Int, _ bias: [Float], _ weights: [Float]) -> EmotionCalibration? {
      EmotionCalibration(network: "n", width: width, bias: bias, weights: weights)
    }
    #expect(make(2, shift, Array(repeating: 0, count: 14)) != nil)
    #expect(make(2, shift, []) != nil)
    #expect(make(2, shift, Array(repeating: 0, count: 13)) == nil)
    #expect(make(-1, shift, []) == nil)
    #expect(make(1_000_000_000_000, shift, []) == nil)
    #expect(make(0, [1], []) == nil)
    #expect(make(0, Array(repeating: .nan, count: 7), []) == nil)
    #expect(make(1, shift, Array(repeating: .infinity, count: 7)) == nil)
  }

  @Test("No score is moved by more than the limit")
  func limit() throws {
    let calibration = try #require(
      EmotionCalibration(network: "n", width: 1, bias: shift, weights: [0, 9, 0, 0, 0, 0, 0]))
    let correction = try #require(calibration.correction(of: [1e6]))
    #expect(correction == [-2.5, 2.5, 0, 0, 0, 0, 1])
    #expect(calibration.correction(of: [.nan]) == nil)
    #expect(calibration.correction(of: [0, 0]) == nil)
  }

  @Test("Another network's correction is passed over, by name and by width")
  func otherNetwork() throws {
    var glimpse = Glimpse.of(.angry, at: 0, strength: 1)
    glimpse.embedding = [1]
    var settings = MoodSettings()
    let base = settings.probabilities(of: glimpse)
    settings.calibration = EmotionCalibration(network: "n", width: 1, bias: shift, weights: [])
    #expect(settings.probabilities(of: glimpse) == base)
    settings.network = "n"
    #expect(settings.probabilities(of: glimpse)?.label == .neutral)
    glimpse.embedding = [1, 2]
    #expect(settings.probabilities(of: glimpse) == base)
    glimpse.embedding = nil
    #expect(settings.probabilities(of: glimpse) == base)
  }

  @Test("The correction reaches the mood and the reading of an image")
  func reachesMood() throws {
    var settings = MoodSettings()
    settings.network = "n"
    settings.calibration = EmotionCalibration(network: "n", width: 1, bias: shift, weights: [])
    var tracker = MoodTracker(settings: settings)
    var glimpse = Glimpse.of(.angry, at: 0, strength: 2)
    glimpse.embedding = [1]
    for time in moments(5, rate: 15) {
      glimpse.time = time
      tracker.observe(glimpse)
    }
    #expect(tracker.reading?.label == .neutral)
    #expect(EmotionReading(once: [glimpse], settings: settings)?.label == .neutral)
    #expect(EmotionReading(once: [glimpse])?.label == .angry)
  }

  @Test("Only a clear, frontal face that is the listener's teaches anything")
  func sample() throws {
    let settings = MoodSettings()
    func reason(isRecognised: Bool = false, _ change: (inout Glimpse) -> Void) -> UnsureReason? {
      var glimpse = Glimpse.of(.happy, at: 1)
      change(&glimpse)
      do throws(UnsureReason) {
        _ = try CalibrationSample(
          glimpse, showing: .happy, isRecognised: isRecognised, settings: settings)
        return nil
      } catch { return error }
    }
    #expect(reason { _ in } == nil)
    #expect(reason { $0.face = nil } == .noFace)
    #expect(reason { $0.face?.brightness = 0.1 } == .tooDark)
    #expect(reason { $0.face?.brightness = .nan } == .tooDark)
    #expect(reason { $0.face?.box.width = 20 } == .faceTooSmall)
    #expect(reason { $0.face?.view = .profile } == .turnedAway)
    #expect(reason { $0.faceCount = 2 } == .twoFaces)
    #expect(reason(isRecognised: true) { $0.faceCount = 2 } == nil)
    #expect(reason { $0.logits = nil } == .lowConfidence)
    #expect(reason { $0.embedding = [.nan] } == .lowConfidence)
  }
}

extension CalibrationSample {
  init(_ scores: [Float], _ expression: Emotion, at time: Double, embedding: [Float] = [0]) {
    self.init(time: time, expression: expression, scores: scores, embedding: embedding)
  }
}

/// A listener of numbers: Gaussian embeddings round one centre for each expression, and a network
/// that takes every expression for another one by `confusion`.
struct SyntheticListener {
  var generator: SeededGenerator
  private var centres: [[Double]] = []

  init(seed: UInt64, width: Int) {
    generator = SeededGenerator(seed: seed)
    centres = Emotion.allCases.map { _ in (0..<width).map { _ in gaussian() * 2 } }
  }

  mutating func show(
    _ expressions: [Emotion], frames: Int, confusion: Double, drift: Double = 0
  ) -> [CalibrationSample] {
    var samples: [CalibrationSample] = []
    for (turn, expression) in expressions.enumerated() {
      let place = Emotion.allCases.firstIndex(of: expression) ?? 0
      let taken = (place + 3) % 7
      for frame in 0..<frames {
        let later = drift * Double(frame) / Double(frames)
        let embedding = centres[place].map { Float($0 + later) + Float(gaussian()) }
        let scores = (0..<7).map { index in
          let lean = index == place ? 1 : index == taken ? confusion : 0
          return Float(lean + gaussian() * 0.5)
        }
        samples.append(
          CalibrationSample(
            scores, expression, at: Double(turn * 100) + Double(frame) / 15,
            embedding: embedding))
      }
    }
    return samples
  }

  /// The sum of twelve uniform numbers is close to normal.
  private mutating func gaussian() -> Double {
    (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0...1, using: &generator) }
  }
}
