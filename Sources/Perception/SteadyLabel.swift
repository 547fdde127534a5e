/// The label that stays until another one was the likeliest for long enough.
///
/// Angry has to earn its place: it begins as neutral, needs a lead and holds longer, since a face
/// at rest before a screen is taken for it more often than anybody there is angry.
struct SteadyLabel: Equatable, Sendable {
  private(set) var current: Emotion?
  private var challenger: Emotion?
  private var since = 0.0

  mutating func observe(
    _ probabilities: EmotionProbabilities, at now: Double, settings: MoodSettings
  ) {
    let likeliest = contender(among: probabilities, margin: settings.marginAngry)
    guard let current else {
      current = likeliest == .angry ? .neutral : likeliest
      return observe(probabilities, at: now, settings: settings)
    }
    guard current != likeliest else {
      challenger = nil
      return
    }
    if challenger != likeliest {
      challenger = likeliest
      since = now
    }
    guard now - since >= Self.hold(of: likeliest, settings) else { return }
    self.current = likeliest
    challenger = nil
  }

  /// The likeliest, or the next one where angry leads it by too little.
  private func contender(among probabilities: EmotionProbabilities, margin: Double) -> Emotion {
    let label = probabilities.label
    guard label == .angry, current != .angry else { return label }
    let others = Emotion.allCases.filter { $0 != .angry }
    guard let next = others.max(by: { probabilities[$0] < probabilities[$1] }) else { return label }
    return probabilities[.angry] - probabilities[next] < margin ? next : label
  }

  private static func hold(of emotion: Emotion, _ settings: MoodSettings) -> Double {
    switch emotion {
    case .happy: settings.holdHappy
    case .angry: settings.holdAngry
    case .disgust, .fear, .sad, .surprise, .neutral: settings.hold
    }
  }
}
