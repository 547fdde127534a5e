/// Where genres lie in the plane of valence and arousal, as far as a genre tells: little (genres
/// explain about a tenth of a song's valence and a fifth of its energy). The values are ours,
/// rounded; those that could be were set beside the means of published collections.
enum GenrePriors {
  /// By name, in lower case, "&" written "and". A name is also found inside a longer one, on the
  /// borders of words: "melodic death metal" is death metal; the longest name wins.
  static let places: [String: MoodWords.Place] = [
    // Rock.
    "rock": at(0.0, 0.4), "classic rock": at(0.2, 0.4), "hard rock": at(0.0, 0.6),
    "soft rock": at(0.2, 0.0), "indie rock": at(0.0, 0.3), "alternative": at(0.0, 0.4),
    "alternative rock": at(0.0, 0.4), "garage rock": at(0.1, 0.6),
    "psychedelic": at(0.1, 0.1), "progressive rock": at(-0.1, 0.1), "post-rock": at(-0.4, -0.1),
    "math rock": at(-0.1, 0.4), "grunge": at(-0.2, 0.5), "shoegaze": at(-0.2, 0.2),
    "gothic": at(-0.3, 0.3), "rock and roll": at(0.4, 0.4), "rockabilly": at(0.4, 0.4),
    "surf": at(0.4, 0.4), "britpop": at(0.2, 0.4), "krautrock": at(0.0, 0.2),
    "punk": at(0.1, 0.7), "pop punk": at(0.1, 0.6), "post-punk": at(-0.1, 0.4),
    "hardcore": at(-0.3, 0.8), "emo": at(-0.2, 0.6), "screamo": at(-0.5, 0.8),
    // Metal.
    "metal": at(-0.3, 0.7), "heavy metal": at(-0.2, 0.7), "power metal": at(-0.1, 0.8),
    "thrash metal": at(-0.4, 0.8), "death metal": at(-0.5, 0.8), "black metal": at(-0.6, 0.8),
    "doom metal": at(-0.5, 0.4), "metalcore": at(-0.4, 0.8), "nu metal": at(-0.3, 0.7),
    "grindcore": at(-0.6, 0.9), "sludge": at(-0.5, 0.5), "industrial": at(-0.3, 0.5),
    // Pop, and what is danced to.
    "pop": at(0.2, 0.3), "dance": at(0.3, 0.5), "dance pop": at(0.3, 0.5),
    "electropop": at(0.2, 0.4), "synthpop": at(0.3, 0.4), "synth-pop": at(0.3, 0.4),
    "synthwave": at(0.1, 0.4), "indie pop": at(0.1, 0.2), "dream pop": at(-0.1, 0.0),
    "k-pop": at(0.3, 0.5), "j-pop": at(0.3, 0.6), "new wave": at(0.3, 0.4), "disco": at(0.5, 0.5),
    "eurodance": at(0.4, 0.7), "schlager": at(0.3, 0.1), "ballad": at(-0.1, -0.3),
    // Electronic.
    "electronic": at(0.0, 0.3), "electronica": at(0.0, 0.2), "house": at(0.2, 0.5),
    "deep house": at(0.2, 0.3), "techno": at(-0.1, 0.5), "trance": at(0.0, 0.6),
    "edm": at(0.1, 0.7), "dubstep": at(-0.3, 0.5), "drum and bass": at(-0.2, 0.6),
    "jungle": at(-0.1, 0.6), "breakbeat": at(0.1, 0.5), "hardstyle": at(0.0, 0.8),
    "gabber": at(-0.2, 0.9), "breakcore": at(0.0, 0.9), "idm": at(-0.1, 0.1),
    "electro": at(0.2, 0.4), "trip hop": at(-0.1, -0.1), "trip-hop": at(-0.1, -0.1),
    "downtempo": at(0.0, -0.3), "chillout": at(0.2, -0.5), "chill": at(0.2, -0.5),
    "lo-fi": at(0.0, -0.3), "lofi": at(0.0, -0.3), "vaporwave": at(0.0, -0.1),
    "chiptune": at(0.2, 0.5), "ambient": at(-0.2, -0.7), "dark ambient": at(-0.6, -0.4),
    "drone": at(-0.5, -0.6), "noise": at(-0.6, 0.7), "new age": at(0.1, -0.6),
    "meditation": at(0.1, -0.8), "darkwave": at(-0.4, 0.2), "ebm": at(-0.2, 0.6),
    // Black American music and its kin.
    "hip hop": at(0.1, 0.3), "hip-hop": at(0.1, 0.3), "rap": at(0.1, 0.4), "trap": at(-0.1, 0.4),
    "grime": at(0.0, 0.5), "drill": at(-0.2, 0.4), "gangsta": at(-0.1, 0.4), "r&b": at(0.1, 0.1),
    "r and b": at(0.1, 0.1), "rnb": at(0.1, 0.1), "soul": at(0.3, 0.0), "neo soul": at(0.2, 0.0),
    "motown": at(0.4, 0.2), "funk": at(0.5, 0.4), "gospel": at(0.3, 0.2), "blues": at(-0.1, -0.1),
    "doo-wop": at(0.3, -0.1), "doo wop": at(0.3, -0.1), "jazz": at(0.1, -0.2),
    "smooth jazz": at(0.3, -0.3), "cool jazz": at(0.0, -0.4), "free jazz": at(-0.2, 0.4),
    "bebop": at(0.1, 0.1), "swing": at(0.4, 0.2), "big band": at(0.3, 0.1),
    "acid jazz": at(0.3, 0.2), "fusion": at(0.1, 0.2), "vocal jazz": at(0.1, -0.4),
    // Folk, country, the world.
    "country": at(0.2, 0.2), "bluegrass": at(0.4, 0.2), "americana": at(0.1, -0.1),
    "folk": at(0.0, -0.2), "indie folk": at(-0.1, -0.2), "folk rock": at(0.1, 0.1),
    "singer-songwriter": at(-0.1, -0.3), "acoustic": at(0.1, -0.4), "celtic": at(0.2, 0.0),
    "klezmer": at(0.3, 0.2), "polka": at(0.6, 0.3), "reggae": at(0.5, 0.0), "ska": at(0.5, 0.4),
    "dub": at(0.3, -0.1), "dancehall": at(0.4, 0.4), "latin": at(0.4, 0.4), "salsa": at(0.6, 0.5),
    "cumbia": at(0.5, 0.3), "samba": at(0.5, 0.3), "bossa nova": at(0.3, -0.3),
    "tango": at(0.1, 0.0), "flamenco": at(0.2, 0.2), "reggaeton": at(0.4, 0.5),
    "mariachi": at(0.4, 0.2), "fado": at(-0.3, -0.4), "chanson": at(0.0, -0.1),
    "afrobeat": at(0.4, 0.3), "bollywood": at(0.3, 0.3), "world": at(0.2, 0.0),
    // Classical and functional.
    "classical": at(0.0, -0.4), "baroque": at(0.1, -0.3), "opera": at(-0.1, -0.1),
    "choral": at(0.0, -0.5), "chamber": at(0.0, -0.4), "symphony": at(0.0, -0.1),
    "orchestral": at(0.0, -0.2), "piano": at(0.0, -0.5), "minimalism": at(-0.1, -0.5),
    "soundtrack": at(-0.2, -0.3), "score": at(-0.2, -0.3), "game": at(0.1, 0.2),
    "easy listening": at(0.3, -0.4), "lounge": at(0.3, -0.4), "christmas": at(0.5, 0.0),
    "lullaby": at(0.2, -0.9), "children": at(0.5, 0.2), "worship": at(0.2, 0.1),
    "comedy": at(0.4, 0.2),
  ]

  /// The mean place of the genres in a text ("Rock; Jazz", "Folk/Punk"); nil where none is known.
  static func place(in text: String) -> MoodWords.Place? {
    let separators: Set<Character> = [";", ",", "/", "|", "\\", "+"]
    return MoodWords.mean(text.split { separators.contains($0) }.compactMap(one))
  }

  /// Whether a text is the whole name of a genre.
  static func holds(_ name: Substring) -> Bool {
    places[words(name).joined(separator: " ")] != nil
  }

  private static func words(_ name: Substring) -> [String] {
    MoodWords.words(name.split(separator: "&").joined(separator: " and "))
  }

  /// One genre: by its whole name, else by the longest known name inside it.
  private static func one(_ name: Substring) -> MoodWords.Place? {
    let words = words(name)
    for length in stride(from: min(words.count, 3), through: 1, by: -1) {
      for start in (0...(words.count - length)).reversed() {
        let run = words[start..<start + length]
        if let place = places[run.joined(separator: " ")] { return place }
        if length == 1, let word = run.first, let place = compound(word) { return place }
      }
    }
    return nil
  }

  /// "post-metal", "indie-rock", "children's": the parts of a word, its last first.
  private static func compound(_ word: String) -> MoodWords.Place? {
    let parts = word.split { $0 == "-" || $0 == "'" }.map(String.init)
    guard parts.count > 1 else { return nil }
    return places[parts.joined(separator: " ")]
      ?? parts.reversed().lazy.compactMap { places[$0] }.first
  }

  private static func at(_ valence: Float, _ arousal: Float) -> MoodWords.Place {
    MoodWords.Place(valence, arousal)
  }
}
