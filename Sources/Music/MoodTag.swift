/// Which words of a mood tag mean something to EMUS: for those who take tags in and have to say what
/// will be kept and found, and moves no song. Knows no file and no place in the plane.
package enum MoodTag {
  /// Whether any word of a text says how a song feels.
  package static func isKnown(_ text: String) -> Bool { MoodWords.place(in: text) != nil }

  /// The known word that a text was probably meant for.
  package static func nearest(_ text: String) -> String? {
    let word = text.lowercased()
    return NearestWord.find(word, among: names, slips: word.utf8.count < 6 ? 1 : 2)
  }

  /// Two known words from each quarter of the plane.
  package static let examples = [
    "happy", "energetic", "calm", "romantic", "sad", "melancholy", "angry", "tense",
  ]

  private static let names = MoodWords.places.keys.sorted()
}
