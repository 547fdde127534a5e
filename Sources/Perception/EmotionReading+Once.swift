/// The reading of `--once` and of single images: no time passes, frames are averaged.
extension EmotionReading {
  /// At most this many frames with a face are averaged.
  package static let onceFrames = 5

  /// The mean of the probabilities of the first five glimpses with a face that the network could
  /// read; nil where there is none. `label` is the likeliest of the mean.
  ///
  /// Faces seen from the side count only where no other was seen.
  package init?(once glimpses: some Sequence<Glimpse>, settings: MoodSettings = MoodSettings()) {
    let readable = glimpses.filter {
      $0.face != nil && settings.probabilities(of: $0) != nil
    }
    let frontal = readable.filter { $0.face?.view == .frontal }
    var sums = Array(repeating: 0.0, count: Emotion.allCases.count)
    var quality = SmoothedQuality()
    for glimpse in (frontal.isEmpty ? readable : frontal).prefix(Self.onceFrames) {
      guard let face = glimpse.face, let seen = settings.probabilities(of: glimpse) else {
        continue
      }
      for (index, value) in seen.values.enumerated() { sums[index] += value }
      let isRecognised = glimpse.candidates.contains(where: \.isMatch)
      quality.observe(
        face, isAmbiguous: glimpse.faceCount >= 2 && !isRecognised,
        at: glimpse.time.isFinite ? glimpse.time : 0, settings: settings)
    }
    guard let mean = EmotionProbabilities(weights: sums) else { return nil }
    let unclear = mean.confidence < settings.lowConfidence
    self.init(
      probabilities: mean, label: mean.label,
      unsure: quality.reason ?? (unclear ? .lowConfidence : nil))
  }
}
