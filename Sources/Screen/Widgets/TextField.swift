/// One line being typed, after a prompt; scrolls so that the cursor is always seen.
package struct TextField {
  package var text: String
  /// Characters before the cursor.
  package var cursor: Int
  package var prompt: String

  package init(text: String, cursor: Int, prompt: String = "") {
    self.text = text
    self.cursor = cursor
    self.prompt = prompt
  }

  package init(_ text: String, _ cursor: Int) {
    self.init(text: text, cursor: cursor)
  }

  /// How many columns of the text are scrolled out to the left in a field of so many.
  package func shift(in width: Int) -> Int {
    let before = TextWidth.columns(String(text.prefix(max(0, cursor))))
    return max(0, before - (width - TextWidth.columns(prompt)) + 1)
  }

  /// Draws the field and puts the canvas's cursor into it.
  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    let start = canvas.put(prompt, x: rect.x, y: rect.y, style: theme[.prompt], in: rect)
    let field = rect.splitLeft(start - rect.x).rest
    guard field.width > 0 else { return }
    let before = TextWidth.columns(String(text.prefix(max(0, cursor))))
    let shift = shift(in: rect.width)
    canvas.put(text, x: field.x - shift, y: field.y, style: theme[.text], in: field)
    canvas.cursor = (field.x + before - shift, field.y)
  }
}
