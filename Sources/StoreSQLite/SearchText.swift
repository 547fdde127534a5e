/// How text stands in the index `search`, and how it is asked for there.
///
/// The index knows a text by each three characters that follow one another. Two marks stand before
/// each word, so that they and its first one or two letters are such a three too: `␂␂l`, `␂lo`. A
/// single index then answers one letter as well as many, at the start of a word as well as inside.
/// The first word of a field has another second mark, `␂␃lo`. In scripts that are written without
/// spaces every character begins a word.
///
/// Rows are taken out of the index by giving it the same text again: whoever changes a rule here
/// adds a step to `Schema` that fills the index anew.
enum SearchText {
  private static let word: Unicode.Scalar = "\u{2}"
  private static let field: Unicode.Scalar = "\u{3}"

  /// A tag, folded, as the index holds it; nil where it holds nothing to find.
  static func indexed(folded text: String) -> String? {
    let marked = marked(text, first: field)
    return marked.isEmpty ? nil : marked
  }

  /// What to look for, as a phrase of FTS5, or several of which one must be there.
  struct Pattern: Equatable {
    private let phrases: [String]

    fileprivate init(_ phrases: [String]) { self.phrases = phrases }

    var expression: String {
      let quoted = phrases.map { "\"\($0.replacing("\"", with: "\"\""))\"" }
      return quoted.count == 1 ? quoted[0] : "(\(quoted.joined(separator: " OR ")))"
    }

    /// Whether a text, as the index holds it, holds one of the phrases: what FTS5 would say of it.
    func matches(_ indexed: String) -> Bool {
      let text = Array(indexed.utf8)
      return phrases.contains { Self.holds(text, Array($0.utf8)) }
    }

    private static func holds(_ text: [UInt8], _ phrase: [UInt8]) -> Bool {
      guard let first = phrase.first, text.count >= phrase.count else { return false }
      return (0...text.count - phrase.count).contains { start in
        text[start] == first && text[start..<start + phrase.count].elementsEqual(phrase)
      }
    }
  }

  /// Matches text that stands anywhere; one or two letters, at the start of a word. Nil where the
  /// text holds nothing to find.
  static func anywhere(_ text: String) -> Pattern? {
    let inner = marked(Folding.fold(text), first: nil)
    return inner.unicodeScalars.count >= 3 ? Pattern([inner]) : beginning(text)
  }

  /// Matches text that stands at the start of a word.
  static func beginning(_ text: String) -> Pattern? {
    let folded = Folding.fold(text)
    let phrases = [word, field].map { trimmed(marked(folded, first: $0)) }
    return phrases[0].isEmpty ? nil : Pattern(phrases)
  }

  /// Matches text that a field begins with.
  static func opening(_ text: String) -> Pattern? {
    let phrase = trimmed(marked(Folding.fold(text), first: field))
    return phrase.isEmpty ? nil : Pattern([phrase])
  }

  /// Without the first mark, where three characters stay: what it shares with every such word
  /// would only be read in vain.
  private static func trimmed(_ marked: String) -> String {
    marked.unicodeScalars.count > 3 ? String(marked.unicodeScalars.dropFirst()) : marked
  }

  /// `first` is the second mark of the first word; nil leaves both away.
  private static func marked(_ folded: String, first: Unicode.Scalar?) -> String {
    // Bytes: one scalar after another, a string takes much longer to grow.
    var result: [UInt8] = []
    result.reserveCapacity(2 * folded.utf8.count)
    var previous = Kind.blank
    var isBlankOwed = false
    for scalar in folded.unicodeScalars {
      let kind = Kind(scalar)
      defer { previous = kind }
      if kind == .blank {
        isBlankOwed = !result.isEmpty
        continue
      }
      if isBlankOwed { result.append(UInt8(ascii: " ")) }
      isBlankOwed = false
      if kind == .character || previous == .blank || (kind == .letter && previous == .other) {
        let second = result.isEmpty ? first : word
        if let second {
          result.append(contentsOf: word.utf8)
          result.append(contentsOf: second.utf8)
        }
      }
      if scalar.isASCII {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        result.append(contentsOf: scalar.utf8)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// What a scalar is to the start of a word.
  private enum Kind {
    case blank
    case letter
    /// Of a script without spaces.
    case character
    case other

    init(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case ...0x20, 0x7F: self = .blank
      case 0x27, 0x30...0x39, 0x61...0x7A: self = .letter
      case ..<0x80: self = .other
      // Korean comes taken apart: its leading consonants begin the syllables.
      case 0x1100...0x115F, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF,
        0xF900...0xFAFF, 0x20000...0x3FFFF:
        self = .character
      default:
        let properties = scalar.properties
        if properties.isWhitespace || properties.generalCategory == .control {
          self = .blank
        } else {
          self =
            properties.isAlphabetic || properties.numericType != nil
              || properties.canonicalCombiningClass != .notReordered ? .letter : .other
        }
      }
    }
  }
}
