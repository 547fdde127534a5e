/// A piece of a row: its text, its style, and a fixed width where it is a column.
package struct RowPart: Equatable, Sendable {
  package var text: String
  package var style: Style
  /// Columns that the part takes, cut or filled; nil takes what the text needs.
  package var width: Int?

  package init(_ text: String, style: Style = .plain, width: Int? = nil) {
    self.text = text
    self.style = style
    self.width = width
  }
}

/// One row of a list: parts from the left, one after another, and parts that end at the right.
package struct RowText: Equatable, Sendable {
  package var left: [RowPart]
  package var right: [RowPart]

  package init(left: [RowPart], right: [RowPart] = []) {
    self.left = left
    self.right = right
  }

  package init(_ text: String, style: Style = .plain) {
    self.init(left: [RowPart(text, style: style)])
  }
}

/// A list, one item a row, with the selected row marked and a thumb that shows where one is.
///
/// It draws the rows that are seen and no others. `items` may be a window of a longer list: then
/// `first` is the index of its first item in the whole, and `total` the length of the whole.
package struct Rows {
  package var items: [RowText]
  /// Index in the whole list.
  package var selected: Int?
  /// Index in the whole list of what the top row shows.
  package var offset: Int
  package var first: Int
  package var total: Int

  package init(
    items: [RowText], selected: Int?, offset: Int, first: Int = 0, total: Int? = nil
  ) {
    self.items = items
    self.selected = selected
    self.offset = offset
    self.first = first
    self.total = total ?? first + items.count
  }

  /// The offset nearest to `offset` at which the selected row is seen and no room is wasted.
  package static func offset(showing selected: Int, of total: Int, height: Int, from offset: Int)
    -> Int
  {
    guard height > 0 else { return 0 }
    let shown = min(max(offset, selected - height + 1), selected)
    return max(0, min(shown, total - height))
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    let scrolls = total > rect.height && rect.width > 2
    let list = rect.splitLeft(rect.width - (scrolls ? 1 : 0)).left
    for line in 0..<rect.height {
      let row = Rect(x: list.x, y: list.y + line, width: list.width, height: 1)
      let index = offset + line
      if items.indices.contains(index - first) {
        items[index - first].draw(on: &canvas, in: row, theme: theme)
      }
      if index == selected { canvas.restyle(row, theme[.selection]) }
    }
    if scrolls { drawThumb(on: &canvas, in: rect, theme: theme) }
  }

  private func drawThumb(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let height = Double(rect.height)
    let length = max(1, Int((height * height / Double(total)).rounded()))
    let span = max(1, total - rect.height)
    let fraction = min(max(Double(offset) / Double(span), 0), 1)
    let top = Int((fraction * Double(rect.height - length)).rounded())
    let thumb = Rect(x: rect.maxX - 1, y: rect.y + top, width: 1, height: length)
    canvas.fill(thumb, theme.glyphs.thumb, style: theme[.track])
  }
}

extension RowText {
  /// Draws into one row. The right end stays whole while it leaves half of the row to the left.
  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let end = right.reduce(0) { $0 + $1.columns }
    let showsRight = end > 0 && (end <= rect.width / 2 || left.isEmpty)
    let parts = rect.splitLeft(rect.width - (showsRight ? min(end + 1, rect.width) : 0))
    Self.draw(left, on: &canvas, in: parts.left, theme: theme)
    guard showsRight else { return }
    let tail = Rect(
      x: max(rect.x, rect.maxX - end), y: rect.y, width: min(end, rect.width), height: 1)
    Self.draw(right, on: &canvas, in: tail, theme: theme)
  }

  private static func draw(
    _ parts: [RowPart], on canvas: inout Canvas, in rect: Rect, theme: Theme
  ) {
    var x = rect.x
    for (index, part) in parts.enumerated() where x < rect.maxX {
      let later = parts[(index + 1)...].contains { !$0.text.isEmpty }
      let room = rect.maxX - x
      var text = part.text
      if let width = part.width { text = TextWidth.pad(text, to: width) }
      // Where the room ends exactly here, what is lost after it must show.
      let overflows = part.columns > room || (part.columns == room && later)
      if overflows && room > 0 {
        let kept = TextWidth.truncate(text, to: room - 1, ellipsis: "")
        text = kept + theme.glyphs.ellipsis
      }
      x = canvas.put(text, x: x, y: rect.y, style: part.style, in: rect)
      if overflows { return }
    }
  }
}

extension RowPart {
  var columns: Int { width ?? TextWidth.columns(text) }
}
