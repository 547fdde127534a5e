/// The reading of `--once` and of single images: no time passes, frames are averaged.
extension EmotionReading {
  /// At most this many frames with a face are averaged.
  package static let onceFrames = 5

  /// The mean of the probabilities of the first five glimpses with a face that the network could
  /// read; nil where there is none. `label` is the likeliest of the mean.
  package init?(once glimpses: some Sequence<Glimpse>, settings: MoodSettings = MoodSettings()) {
    var sums = Array(repeating: 0.0, count: Emotion.allCases.count)
    var quality = SmoothedQuality()
    var taken = 0
    for glimpse in glimpses where taken < Self.onceFrames {
      guard let face = glimpse.face,
        let seen = glimpse.logits.flatMap({
          EmotionProbabilities(logits: $0, temperature: settings.temperature)
        })
      else { continue }
      for (index, value) in seen.values.enumerated() { sums[index] += value }
      quality.observe(face, at: glimpse.time.isFinite ? glimpse.time : 0)
      taken += 1
    }
    guard let mean = EmotionProbabilities(weights: sums) else { return nil }
    let unclear = mean.confidence < settings.lowConfidence
    self.init(
      probabilities: mean, label: mean.label,
      unsure: quality.reason(settings) ?? (unclear ? .lowConfidence : nil))
  }
}
