import Perception
import Taste

/// Whether the face in front of the camera is another registered person's than the one listener's
/// whose looks are wanted. Of nobody in particular, as of the drawn face, nobody is another.
extension ListenerGate.Verdict {
  /// Who it is, where several glimpses agree on somebody else.
  func somebody(otherThan listener: ListenerID?) -> Int64? {
    guard let listener, case .matched(let person, _) = self, person != listener.rawValue else {
      return nil
    }
    return person
  }
}

extension Glimpse {
  /// Somebody else whom this one glimpse looks like.
  func somebody(otherThan listener: ListenerID?) -> Int64? {
    guard let listener, let best = candidates.first, best.isMatch, best.person != listener.rawValue
    else { return nil }
    return best.person
  }
}
