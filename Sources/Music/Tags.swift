/// What a file says of itself. Text went through `clean`: it never holds a control character.
package struct Tags: Equatable, Sendable {
  package var title: String?
  package var artist: String?
  package var album: String?
  package var albumArtist: String?
  package var genre: String?
  package var year: Int?
  package var track: Int?
  package var disc: Int?
  /// Seconds; nil where the file does not tell.
  package var duration: Double?
  /// The mood tag (`MOOD`, `TMOO`), as written.
  package var mood: String?
  /// Beats a minute.
  package var bpm: Double?
  /// A rating found in the file, 1...10.
  package var rating: Int?
  package var details = TagDetails()
  /// The cue sheet that the file carries, as written: line breaks and all. Only on the way to the
  /// catalogue, which keeps the parts that it makes and not the sheet.
  package var cueSheet: String?

  package init(
    title: String? = nil, artist: String? = nil, album: String? = nil, albumArtist: String? = nil,
    genre: String? = nil, year: Int? = nil, track: Int? = nil, disc: Int? = nil,
    duration: Double? = nil, mood: String? = nil, bpm: Double? = nil, rating: Int? = nil
  ) {
    self.title = title
    self.artist = artist
    self.album = album
    self.albumArtist = albumArtist
    self.genre = genre
    self.year = year
    self.track = track
    self.disc = disc
    self.duration = duration
    self.mood = mood
    self.bpm = bpm
    self.rating = rating
  }

  /// The most characters that one tag may have; the rest is cut.
  package static let lengthLimit = 1024

  /// Makes text from a file safe to store and draw.
  ///
  /// A control character of ASCII is written as in paths, `\u{1B}`; the others, line breaks and
  /// bidirectional overrides become spaces, runs of white space become one, and what is longer than
  /// `lengthLimit` is cut. Nil where nothing is left.
  package static func clean(_ text: String) -> String? {
    if isCleanASCII(text) { return text.isEmpty ? nil : text }
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    var count = 0
    for scalar in text.unicodeScalars {
      let code = isCoded(scalar) ? PathText.code(of: scalar) : nil
      if code == nil, scalar.properties.isWhitespace || isUnsafe(scalar) {
        pendingSpace = !result.isEmpty
        continue
      }
      let length = (pendingSpace ? 1 : 0) + (code?.utf8.count ?? 1)
      guard count + length <= lengthLimit else { break }
      if pendingSpace { result.append(" ") }
      if let code { result.append(contentsOf: code.unicodeScalars) } else { result.append(scalar) }
      count += length
      pendingSpace = false
    }
    return result.isEmpty ? nil : String(result)
  }

  /// True for most texts there are, which then need no look at each character's properties: short,
  /// visible ASCII with single spaces inside.
  private static func isCleanASCII(_ text: String) -> Bool {
    let space = UInt8(ascii: " ")
    var count = 0
    var previous = space
    for byte in text.utf8 {
      guard (0x20...0x7E).contains(byte), byte != space || previous != space else { return false }
      previous = byte
      count += 1
    }
    return count <= lengthLimit && (count == 0 || previous != space)
  }

  /// What commands a terminal, and no text has by mistake: not white space, not the NUL that ends
  /// texts, not the upper half, where old letters turn up that were read in the wrong encoding.
  private static func isCoded(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x01...0x08, 0x0E...0x1F, 0x7F: true
    default: false
    }
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: true
    case .format: scalar != "\u{200D}"
    default: false
    }
  }
}
