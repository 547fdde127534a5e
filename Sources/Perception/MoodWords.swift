/// A mood in words for people: "calm, a little sad", "fairly sure".
///
/// Words before numbers; no diagnosis. A quiet, unexcited, undecided mood is "even", and so is
/// whatever a headline tells of a face that is read as neutral.
package enum MoodWords {
  /// Neither pleasant nor unpleasant, neither quiet nor excited.
  static let even = "even"
  private static let separator = ", "

  /// At most two descriptions, the arousal first.
  package static func phrase(valence: Double, arousal: Double) -> String {
    let words = [arousalWord(arousal, valence: valence), valenceWord(valence, arousal: arousal)]
    let known = words.compactMap(\.self)
    return known.isEmpty ? even : known.joined(separator: separator)
  }

  /// Of the descriptions of a phrase the one that tells more: tension, or else how pleasant it is.
  package static func shortened(_ phrase: String) -> String {
    let descriptions = phrase.split(separator: separator)
    return (descriptions.first { $0.hasSuffix("tense") } ?? descriptions.last).map(String.init)
      ?? phrase
  }

  /// "sure", "fairly sure" or "unsure".
  package static func sureness(certainty: Double) -> String {
    if certainty >= 0.65 { return "sure" }
    return certainty >= 0.3 ? "fairly sure" : "unsure"
  }

  private static func arousalWord(_ arousal: Double, valence: Double) -> String? {
    let pleasant = valence > -0.15
    if arousal >= 0.45 { return pleasant ? "energetic" : "tense" }
    if arousal >= 0.15 { return pleasant ? "lively" : "a little tense" }
    if arousal <= -0.5 { return pleasant ? "very calm" : "weary" }
    return arousal <= -0.15 ? "calm" : nil
  }

  private static func valenceWord(_ valence: Double, arousal: Double) -> String? {
    let low = arousal < 0.15 ? "sad" : "unhappy"
    if valence >= 0.5 { return "happy" }
    if valence >= 0.15 { return "content" }
    if valence <= -0.5 { return low }
    return valence <= -0.15 ? "a little \(low)" : nil
  }
}
