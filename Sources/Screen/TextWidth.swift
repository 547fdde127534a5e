/// Measures and cuts text by the columns it takes, as `Canvas.put` will draw it.
package enum TextWidth {
  /// Columns that the text takes; control characters take none.
  package static func columns(_ text: String) -> Int {
    GlyphSequence(text).reduce(0) { $0 + $1.width }
  }

  /// The text where it fits, else as much of it as fits before the ellipsis.
  package static func truncate(
    _ text: String, to columns: Int, ellipsis: String = "…"
  ) -> String {
    guard columns > 0 else { return "" }
    let room = columns - Self.columns(ellipsis)
    var kept = ""
    var used = 0
    // What of `kept` leaves room for the ellipsis, in UTF-8 bytes.
    var short = 0
    for glyph in GlyphSequence(text) {
      used += glyph.width
      if used > columns {
        guard room >= 0 else { return truncate(ellipsis, to: columns, ellipsis: "") }
        return String(Substring(kept.utf8.prefix(short))) + ellipsis
      }
      kept.append(glyph.character)
      if used <= room { short = kept.utf8.count }
    }
    return kept
  }

  /// The text cut or filled with spaces to exactly so many columns.
  package static func pad(_ text: String, to columns: Int) -> String {
    let cut = truncate(text, to: columns)
    return cut + String(repeating: " ", count: max(0, columns - Self.columns(cut)))
  }
}
