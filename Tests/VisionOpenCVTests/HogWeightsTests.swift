import Foundation
import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct HogWeightsTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func weights(seed: UInt64 = 9, layout: HogLayout = .standard) -> HogWeights {
    var generator = SeededGenerator(seed: seed)
    let count = layout.count(side: 48)
    return HogWeights(
      layout: layout, temperature: .random(in: 0.1...9, using: &generator),
      machines: Emotion.allCases.map { _ in
        HogWeights.Machine(
          bias: .random(in: -3...3, using: &generator),
          weights: (0..<count).map { _ in .random(in: -3...3, using: &generator) })
      })
  }

  private func refusal(of bytes: [UInt8]) throws -> EyeTrouble? {
    let path = try scratch.write(bytes, to: "hog.svm")
    do {
      _ = try HogClassifier(weights: path)
      return nil
    } catch {
      #expect(error.kind == .installation)
      #expect(error.message.contains(path), "\(error.message)")
      return error
    }
  }

  @Test("what is written is read back, whatever the layout")
  func roundTrip() throws {
    let fine = try #require(HogLayout(cell: 6, block: 12, stride: 6, bins: 12, side: 48))
    for layout in [HogLayout.standard, fine] {
      let weights = weights(layout: layout)
      let path = scratch.path + "/hog.svm"
      let bytes = try HogFile.write(weights, to: path)
      #expect(try HogWeights(bytes: try Disk.bytes(of: path, limit: bytes)) == weights)
      #expect(bytes < HogClassifier.maximumBytes)
    }
  }

  @Test("logits are weights times values plus bias, by temperature")
  func logits() throws {
    let layout = HogLayout.standard
    let count = layout.count(side: 48)
    #expect(count == 900)
    let weights = HogWeights(
      layout: layout, temperature: 2,
      machines: (0..<7).map { place in
        var row = [Float](repeating: 0, count: count)
        row[place] = 4
        return HogWeights.Machine(bias: Float(place), weights: row)
      })
    var values = [Float](repeating: 100, count: count)
    for place in 0..<7 { values[place] = Float(place * place) }
    let expected: [Float] = [0, 2.5, 9, 19.5, 34, 52.5, 75]
    #expect(weights.logits(for: values) == expected)
  }

  @Test("a byte more, less or other is refused, with the file's name")
  func mutations() throws {
    let bytes = try weights().bytes()
    #expect(try refusal(of: bytes) == nil)
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      var damaged = bytes
      switch Int.random(in: 0..<4, using: &generator) {
      case 0:
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: damaged.removeLast(Int.random(in: 1...bytes.count, using: &generator))
      case 2: damaged.append(UInt8.random(in: 0...255, using: &generator))
      default: damaged[Int.random(in: 0..<32, using: &generator)] ^= 0x80
      }
      #expect(try refusal(of: damaged) != nil)
    }
  }

  @Test("foreign files and numbers that are none are refused, each in its words")
  func foreign() throws {
    var bad = weights()
    bad.temperature = 0
    let nan = HogWeights(
      layout: .standard, temperature: 1,
      machines: weights().machines.dropLast() + [
        HogWeights.Machine(bias: .nan, weights: weights().machines[0].weights)
      ])
    var tall = try weights().bytes()
    tall[8] = 200
    let files: [([UInt8], String)] = [
      ([], "not a file of HOG weights"), (Array("EMUSHOG1".utf8), "not a file"),
      (OnnxBytes.network(), "not a file"), (ImageBytes.demoFace(), "not a file"),
      (try bad.bytes(), "no numbers"), (try nan.bytes(), "no numbers"), (tall, "another kind"),
      (Array(repeating: 0, count: 2 << 20), "no file of at most 1 MB"),
    ]
    for (bytes, reason) in files {
      let trouble = try #require(try refusal(of: bytes))
      #expect(trouble.message.contains(reason), "\(trouble.message)")
    }
    let missing = scratch.path + "/none.svm"
    let trouble = #expect(throws: EyeTrouble.self) { try HogClassifier(weights: missing) }
    #expect(trouble?.kind == .installation && trouble?.message.contains(missing) == true)
  }

  @Test("a layout whose blocks do not tile the picture is none")
  func layouts() throws {
    for (cell, block, stride, bins) in [
      (8, 12, 8, 9), (8, 16, 4, 9), (7, 14, 7, 9), (8, 16, 8, 0), (8, 16, 8, 37), (0, 16, 8, 9),
      (8, 16, 0, 9), (64, 64, 64, 9), (16, 8, 8, 9), (-8, 16, 8, 9),
    ] {
      #expect(HogLayout(cell: cell, block: block, stride: stride, bins: bins, side: 48) == nil)
    }
    var generator = SeededGenerator(seed: 8)
    let levels = Gratings.levels(of: .happy, &generator)
    for (cell, block) in [(4, 8), (6, 12), (8, 16), (12, 24)] {
      let layout = try #require(
        HogLayout(cell: cell, block: block, stride: cell, bins: 9, side: 48))
      let values = try HogClassifier.values(of: levels, layout: layout)
      #expect(values.count == layout.count(side: 48))
      #expect(values.contains { $0 > 0 } && values.allSatisfy { (0...1).contains($0) })
    }
  }

  @Test("a temperature makes sure what is right and unsure what is wrong")
  func temperature() {
    var generator = SeededGenerator(seed: 12)
    let labels = (0..<400).map { _ in Int.random(in: 0..<7, using: &generator) }
    let decisions = labels.map { label in
      (0..<7).map { Float.random(in: -1...1, using: &generator) + ($0 == label ? 0.6 : 0) }
    }
    let fitted = HogTemperature.fitted(to: decisions, labels)
    let tenfold = HogTemperature.fitted(to: decisions.map { $0.map { $0 * 10 } }, labels)
    #expect(abs(tenfold / fitted - 10) < 0.01)
    let cost = HogTemperature.cost(Double(fitted), decisions, labels)
    for factor in [0.8, 0.95, 1.05, 1.25] {
      #expect(HogTemperature.cost(Double(fitted) * factor, decisions, labels) > cost)
    }
  }

  @Test(
    "the project's weights read a face that laughs as happy",
    .enabled(if: Place.hog != nil && Place.yale != nil, "needs the Yale faces"))
  func happy() throws {
    let eye = Eye(
      installation: Installation(classifier: .hog, weights: try #require(Place.hog)))
    let frame = try FrameSource.image(at: try #require(Place.yale) + "/subject01_happy.png")
    let glimpse = try eye.look(at: frame, follows: false, time: 0)
    let logits = try #require(glimpse.logits)
    #expect(logits.indices.max { logits[$0] < logits[$1] } == 3)
  }
}
