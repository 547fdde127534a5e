import Perception

/// What the eye is busy with: looking, reading once, enrolling, or training HOG.
///
/// An activity does one small step at a time, so that a request waits for no longer than a look
/// takes, of a film that is late a quarter of a second more, and of a training one machine.
protocol Activity: AnyObject {
  /// Looks at one frame at most, and replies with what they show.
  ///
  /// Throws when the source or the installation fails; the activity is over then.
  func step(with eye: Eye, drawing format: PreviewFormat?, reply: (EyeReply) -> Void)
    throws(EyeTrouble) -> Pause

  /// Others are registered now than when a picture was looked at that is still shown.
  func galleryChanged()
}

extension Activity {
  func galleryChanged() {}
}

/// When an activity wants its next step.
enum Pause: Equatable {
  case after(Duration)
  /// Nothing more will come.
  case forever

  static let none = Pause.after(.zero)
}
