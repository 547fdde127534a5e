import Perception

/// What the eye is busy with: looking, reading once, or enrolling.
///
/// An activity does one small step at a time, so that a request never waits longer than a frame.
protocol Activity: AnyObject {
  /// Reads at most a few frames and replies with what they show.
  ///
  /// Throws when the source or the installation fails; the activity is over then.
  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause
}

/// When an activity wants its next step.
enum Pause: Equatable {
  case after(Duration)
  /// Nothing more will come.
  case forever

  static let none = Pause.after(.zero)
}
