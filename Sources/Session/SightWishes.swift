import Perception
import Synchronization
import Taste

/// What the session wants of the glimpses on their way to a sight: whose correction is applied,
/// and whether looks are gathered for a new one.
package struct SightWishes: Equatable, Sendable {
  /// Whose correction it is; nil while the drawn face is looked at, who is nobody.
  package var listener: ListenerID?
  package var calibration: EmotionCalibration?
  package var gathers: Bool

  package init(
    listener: ListenerID? = nil, calibration: EmotionCalibration? = nil, gathers: Bool = false
  ) {
    self.listener = listener
    self.calibration = calibration
    self.gathers = gathers
  }

  /// Somebody else than the listener is known to sit there.
  func isSomebodyElse(_ verdict: ListenerGate.Verdict) -> Bool {
    guard let listener, case .matched(let person, _) = verdict else { return false }
    return person != listener.rawValue
  }

  /// Somebody else than the listener whom the one glimpse looks like.
  func somebodyElse(in glimpse: Glimpse) -> Int64? {
    guard let listener, let best = glimpse.candidates.first, best.isMatch,
      best.person != listener.rawValue
    else { return nil }
    return best.person
  }
}

/// The wishes of now, told by the loop and read by whoever listens to the eye.
final class SightControl: Sendable {
  private let latest = Mutex(SightWishes())

  var wishes: SightWishes {
    get { latest.withLock { $0 } }
    set { latest.withLock { $0 = newValue } }
  }
}
