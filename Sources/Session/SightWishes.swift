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
}

/// The wishes of now, told by the loop and read by whoever listens to the eye.
final class SightControl: Sendable {
  private let latest = Mutex(SightWishes())

  var wishes: SightWishes {
    get { latest.withLock { $0 } }
    set { latest.withLock { $0 = newValue } }
  }
}
