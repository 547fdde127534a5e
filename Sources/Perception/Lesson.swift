/// A labelled face from which the eye is to learn, or on which it is to test what it learned.
package struct Lesson: Equatable, Sendable {
  package enum Picture: Equatable, Sendable {
    /// A face by nature.
    case gray(GrayPicture)
    /// An image file; `isCropped` says that the whole of it is a face.
    case file(String, isCropped: Bool)
  }

  package var emotion: Emotion
  /// It is kept from the learner, for the validation.
  package var isHeldOut: Bool
  package var picture: Picture

  package init(emotion: Emotion, isHeldOut: Bool, picture: Picture) {
    self.emotion = emotion
    self.isHeldOut = isHeldOut
    self.picture = picture
  }
}

/// What came of learning, measured on the faces that were held out.
package struct TrainingFigures: Equatable, Sendable {
  /// Faces that were learned from.
  package var learned: Int
  /// Rows are labels, columns what was said, in the order of `Emotion.allCases`.
  package var confusion: [[Int]]
  /// As in `EmotionEvaluation`, 0...1.
  package var accuracy: Double
  package var macroF1: Double
  package var calibrationError: Double
  /// Divides what the machines decide, fitted on the held-out faces.
  package var temperature: Double
  /// Of the file that was written.
  package var bytes: Int

  package init(
    learned: Int, confusion: [[Int]], accuracy: Double, macroF1: Double, calibrationError: Double,
    temperature: Double, bytes: Int
  ) {
    self.learned = learned
    self.confusion = confusion
    self.accuracy = accuracy
    self.macroF1 = macroF1
    self.calibrationError = calibrationError
    self.temperature = temperature
    self.bytes = bytes
  }

  /// Faces that were held out.
  package var heldOut: Int { confusion.joined().reduce(0, +) }
}
