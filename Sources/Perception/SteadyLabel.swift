/// The label that stays until another one was the likeliest for long enough.
struct SteadyLabel: Equatable, Sendable {
  private(set) var current: Emotion?
  private var challenger: Emotion?
  private var since = 0.0

  mutating func observe(_ likeliest: Emotion, at now: Double, settings: MoodSettings) {
    guard let current, current != likeliest else {
      current = likeliest
      challenger = nil
      return
    }
    if challenger != likeliest {
      challenger = likeliest
      since = now
    }
    let hold = likeliest == .happy ? settings.holdHappy : settings.hold
    guard now - since >= hold else { return }
    self.current = likeliest
    challenger = nil
  }
}
