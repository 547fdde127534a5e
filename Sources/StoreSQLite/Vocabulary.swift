import GRDB

/// The words of the library in memory, to mend a slip by: the table `word`, read when a search
/// first finds nothing and after that only what is new.
///
/// Words stay although the songs that had them changed: what a mended search finds decides.
struct Vocabulary: Sendable {
  private var words: [Word] = []
  private var lastID: Int64 = 0

  private struct Word: Sendable {
    var text: String
    var letters: UInt32
  }

  static let newWordsSQL = "SELECT id, text FROM word WHERE id > ? ORDER BY id"

  /// Reads what was added since.
  mutating func catchUp(_ db: Database) throws {
    let rows = try Row.fetchCursor(db.cachedStatement(sql: Self.newWordsSQL), arguments: [lastID])
    while let row = try rows.next() {
      lastID = try row.decode(Int64.self, atIndex: 0)
      let text = try row.decode(String.self, atIndex: 1)
      words.append(Word(text: text, letters: Self.letters(text)))
    }
  }

  /// The words that what was typed may have meant, fewest slips first, at most `limit`.
  func near(_ typed: String, limit: Int = 8) -> [String] {
    guard let slips = Slips(in: typed) else { return [] }
    let wanted = Self.letters(typed)
    var found: [(slips: Int, length: Int, text: String)] = []
    for word in words where (wanted & ~word.letters).nonzeroBitCount <= slips.allowed {
      guard word.text != typed, let count = slips.count(to: word.text) else { continue }
      found.append((count, word.text.utf8.count, word.text))
    }
    return found.sorted { $0 < $1 }.prefix(limit).map(\.text)
  }

  /// A bit for each letter that there is: most words are told apart without looking at them.
  private static func letters(_ text: String) -> UInt32 {
    text.utf8.reduce(0) { letters, byte in
      switch byte {
      case 0x61...0x7A: letters | 1 << UInt32(byte - 0x61)
      case 0x30...0x39: letters | 1 << 26
      default: letters | 1 << 27
      }
    }
  }

  /// The words of a folded text in which a slip could be made: letters, at least three.
  static func words(folded text: String) -> [String] {
    text.unicodeScalars.split { !isLetter($0) }
      .filter { (3...longest).contains($0.count) }
      .map { String($0) }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    // Folded text has no capitals, and a look at a table of properties takes its time.
    scalar.isASCII
      ? (0x61...0x7A).contains(scalar.value) || scalar == "'" : scalar.properties.isAlphabetic
  }

  private static let longest = 32
}
