import Perception

/// How the patterns of an enrolled face are kept: `lbph-1` is a byte with the number of samples
/// and the counts of each, 3,776 bytes a sample.
extension FaceTemplate {
  /// More samples than this are not kept.
  static let maximumSamples = 32

  /// From one to 32 samples of one person.
  init(samples: [FacePatterns]) {
    let kept = samples.prefix(Self.maximumSamples)
    self.init(
      recogniser: Self.currentRecogniser,
      bytes: [UInt8(kept.count)] + kept.flatMap(\.counts))
  }

  /// The samples; nil when another recogniser made the template or its bytes are not whole.
  var samples: [FacePatterns]? {
    guard recogniser == Self.currentRecogniser, let count = bytes.first.map(Int.init),
      (1...Self.maximumSamples).contains(count), bytes.count == 1 + count * FacePatterns.count
    else { return nil }
    return (0..<count).compactMap { index in
      FacePatterns(
        counts: bytes.dropFirst(1 + index * FacePatterns.count).prefix(FacePatterns.count))
    }
  }
}
