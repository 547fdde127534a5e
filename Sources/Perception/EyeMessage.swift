/// What the player asks of the eye. One message is one frame on the pipe (see `EyeFraming`).
package enum EyeRequest: Equatable, Sendable {
  /// Opens a source and starts looking, at most `rate` frames a second. Replaces the last one.
  case open(ImageSource, rate: Double)
  /// Reads as `--once` does: up to 150 frames or 5 s until a face is found, then up to five
  /// frames with a face; answers with glimpses and `ended`.
  case once(ImageSource)
  /// Takes about `count` good frames of one face and answers `enrolled`.
  case enrol(ImageSource, count: Int)
  /// Draws previews from now on; nil stops them.
  case preview(PreviewFormat?)
  /// Who is registered. Replaces the last gallery; empty turns identity off.
  case gallery([GalleryEntry])
  /// Closes the source (the camera's light goes out) and waits.
  case close
  /// Reads one image file and answers `looked` or `refused` under the same number; `isCropped` says
  /// that the whole image is a face. Several may be under way: they are answered in their order. Is
  /// asked of an eye that has no source open.
  case look(number: Int, path: String, isCropped: Bool)
  /// The same for a face that no file holds.
  case classify(number: Int, GrayPicture)
  /// Keeps what a labelled face looks like until `train`; answers `looked`, without a face where
  /// none was found and nothing is kept, or `refused`, under the same number.
  case learn(number: Int, Lesson)
  /// Learns a classifier from all that was kept and writes it to a file in place of an old one;
  /// answers with `training` on the way, and `trained`. Where no lesson was held out, the seed says
  /// which tenth of them is. What was kept is forgotten. `lessons` is how many were sent: an eye that
  /// was asked for another number is not the one that heard them all, and answers with a trouble.
  case train(path: String, seed: UInt64, lessons: Int)
}

extension EyeRequest {
  /// Seconds after which `enrol` makes do with what it has, or says why it has nothing.
  package static let enrolmentSeconds = 20.0
}

/// What the eye answers.
package enum EyeReply: Equatable, Sendable {
  /// An `open`, `once` or `enrol` was taken up: nothing that follows is of the source before it.
  case begun
  /// The source is open: its description in words, frame size in pixels, its own frame rate (0 for an image).
  case opened(description: String, width: Int, height: Int, framesPerSecond: Double)
  case glimpse(Glimpse)
  case preview(Preview)
  /// The numbers of an enrolled face, and from how many frames.
  case enrolled(FaceTemplate, frames: Int)
  case trouble(EyeTrouble)
  /// Nothing more will come from this source (an image was read, a video ended).
  case ended
  /// What was seen in the picture of that number.
  case looked(number: Int, Look)
  /// Why the picture of that number cannot be read; the others can.
  case refused(number: Int, EyeTrouble)
  /// The file of the classifier is written.
  case trained(TrainingFigures)
  /// How much of the training is done, 0...1.
  case training(Double)
}

/// Why the eye cannot look. `message` is one line that says what the listener can do.
package struct EyeTrouble: Equatable, Sendable, Error {
  package enum Kind: UInt8, Sendable {
    /// The file or folder is missing, empty or unreadable: exit 66.
    case input
    /// The camera is absent, busy, forbidden or was unplugged: exit 69, retried by the player.
    case device
    /// Weights or cascade are missing or wrong: exit 69.
    case installation
    /// No face, or not enough frames with one, while enrolling: exit 2.
    case noFace
    /// The eye itself ended or spoke nonsense.
    case eye
  }

  package var kind: Kind
  package var message: String

  package init(kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }
}
