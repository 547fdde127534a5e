import Perception

/// How long the player waits for its eye, in seconds. Tests pass shorter times.
package struct WatcherPatience: Sendable {
  /// From `open`, or from the last word while looking, until the eye counts as hung. An eye that
  /// looks more seldom gets three of its intervals.
  package var answer = 10.0
  /// The same for `once`, for single pictures and lessons, and for `enrol`, which says nothing while
  /// it waits for a listener to sit down, and at the end why it has seen nobody.
  package var onceAnswer = EyeRequest.enrolmentSeconds + 10
  /// The same for `train`, which fits a whole machine between two words.
  package var trainAnswer = 1800.0
  /// Until the eye is started again or the camera is tried again; the last one stays.
  package var backOff = [1.0, 2, 4, 8, 16, 30]
  /// An eye that ran, or a camera that was open, for so long starts again with the first of them.
  package var healthyAfter = 30.0
  /// From the end of its pipe until a leaving eye is killed.
  package var leave = 1.0

  package init() {}

  func backOff(after failures: Int) -> Double {
    failures < backOff.count ? backOff[max(0, failures)] : backOff.last ?? 30
  }
}
