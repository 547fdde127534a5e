/// A value that another takes the place of only once that one has lasted, so that what is read
/// on a screen does not flicker.
struct HeldValue<Value: Equatable & Sendable>: Equatable, Sendable {
  private(set) var current: Value
  private var challenger: Value?
  /// Since when the challenger has been there.
  private var since = 0.0
  /// When `current` was there last.
  private var lastSeen: Double

  init(_ first: Value, at now: Double) {
    (current, lastSeen) = (first, now)
  }

  /// Takes what is there at a time; it becomes `current` after `hold` seconds without a change.
  ///
  /// Where several take turns and none of them lasts, the newest is taken after twice as long.
  mutating func observe(_ value: Value, at now: Double, hold: Double) {
    guard value != current else {
      (challenger, lastSeen) = (nil, now)
      return
    }
    if challenger != value { (challenger, since) = (value, now) }
    guard now - since >= hold || now - lastSeen >= 2 * hold else { return }
    self = HeldValue(value, at: now)
  }
}

/// Says when numbers on a screen may change: at most about twice a second.
package struct NumberPace: Equatable, Sendable {
  private static let interval = 0.5

  private var last: Double?

  package init() {}

  /// True, and then not for half a second. Seconds; where they run backwards it is true.
  package mutating func isDue(at now: Double) -> Bool {
    if let last, now >= last, now - last < Self.interval { return false }
    last = now
    return true
  }
}
