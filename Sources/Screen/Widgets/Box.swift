/// A border with a title in its top line. Too small for a border, it draws nothing.
package struct Box {
  package var title: String
  /// Drawn at the right end of the top line, where there is room beside the title.
  package var note: String
  package var isFocused: Bool

  package init(title: String, note: String = "", isFocused: Bool = false) {
    self.title = title
    self.note = note
    self.isFocused = isFocused
  }

  /// The cells inside the border.
  package static func inner(of rect: Rect) -> Rect { rect.inset(by: 1) }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let style = theme[isFocused ? .accent : .border]
    let glyphs = theme.glyphs
    let across = String(repeating: glyphs.horizontal, count: rect.width - 2)
    for (row, left, right) in [(rect.y, 0, 1), (rect.maxY - 1, 2, 3)] {
      let line = "\(glyphs.corners[left])\(across)\(glyphs.corners[right])"
      canvas.put(line, x: rect.x, y: row, style: style, in: rect)
    }
    for column in [rect.x, rect.maxX - 1] {
      let side = Rect(x: column, y: rect.y + 1, width: 1, height: rect.height - 2)
      canvas.fill(side, glyphs.vertical, style: style)
    }
    drawTitle(on: &canvas, in: rect, theme: theme)
  }

  private func drawTitle(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let room = rect.width - 4
    guard room > 0, !title.isEmpty || !note.isEmpty else { return }
    let shown = TextWidth.truncate(" \(title) ", to: room, ellipsis: theme.glyphs.ellipsis)
    if !title.isEmpty { canvas.put(shown, x: rect.x + 1, y: rect.y, style: theme[.heading]) }
    let aside = " \(note) "
    let width = TextWidth.columns(aside)
    let free = room - (title.isEmpty ? 0 : TextWidth.columns(shown))
    guard !note.isEmpty, width < free else { return }
    canvas.put(aside, x: rect.maxX - 1 - width, y: rect.y, style: theme[.dim])
  }
}
