/// Keys and what they do, in one row; those that find no room are left out from the end.
package struct KeyHints {
  package var hints: [(key: String, words: String)]
  /// Ends at the right edge in place of starting at the left.
  package var alignsRight: Bool

  package init(_ hints: [(key: String, words: String)], alignsRight: Bool = false) {
    self.hints = hints
    self.alignsRight = alignsRight
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    var fitting: [(key: String, words: String)] = []
    var columns = 0
    for hint in hints {
      let width = TextWidth.columns(hint.key) + 1 + TextWidth.columns(hint.words)
      let gap = fitting.isEmpty ? 0 : 2
      guard columns + gap + width <= rect.width else { break }
      columns += gap + width
      fitting.append(hint)
    }
    var x = alignsRight ? rect.maxX - columns : rect.x
    for hint in fitting {
      x = canvas.put(hint.key, x: x, y: rect.y, style: theme[.key], in: rect) + 1
      x = canvas.put(hint.words, x: x, y: rect.y, style: theme[.dim], in: rect) + 2
    }
  }
}
