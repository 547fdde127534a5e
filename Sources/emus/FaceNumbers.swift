import Perception

/// How faces and emotions are told to machines, by `--once` and by `look` alike.
extension Box {
  /// x, y, width, height of its part within the image: a box may leave the frame.
  func numbers(withinWidth width: Int, height: Int) -> [Int] {
    let (left, top) = (max(0, x), max(0, y))
    let (right, bottom) = (min(width, x + self.width), min(height, y + self.height))
    return [left, top, max(0, right - left), max(0, bottom - top)]
  }
}

extension OnceResult.Emotion {
  init(_ reading: EmotionReading) {
    let values = Emotion.allCases.map { ($0.rawValue, reading.probabilities[$0]) }
    self.init(
      label: reading.label.rawValue, confidence: reading.confidence,
      probabilities: Dictionary(uniqueKeysWithValues: values), unsure: reading.unsure?.rawValue)
  }
}
