/// Where the words that taggers write in a mood tag lie in the plane of valence and arousal. The
/// values are ours, rounded, after the circumplex (Russell 1980): a word's place, not a measurement.
enum MoodWords {
  struct Place: Equatable {
    /// -1...1
    var valence: Float
    /// -1...1
    var arousal: Float

    init(_ valence: Float, _ arousal: Float) {
      self.valence = valence
      self.arousal = arousal
    }
  }

  /// By word, in lower case. A word's ending may differ: "relaxed", "relaxing" and "relaxation" are
  /// all found through `stems`.
  static let places: [String: Place] = [
    // Bright and lively.
    "happy": Place(0.8, 0.4), "joy": Place(0.85, 0.5), "joyful": Place(0.85, 0.5),
    "joyous": Place(0.85, 0.5), "cheerful": Place(0.8, 0.4), "cheery": Place(0.8, 0.4),
    "fun": Place(0.7, 0.5), "funny": Place(0.6, 0.4), "humorous": Place(0.6, 0.3),
    "playful": Place(0.6, 0.4), "upbeat": Place(0.7, 0.6), "uplifting": Place(0.7, 0.4),
    "party": Place(0.7, 0.8), "celebratory": Place(0.8, 0.7), "festive": Place(0.7, 0.6),
    "exciting": Place(0.6, 0.8), "excited": Place(0.6, 0.8), "euphoric": Place(0.8, 0.8),
    "ecstatic": Place(0.8, 0.9), "exuberant": Place(0.8, 0.8), "energetic": Place(0.4, 0.8),
    "energy": Place(0.4, 0.8), "lively": Place(0.6, 0.7), "danceable": Place(0.5, 0.6),
    "dancing": Place(0.6, 0.7), "groovy": Place(0.5, 0.4), "funky": Place(0.5, 0.5),
    "motivational": Place(0.5, 0.6), "inspiring": Place(0.6, 0.3), "hopeful": Place(0.5, 0.1),
    "optimistic": Place(0.6, 0.3), "positive": Place(0.6, 0.3), "triumphant": Place(0.6, 0.7),
    "epic": Place(0.2, 0.7), "powerful": Place(0.2, 0.7), "confident": Place(0.5, 0.4),
    "sunny": Place(0.7, 0.3), "summer": Place(0.6, 0.4), "carefree": Place(0.7, 0.2),
    "sexy": Place(0.4, 0.3), "sensual": Place(0.4, 0.0), "cool": Place(0.4, 0.1),
    "amused": Place(0.6, 0.3), "sweet": Place(0.6, -0.2), "heroic": Place(0.5, 0.7),
    "majestic": Place(0.4, 0.3), "quirky": Place(0.4, 0.3), "bouncy": Place(0.6, 0.6),
    // Bright and quiet.
    "calm": Place(0.3, -0.7), "peaceful": Place(0.5, -0.7), "serene": Place(0.5, -0.7),
    "tranquil": Place(0.5, -0.7), "relaxing": Place(0.5, -0.6), "relaxed": Place(0.5, -0.6),
    "chill": Place(0.4, -0.5), "chillout": Place(0.4, -0.5), "mellow": Place(0.3, -0.5),
    "laid-back": Place(0.4, -0.4), "easygoing": Place(0.5, -0.3), "soothing": Place(0.4, -0.6),
    "gentle": Place(0.4, -0.5), "soft": Place(0.2, -0.5), "tender": Place(0.4, -0.4),
    "warm": Place(0.5, -0.3), "dreamy": Place(0.3, -0.4), "ethereal": Place(0.2, -0.4),
    "romantic": Place(0.5, -0.2), "love": Place(0.6, 0.0), "content": Place(0.6, -0.3),
    "meditative": Place(0.2, -0.7), "sleepy": Place(0.1, -0.9), "slow": Place(0.0, -0.5),
    "intimate": Place(0.3, -0.4), "pleasant": Place(0.6, -0.1), "spiritual": Place(0.3, -0.3),
    "reflective": Place(0.0, -0.4), "pensive": Place(-0.2, -0.4), "thoughtful": Place(0.0, -0.3),
    "quiet": Place(0.1, -0.7), "ambient": Place(0.0, -0.6), "atmospheric": Place(0.0, -0.3),
    "hypnotic": Place(0.0, -0.1), "neutral": Place(0.0, 0.0),
    // Dark and quiet.
    "sad": Place(-0.7, -0.4), "sadness": Place(-0.7, -0.4), "sorrowful": Place(-0.8, -0.4),
    "melancholy": Place(-0.5, -0.4), "melancholic": Place(-0.5, -0.4),
    "wistful": Place(-0.2, -0.4), "nostalgic": Place(-0.1, -0.3),
    "bittersweet": Place(-0.1, -0.2), "yearning": Place(-0.3, -0.1), "lonely": Place(-0.6, -0.4),
    "depressing": Place(-0.8, -0.5), "depressive": Place(-0.8, -0.5), "gloomy": Place(-0.7, -0.4),
    "bleak": Place(-0.8, -0.4), "dark": Place(-0.6, 0.0), "somber": Place(-0.6, -0.4),
    "sombre": Place(-0.6, -0.4), "mournful": Place(-0.8, -0.4), "heartbroken": Place(-0.7, -0.1),
    "moody": Place(-0.3, -0.1), "blue": Place(-0.5, -0.3), "haunting": Place(-0.4, -0.1),
    "bored": Place(-0.3, -0.6), "cold": Place(-0.4, -0.2), "tired": Place(-0.2, -0.8),
    // Dark and lively.
    "aggressive": Place(-0.5, 0.9), "angry": Place(-0.7, 0.8), "anger": Place(-0.7, 0.8),
    "rage": Place(-0.8, 0.9), "furious": Place(-0.8, 0.9), "hostile": Place(-0.7, 0.7),
    "violent": Place(-0.7, 0.9), "brutal": Place(-0.6, 0.9), "intense": Place(-0.1, 0.8),
    "heavy": Place(-0.3, 0.7), "tense": Place(-0.5, 0.6), "anxious": Place(-0.6, 0.6),
    "nervous": Place(-0.5, 0.6), "scary": Place(-0.7, 0.6), "fear": Place(-0.7, 0.6),
    "fearful": Place(-0.7, 0.6), "creepy": Place(-0.6, 0.3), "sinister": Place(-0.7, 0.4),
    "menacing": Place(-0.7, 0.6), "eerie": Place(-0.5, 0.1), "dramatic": Place(-0.1, 0.5),
    "rebellious": Place(0.0, 0.7), "chaotic": Place(-0.4, 0.9), "frantic": Place(-0.2, 0.9),
    "restless": Place(-0.3, 0.5), "bitter": Place(-0.6, 0.3), "disgust": Place(-0.7, 0.3),
    "surprise": Place(0.2, 0.7), "wild": Place(0.2, 0.8), "fast": Place(0.1, 0.7),
    "driving": Place(0.1, 0.7), "harsh": Place(-0.5, 0.7), "passionate": Place(0.3, 0.5),
  ]

  /// Beginnings of words, for the endings that taggers vary; looked for where `places` has nothing.
  static let stems: [(String, Place)] = [
    ("happi", Place(0.8, 0.4)), ("joy", Place(0.85, 0.5)), ("cheer", Place(0.8, 0.4)),
    ("relax", Place(0.5, -0.6)), ("calm", Place(0.3, -0.7)), ("peace", Place(0.5, -0.7)),
    ("chill", Place(0.4, -0.5)), ("melanchol", Place(-0.5, -0.4)), ("depress", Place(-0.8, -0.5)),
    ("aggress", Place(-0.5, 0.9)), ("energ", Place(0.4, 0.8)), ("uplift", Place(0.7, 0.4)),
    ("romanti", Place(0.5, -0.2)), ("nostalg", Place(-0.1, -0.3)), ("excit", Place(0.6, 0.8)),
    ("dream", Place(0.3, -0.4)), ("meditat", Place(0.2, -0.7)), ("inspir", Place(0.6, 0.3)),
    ("lonel", Place(-0.6, -0.4)), ("sorrow", Place(-0.8, -0.4)), ("gloom", Place(-0.7, -0.4)),
    ("anxi", Place(-0.6, 0.6)), ("euphori", Place(0.8, 0.8)), ("sooth", Place(0.4, -0.6)),
    ("sleep", Place(0.1, -0.9)), ("tranquil", Place(0.5, -0.7)), ("motivat", Place(0.5, 0.6)),
  ]

  /// The mean place of the words that are known in a text; nil where none is. "not" before a word
  /// turns it round.
  static func place(in text: String) -> Place? {
    var found: [Place] = []
    var isNegated = false
    for word in words(text) {
      if word == "not" || word == "non" || word == "no" {
        isNegated = true
        continue
      }
      if let place = place(of: word) {
        found.append(isNegated ? Place(-place.valence, -place.arousal) : place)
      }
      isNegated = false
    }
    return mean(found)
  }

  static func mean(_ places: [Place]) -> Place? {
    guard !places.isEmpty else { return nil }
    let count = Float(places.count)
    return Place(
      places.reduce(0) { $0 + $1.valence } / count, places.reduce(0) { $0 + $1.arousal } / count)
  }

  private static func place(of word: String) -> Place? {
    places[word] ?? stems.first { word.hasPrefix($0.0) }?.1
  }

  /// Lower-case words; a hyphen and an apostrophe belong to a word, all else parts them.
  static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "'") }
      .map(String.init)
  }
}
