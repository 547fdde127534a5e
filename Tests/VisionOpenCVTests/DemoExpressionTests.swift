import Perception
import Testing

@testable import VisionOpenCV

/// The first-run experience: what the program draws, its own detector and network must read.
@Suite struct DemoExpressionTests {
  @Test(
    "the network reads the drawn expression in most frames of its phase",
    arguments: [Emotion.neutral, .happy, .sad, .surprise, .angry])
  func phase(emotion: Emotion) throws {
    let detector = try FaceDetector(cascade: Installation.systemCascade)
    let classifier = try EmotionNetwork(weights: try #require(Place.weights))
    var frames = 0
    var read: [Emotion: Int] = [:]
    for index in 0..<300 {
      let time = Double(index) * 0.1
      guard DemoFace.expression(at: time) == emotion else { continue }
      let frame = try FrameSource.drawnFace(at: time)
      frames += 1
      guard let box = try detector.faces(in: frame).first,
        let logits = try classifier.answer(for: box, in: frame)?.logits,
        let probabilities = EmotionProbabilities(logits: logits)
      else { continue }
      read[probabilities.label, default: 0] += 1
    }
    #expect(frames > 20)
    #expect((read[emotion] ?? 0) * 10 >= frames * 7, "\(read) of \(frames)")
  }
}
