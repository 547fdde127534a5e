/// One text of a tag in the forms in which tables and index hold it, all made of one folding.
struct FoldedText {
  let folded: String
  /// As the index `search` holds it; nil where it holds nothing to find.
  let indexed: String?
  /// The words that a slip could be made in.
  let words: [String]

  /// Lines, such as two artists, are texts of their own: a phrase never spans both.
  init(_ text: String) {
    folded = Folding.fold(text)
    indexed = Self.indexed(folded)
    words = Vocabulary.words(folded: folded)
  }

  private static func indexed(_ folded: String) -> String? {
    // Nearly every text is one line.
    guard folded.utf8.contains(UInt8(ascii: "\n")) else {
      return SearchText.indexed(folded: folded)
    }
    let lines = folded.split(separator: "\n").compactMap { SearchText.indexed(folded: String($0)) }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// What decides its place in a list.
  var key: String { Self.key(folded) }

  static func key(_ folded: String) -> String {
    folded.utf8.count <= keyLength ? folded : String(folded.prefix(keyLength))
  }

  /// More characters would only fill the index.
  private static let keyLength = 64
}

/// Folded texts of one transaction: artists, albums and genres come again with each song.
struct FoldedTexts {
  private var known: [String: FoldedText] = [:]

  subscript(text: String) -> FoldedText {
    mutating get {
      if let known = known[text] { return known }
      let made = FoldedText(text)
      known[text] = made
      return made
    }
  }
}
