import Music
import Screen

/// The line in which the library's search is typed, at the top of its pane, and below it what is
/// wrong with it: a caret at the column, and the words beside it or, where they are too long, below.
struct SearchLine {
  let entry: TextEntry
  let problem: QueryError?

  private static let prompt = "/"

  /// Draws into the top of `rect` and returns what is left of it for the rows.
  func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) -> Rect {
    let margin = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: rect.height)
    let (line, below) = margin.splitTop(1)
    let field = TextField(text: entry.text, cursor: entry.cursor, prompt: Self.prompt)
    field.draw(on: &canvas, in: line, theme: theme)
    guard let problem, below.height > 0 else { return rect.splitTop(1).rest }
    let used = draw(problem, of: field, on: &canvas, in: below, theme: theme)
    return rect.splitTop(1 + used).rest
  }

  /// Returns how many rows it took.
  private func draw(
    _ problem: QueryError, of field: TextField, on canvas: inout Canvas, in rect: Rect,
    theme: Theme
  ) -> Int {
    let words = problem.description
    let width = TextWidth.columns(words)
    let before = String(entry.text.unicodeScalars.prefix(problem.column - 1))
    let start = rect.x + TextWidth.columns(Self.prompt)
    let place = start + TextWidth.columns(before) - field.shift(in: rect.width)
    let caret = min(max(start, place), rect.maxX - 1)
    canvas.put("^", x: caret, y: rect.y, style: theme[.error], in: rect)
    if caret + 2 + width <= rect.maxX {
      canvas.put(words, x: caret + 2, y: rect.y, style: theme[.error], in: rect)
      return 1
    }
    if caret - 1 - width >= rect.x {
      canvas.put(words, x: caret - 1 - width, y: rect.y, style: theme[.error], in: rect)
      return 1
    }
    let lines = Paragraph.lines(of: words, width: rect.width).count
    Paragraph(words, style: theme[.error])
      .draw(on: &canvas, in: rect.splitTop(1).rest, theme: theme)
    return 1 + lines
  }
}
