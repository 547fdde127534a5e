import Foundation

/// Makes text comparable: `Café`, `CAFE` and `cafe` fold to the same. Search and the order of lists
/// work on folded text only; SQLite 3.40 folds neither accents nor letters beyond ASCII.
package enum Folding {
  /// Lower case, without accents, not as wide as Chinese. Letters that are no accented ones (ø, ß) become what people
  /// type for them. Folding twice changes nothing.
  package static func fold(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
      if isAccent(scalar) { continue }
      if let typed = spelledOut[scalar] {
        result.append(contentsOf: typed.unicodeScalars)
      } else {
        result.append(Self.narrow(scalar))
      }
    }
    return String(result)
  }

  /// The plain form of a sign or letter as wide as a Chinese character: U+FF01 to U+FF5E are ASCII's
  /// from "!" on.
  private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else { return scalar }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  /// The combining marks of Latin, Greek and Cyrillic. Those of other scripts carry meaning.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    (0x300...0x36F).contains(scalar.value)
  }

  /// Letters that Unicode does not decompose, signs that keyboards lack, and letters set as one.
  private static let spelledOut: [Unicode.Scalar: String] = [
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ł": "l",
    "ŋ": "ng", "þ": "th", "ŧ": "t", "ς": "σ", "’": "'", "‘": "'", "“": "\"", "”": "\"",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
  ]
}
