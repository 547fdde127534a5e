/// The label that stays until another one was the likeliest for long enough.
///
/// Angry has to earn its place: it needs a lead and two seconds, also at first sight, since a face
/// at rest before a screen is taken for it more often than anybody there is angry. It never names
/// what was not the likeliest lately: until something is established, and where nothing is any
/// more, there is no label.
struct SteadyLabel: Equatable, Sendable {
  /// Nil where none is established.
  private(set) var current: Emotion?
  /// What has been the likeliest instead; nil where that is not clear.
  private var challenger: Emotion?
  /// Since when the challenger has been; nil where nothing challenges.
  private var since: Double?
  /// When `current` was the likeliest last.
  private var lastLikeliest = 0.0
  private var isFirst = true

  /// Angry is about to become the label, and nothing else is shown meanwhile.
  var awaitsAngry: Bool { current == nil && since != nil && challenger == .angry }

  mutating func observe(
    _ probabilities: EmotionProbabilities, at now: Double, settings: MoodSettings
  ) {
    let seen = contender(among: probabilities, margin: settings.marginAngry)
    if isFirst, seen != .angry { current = seen }
    isFirst = false
    guard seen != current else {
      since = nil
      lastLikeliest = now
      return
    }
    if since == nil || challenger != seen { (challenger, since) = (seen, now) }
    if now - (since ?? now) >= Self.hold(of: seen, settings) {
      (current, since, lastLikeliest) = (seen, nil, now)
    } else if now - lastLikeliest > settings.holdAngry {
      // Several take turns, and none of them stays.
      current = nil
    }
  }

  /// The likeliest; nil where that is angry by too little to say so.
  private func contender(among probabilities: EmotionProbabilities, margin: Double) -> Emotion? {
    let label = probabilities.label
    guard label == .angry, current != .angry else { return label }
    let next = Emotion.allCases.filter { $0 != .angry }.map { probabilities[$0] }.max() ?? 0
    return probabilities[.angry] - next < margin ? nil : label
  }

  private static func hold(of emotion: Emotion?, _ settings: MoodSettings) -> Double {
    switch emotion {
    case .happy: settings.holdHappy
    case .angry: settings.holdAngry
    case .disgust, .fear, .sad, .surprise, .neutral, nil: settings.hold
    }
  }
}
