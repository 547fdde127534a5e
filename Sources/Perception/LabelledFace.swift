/// One face of a data set and the emotion that people say it shows.
package struct LabelledFace: Equatable, Sendable {
  package enum Picture: Equatable, Sendable {
    /// The pixels of a table: a crop by nature.
    case gray(GrayPicture)
    /// The path of an image file, a text of `FileName`.
    case file(String)
  }

  package var emotion: Emotion
  package var picture: Picture

  package init(emotion: Emotion, picture: Picture) {
    self.emotion = emotion
    self.picture = picture
  }
}

/// What a data set calls an emotion.
package enum EmotionLabel: Equatable, Sendable {
  case emotion(Emotion)
  /// An emotion that is none of the seven, or a remark such as "unknown": to be left out.
  case other
  /// Nothing is said.
  case none

  /// The name of an emotion in one of its usual forms, whatever its case; nil for a word that
  /// no data set known to us uses.
  package init?(name: String) {
    switch name.lowercased() {
    case "": self = .none
    case "angry", "anger": self = .emotion(.angry)
    case "disgust", "disgusted": self = .emotion(.disgust)
    case "fear", "fearful", "afraid", "scared": self = .emotion(.fear)
    case "happy", "happiness", "joy": self = .emotion(.happy)
    case "sad", "sadness": self = .emotion(.sad)
    case "surprise", "surprised": self = .emotion(.surprise)
    case "neutral", "neutrality", "normal": self = .emotion(.neutral)
    case "contempt", "contemptuous", "unknown", "uncertain", "none", "other", "not_a_face", "nf":
      self = .other
    default: return nil
    }
  }

  /// A cell of a table: a name, or a number in FER2013's order.
  package init?(cell: String) {
    guard let number = Int(cell) else {
      self.init(name: cell)
      return
    }
    guard Emotion.allCases.indices.contains(number) else { return nil }
    self = .emotion(Emotion.allCases[number])
  }
}
