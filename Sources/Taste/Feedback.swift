import Music
import Perception

/// One thing a listener did with one track, with all of its context: a row of the append-only log.
///
/// What is not written down now cannot be learned from later.
package struct Feedback: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable, Codable {
    /// `value` is 1...10.
    case rating
    /// Left before its end by the listener.
    case skip
    /// Played to its end.
    case completed
    /// Played again at the listener's wish.
    case replay
    /// Taken out of the queue by the listener.
    case removed
    /// Chosen by hand: put into the queue or played from a list.
    case chosen
  }

  package var listener: ListenerID
  package var track: TrackID
  /// Seconds since 1970, UTC.
  package var time: Double
  package var kind: Kind
  /// Share of the track heard, 0...1; nil where it was not playing.
  package var fraction: Double?
  /// The rating, 1...10; nil for the other kinds.
  package var value: Int?
  package var mood: Mood
  package var policy: Policy
  package var chooser: Chooser
  /// The track heard before this one.
  package var previous: TrackID?

  package init(
    listener: ListenerID, track: TrackID, time: Double, kind: Kind, fraction: Double? = nil,
    value: Int? = nil, mood: Mood = .none, policy: Policy = .match, chooser: Chooser = .listener,
    previous: TrackID? = nil
  ) {
    self.listener = listener
    self.track = track
    self.time = time
    self.kind = kind
    self.fraction = fraction
    self.value = value
    self.mood = mood
    self.policy = policy
    self.chooser = chooser
    self.previous = previous
  }
}

extension Feedback {
  /// Why it cannot be kept; nil where it can.
  package var fault: String? {
    guard time.isFinite else { return "it has no time" }
    return switch (kind, value) {
    case (.rating, .some(1...10)), (.skip, nil), (.completed, nil), (.replay, nil), (.removed, nil),
      (.chosen, nil):
      nil
    case (.rating, _): "a rating is 1 to 10"
    default: "only a rating has a value"
    }
  }
}

/// Who put a song into the queue.
package enum Chooser: Equatable, Sendable {
  case listener
  /// The recommender, with the score it gave.
  case recommender(score: Double)
}
