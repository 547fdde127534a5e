import Foundation
import Perception
import Testing

@testable import VisionOpenCV

/// The project's network on pictures that the tests draw: what it said when it was committed it has
/// to say on every machine and with every version of OpenCV.
///
/// `RECORD_GOLDEN=1` writes what it says now, and fails the test, so that nobody records by accident.
@Suite(.enabled(if: Place.weights != nil, "needs Weights/emotion.onnx"))
struct GoldenTests {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Golden/emotion.txt").path

  /// The pictures by name, all made here.
  private static let pictures: [(name: String, levels: [UInt8], side: Int)] = {
    var pictures: [(name: String, levels: [UInt8], side: Int)] = []
    for time in [0.0, 3, 7, 11, 15, 19, 23, 27] {
      // The middle of the drawn frame, where the face is.
      let frame = DemoFace.render(at: time, width: 320, height: 240)
      let levels = (0..<144 * 144).map { (place: Int) -> UInt8 in
        let (row, column) = (50 + place / 144, 88 + place % 144)
        return frame[row * 320 + column]
      }
      pictures.append(("drawn-face-\(Int(time))-s", levels, 144))
    }
    func square(_ name: String, _ level: (_ row: Int, _ column: Int) -> Int) {
      pictures.append((name, (0..<48 * 48).map { UInt8(level($0 / 48, $0 % 48)) }, 48))
    }
    square("black") { _, _ in 0 }
    square("white") { _, _ in 255 }
    square("gray") { _, _ in 128 }
    square("ramp") { row, column in row * 2 + column * 3 }
    square("board") { row, column in (row / 6 + column / 6) % 2 * 255 }
    square("disc") { row, column in
      let (y, x) = (row - 24, column - 24)
      return x * x + y * y < 400 ? 200 : 40
    }
    return pictures
  }()

  private func probabilities() throws -> [[Double]] {
    let eye = Eye(installation: Installation(weights: try #require(Place.weights)))
    return try Self.pictures.map { picture in
      let gray = try #require(
        GrayPicture(levels: picture.levels, width: picture.side, height: picture.side))
      let logits = try #require(try eye.look(at: gray).faces.first?.logits)
      return try #require(EmotionProbabilities(logits: logits)).values
    }
  }

  @Test("the probabilities are those on record, to a thousandth")
  func golden() throws {
    let weights = try Checksum(
      of: try Disk.bytes(of: try #require(Place.weights), limit: 64 << 20)
    ).digits
    let seen = try probabilities()
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try record(seen, weights: weights)
      Issue.record("recorded \(Self.file); run again without RECORD_GOLDEN")
      return
    }
    let lines = try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { $0.split(separator: " ") }
    let recorded = try #require(lines.first.flatMap { $0.count == 2 ? $0[1] : nil })
    try #require(
      recorded == weights,
      """
      Weights/emotion.onnx is not the network on record: look at what it says now and record it \
      with RECORD_GOLDEN=1 swift test --filter GoldenTests
      """)
    #expect(lines.dropFirst().map { String($0[0]) } == Self.pictures.map(\.name))
    for (line, values) in zip(lines.dropFirst(), seen) {
      let kept = line.dropFirst().compactMap { Double($0) }
      try #require(kept.count == 7)
      for (one, other) in zip(kept, values) {
        #expect(abs(one - other) < 1e-3, "\(line[0]): \(kept) became \(values)")
      }
    }
  }

  @Test("the pictures on record tell the network's answers apart")
  func telling() throws {
    let labels = Set(try probabilities().compactMap { EmotionProbabilities(weights: $0)?.label })
    #expect(labels.count >= 3)
  }

  private func record(_ seen: [[Double]], weights: String) throws {
    let rows = zip(Self.pictures, seen).map { picture, values in
      ([picture.name] + values.map { String(format: "%.5f", $0) }).joined(separator: " ")
    }
    let head = [
      "# What Weights/emotion.onnx says of pictures that GoldenTests draws: softmax of the logits,",
      "# angry disgust fear happy sad surprise neutral. RECORD_GOLDEN=1 writes it.",
      "weights \(weights)",
    ]
    try FileManager.default.createDirectory(
      atPath: (Self.file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try ((head + rows).joined(separator: "\n") + "\n").write(
      toFile: Self.file, atomically: true, encoding: .utf8)
  }
}
