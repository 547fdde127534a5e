import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct EmotionNetworkTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func refusal(_ path: String) -> EyeTrouble? {
    do {
      _ = try EmotionNetwork(weights: path)
      return nil
    } catch {
      return error
    }
  }

  @Test("a network for seven emotions is taken and answers seven numbers")
  func sevenNumbers() throws {
    let file = try scratch.write(OnnxBytes.network(), to: "emotion.onnx")
    let classifier = try EmotionNetwork(weights: file)
    let frame = try FrameSource.drawnFace(at: 0)
    let box = Box(x: 90, y: 50, width: 140, height: 140)
    let answer = try #require(try classifier.answer(for: box, in: frame))
    #expect(answer.logits.count == 7)
    #expect(Set(answer.logits).count > 1)
    #expect(try classifier.answer(for: box, in: frame) == answer)
  }

  @Test("a box that leaves the frame is read all the same")
  func leavesFrame() throws {
    let file = try scratch.write(OnnxBytes.network(), to: "emotion.onnx")
    let classifier = try EmotionNetwork(weights: file)
    let frame = try FrameSource.drawnFace(at: 0)
    #expect(
      try classifier.answer(for: Box(x: -40, y: -30, width: 400, height: 400), in: frame) != nil)
  }

  @Test("the input is the crop's gray levels from 0 to 1, row by row")
  func input() throws {
    // Each output is one pixel of the crop: the weights are 0 but for a single 1.
    let places = [0, 47, 48 * 47, 48 * 48 - 1, 48 * 24 + 24, 48 * 10 + 30, 48 * 30 + 10]
    let file = try scratch.write(
      OnnxBytes.network { index in
        index % (48 * 48) == places[index / (48 * 48)] ? 1 : 0
      }, to: "emotion.onnx")
    let levels = (0..<48 * 48).map { index -> UInt8 in
      let (row, column) = (index / 48, index % 48)
      return UInt8((row * 3 + column * 2) % 256)
    }
    let frame = try Frame(gray: levels, width: 48, height: 48)
    // 50 * 0.95 is 48: the crop is the frame.
    let logits = try #require(
      try EmotionNetwork(weights: file).answer(
        for: Box(x: -1, y: -1, width: 50, height: 50), in: frame)
    ).logits
    for (logit, place) in zip(logits, places) {
      #expect(abs(logit - Float(levels[place]) / 255) < 1e-5)
    }
  }

  @Test("missing, broken or misshapen weights are refused and named")
  func refusals() throws {
    let files = [
      scratch.path + "/none.onnx",
      try scratch.write(Array("weights".utf8), to: "text.onnx"),
      try scratch.write([], to: "empty.onnx"),
      try scratch.write(Array(OnnxBytes.network().prefix(3000)), to: "cut.onnx"),
      try scratch.write(OnnxBytes.network(outputs: 6), to: "six.onnx"),
      try scratch.write(OnnxBytes.network(channels: 3), to: "colour.onnx"),
      try scratch.write(OnnxBytes.network { _ in .nan }, to: "nan.onnx"),
    ]
    for file in files {
      let trouble = try #require(refusal(file), "\(file) was taken for a network")
      #expect(trouble.kind == .installation)
      #expect(trouble.message.contains(file))
    }
    #expect(refusal(files[6])?.message.contains("are no numbers") == true)
    #expect(refusal(files[4])?.message.contains("answers 6 numbers") == true)
  }

  @Test("the project's network tells its embedding", .enabled(if: Place.weights != nil))
  func embedding() throws {
    let network = try EmotionNetwork(weights: try #require(Place.weights))
    let answer = try #require(
      try network.answer(
        for: Box(x: 90, y: 50, width: 140, height: 140), in: FrameSource.drawnFace(at: 0)))
    #expect(answer.embedding.count == 256)
    #expect(answer.embedding.contains { $0 > 0 })
  }

  @Test(
    "the project's weights read a happy face as happy",
    .enabled(if: Place.happy != nil, "needs the Yale faces"))
  func happy() throws {
    let classifier = try EmotionNetwork(weights: try #require(Place.weights))
    let frame = try FrameSource.image(at: try #require(Place.happy))
    let detector = try FaceDetector(cascade: Installation.systemCascade)
    let box = try #require(try detector.faces(in: frame).first)
    let logits = try #require(try classifier.answer(for: box, in: frame)).logits
    #expect(logits.indices.max { logits[$0] < logits[$1] } == 3)
  }
}

extension Place {
  /// A laughing face, where both it and the weights are at hand.
  static var happy: String? {
    weights == nil ? nil : yale.map { $0 + "/subject01_happy.png" }
  }
}
