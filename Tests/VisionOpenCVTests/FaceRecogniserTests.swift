import Perception
import Testing

@testable import VisionOpenCV

@Suite struct FaceRecogniserTests {
  private let box = Box(x: 90, y: 50, width: 140, height: 140)

  private func patterns(at time: Double) throws -> FacePatterns {
    try FacePatterns(of: box, in: try FrameSource.drawnFace(at: time))
  }

  @Test("every cell counts its 144 patterns")
  func counts() throws {
    let patterns = try patterns(at: 0)
    #expect(patterns.counts.count == FacePatterns.count)
    for cell in 0..<FacePatterns.grid * FacePatterns.grid {
      let bins = patterns.counts[cell * FacePatterns.bins..<(cell + 1) * FacePatterns.bins]
      #expect(bins.reduce(0) { $0 + Int($1) } == 144)
    }
  }

  @Test("the distance is 0 to oneself, the same both ways, and at most 2")
  func distance() throws {
    let (one, other) = (try patterns(at: 0), try patterns(at: 7))
    #expect(one.distance(to: one) == 0)
    #expect(one.distance(to: other) > 0)
    #expect(abs(one.distance(to: other) - other.distance(to: one)) < 1e-6)
    var filled = [UInt8](repeating: 0, count: FacePatterns.count)
    var disjoint = filled
    for cell in 0..<64 {
      filled[cell * FacePatterns.bins] = 144
      disjoint[cell * FacePatterns.bins + 1] = 144
    }
    let (first, second) = (
      try #require(FacePatterns(counts: filled)), try #require(FacePatterns(counts: disjoint))
    )
    #expect(abs(first.distance(to: second) - 2) < 1e-6)
  }

  @Test("a template gives back the samples it was made of")
  func roundTrip() throws {
    let samples = try [0, 3, 9].map { try patterns(at: $0) }
    let template = FaceTemplate(samples: samples)
    #expect(template.recogniser == "lbph-1")
    #expect(template.bytes.count == 1 + 3 * FacePatterns.count)
    #expect(template.samples == samples)
  }

  @Test("a template of another recogniser, or one that is not whole, is ignored")
  func foreign() throws {
    let whole = FaceTemplate(samples: [try patterns(at: 0)])
    let others = [
      FaceTemplate(recogniser: "lbph-2", bytes: whole.bytes),
      FaceTemplate(recogniser: "lbph-1", bytes: []),
      FaceTemplate(recogniser: "lbph-1", bytes: [0]),
      FaceTemplate(recogniser: "lbph-1", bytes: [2] + whole.bytes.dropFirst()),
      FaceTemplate(recogniser: "lbph-1", bytes: whole.bytes.dropLast()),
      FaceTemplate(recogniser: "lbph-1", bytes: [200]),
    ]
    let recogniser = FaceRecogniser()
    recogniser.register(
      others.map { GalleryEntry(person: 1, template: $0) } + [
        GalleryEntry(person: 2, template: whole)
      ])
    #expect(recogniser.candidates(for: try patterns(at: 0)).map(\.person) == [2])
    recogniser.register([])
    #expect(recogniser.isIdle)
  }

  @Test("the score falls with the distance, from 1 over the threshold to 0")
  func score() {
    let scores = stride(from: 0.0, through: 2, by: 0.05).map(FaceRecogniser.score)
    #expect(zip(scores, scores.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(scores.allSatisfy { (0...1).contains($0) })
    #expect(scores[0] > 0.99)
    #expect(FaceRecogniser.score(distance: FaceRecogniser.acceptedDistance) == 0.5)
    #expect(FaceRecogniser.threshold == 0.5)
  }

  @Test(
    "people registered from five images each are told apart on their others; strangers are unknown",
    .enabled(if: Place.yale != nil, "needs the Yale faces"))
  func people() throws {
    let names = (1...15).map { $0 < 10 ? "subject0\($0)" : "subject\($0)" }
    let enrolled = ["normal", "happy", "glasses", "sad", "wink"]
    let probes = ["noglasses", "sleepy", "surprised", "rightlight"]
    let strangers = Set(names.filter { ["subject03", "subject08", "subject13"].contains($0) })
    let recogniser = FaceRecogniser()
    recogniser.register(
      try names.enumerated().filter { !strangers.contains($1) }.map { index, name in
        let samples = try enrolled.compactMap { try face(name, $0) }
        return GalleryEntry(person: Int64(index), template: FaceTemplate(samples: samples))
      })
    var (known, right, accepted, unknown, refused) = (0, 0, 0, 0, 0)
    for (index, name) in names.enumerated() {
      for probe in probes {
        guard let face = try face(name, probe) else { continue }
        let best = try #require(recogniser.candidates(for: face).first)
        if strangers.contains(name) {
          unknown += 1
          if !best.isMatch { refused += 1 }
        } else {
          known += 1
          if best.person == Int64(index) { right += 1 }
          if best.person == Int64(index), best.isMatch { accepted += 1 }
        }
      }
    }
    print(
      "identity: \(right) right, \(accepted) accepted of \(known); \(refused)/\(unknown) refused")
    #expect(Double(right) >= 0.95 * Double(known))
    #expect(Double(accepted) >= 0.8 * Double(known))
    #expect(Double(refused) >= 0.75 * Double(unknown))
  }

  /// The largest face of a picture; nil where the picture or the face is missing.
  private func face(_ person: String, _ condition: String) throws -> FacePatterns? {
    let path = try #require(Place.yale) + "/\(person)_\(condition).png"
    guard Disk.isFile(path) else { return nil }
    let frame = try FrameSource.image(at: path)
    let detector = try FaceDetector(cascade: Installation.systemCascade)
    guard let box = try detector.faces(in: frame).first else { return nil }
    return try FacePatterns(of: box, in: frame)
  }
}
