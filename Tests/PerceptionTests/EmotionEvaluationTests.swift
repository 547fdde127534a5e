import Perception
import Testing

@Suite("Evaluation of a classifier of emotions")
struct EmotionEvaluationTests {
  /// Probabilities that are sure of one emotion by so much.
  private func sure(_ emotion: Emotion, _ confidence: Double) throws -> EmotionProbabilities {
    try #require(
      EmotionProbabilities(
        weights: Emotion.allCases.map { $0 == emotion ? confidence : (1 - confidence) / 6 }))
  }

  private func isNear(_ one: Double?, _ other: Double) -> Bool {
    one.map { abs($0 - other) < 1e-9 } ?? false
  }

  /// Happy: two of four right, one said sad, one not found. Sad: one of two right, one said happy.
  private func mixed() throws -> EmotionEvaluation {
    var evaluation = EmotionEvaluation()
    evaluation.add(.happy, answer: try sure(.happy, 0.9))
    evaluation.add(.happy, answer: try sure(.happy, 0.5))
    evaluation.add(.happy, answer: try sure(.sad, 0.9))
    evaluation.add(.happy, answer: nil)
    evaluation.add(.sad, answer: try sure(.sad, 0.7))
    evaluation.add(.sad, answer: try sure(.happy, 0.5))
    return evaluation
  }

  @Test("A face that was not found is wrong in accuracy and in F1")
  func accuracy() throws {
    let evaluation = try mixed()
    #expect(evaluation.count == 6)
    #expect(evaluation.notFound == 1)
    #expect(isNear(evaluation.accuracy, 3.0 / 6))
    // Happy: 2 right of 3 said and 4 labelled; sad: 1 right of 2 and 2.
    let happy = evaluation.figures(for: .happy)
    #expect(happy.count == 4 && happy.notFound == 1)
    #expect(isNear(happy.precision, 2.0 / 3))
    #expect(isNear(happy.recall, 2.0 / 4))
    #expect(isNear(happy.f1, 4.0 / 7))
    #expect(isNear(evaluation.figures(for: .sad).f1, 2.0 / 4))
    #expect(isNear(evaluation.macroF1, (4.0 / 7 + 0.5) / 2))
  }

  @Test("Rows of the confusion are labels, columns what was said")
  func confusion() throws {
    let evaluation = try mixed()
    #expect(evaluation.confusion[3] == [0, 0, 0, 2, 1, 0, 0])
    #expect(evaluation.confusion[4] == [0, 0, 0, 1, 1, 0, 0])
    #expect(evaluation.notFoundByLabel == [0, 0, 0, 1, 0, 0, 0])
    for (index, emotion) in Emotion.allCases.enumerated() {
      let figures = evaluation.figures(for: emotion)
      #expect(evaluation.confusion[index].reduce(0, +) == figures.count - figures.notFound)
    }
  }

  @Test("The calibration error weighs the gap of each bin and leaves out faces not found")
  func calibration() throws {
    // Bin of 0.9: confidences 1.8, one right; of 0.7: 0.7, one right; of 0.5: 1.0, one right.
    let expected = (abs(1.8 - 1) + abs(0.7 - 1) + abs(1.0 - 1)) / 5
    #expect(isNear(try mixed().calibrationError, expected))
  }

  @Test("Whoever is certain and right is calibrated")
  func certain() throws {
    var evaluation = EmotionEvaluation()
    for emotion in Emotion.allCases { evaluation.add(emotion, answer: try sure(emotion, 1)) }
    #expect(isNear(evaluation.calibrationError, 0))
    #expect(evaluation.accuracy == 1 && evaluation.macroF1 == 1)
  }

  @Test("An emotion that is said and never meant lowers no macro F1 of its own")
  func neverMeant() throws {
    var evaluation = EmotionEvaluation()
    evaluation.add(.happy, answer: try sure(.happy, 0.9))
    evaluation.add(.happy, answer: try sure(.fear, 0.9))
    // Only happy occurs: F1 is 2 * 1 / (1 + 2).
    #expect(isNear(evaluation.macroF1, 2.0 / 3))
    #expect(evaluation.figures(for: .fear).precision == 0)
  }

  @Test("Nothing measured is no number to be proud of")
  func empty() {
    var evaluation = EmotionEvaluation()
    #expect(evaluation.accuracy == 0 && evaluation.macroF1 == 0)
    #expect(evaluation.calibrationError == nil)
    evaluation.add(.sad, answer: nil)
    #expect(evaluation.count == 1 && evaluation.accuracy == 0)
    #expect(evaluation.calibrationError == nil)
  }

  @Test("Percentiles are the nearest rank")
  func percentiles() {
    let values = (1...200).map(Double.init).reversed()
    #expect(Percentile.of(Array(values), 0.5) == 100)
    #expect(Percentile.of(Array(values), 0.99) == 198)
    #expect(Percentile.of([3], 0.99) == 3)
    #expect(Percentile.of([], 0.5) == nil)
  }
}
