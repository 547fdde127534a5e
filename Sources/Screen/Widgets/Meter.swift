/// One row that shows a share: a label, a bar drawn to the eighth of a cell, and its value in words.
package struct Meter {
  package var label: String
  /// 0...1; outside of it the bar is empty or full.
  package var value: Double
  package var valueText: String
  /// The bar that matters among its neighbours.
  package var emphasis: Bool
  /// Columns for the label and a space after it, equal among neighbours.
  package var labelWidth: Int
  package var valueWidth: Int

  package init(
    label: String, value: Double, valueText: String, emphasis: Bool = false,
    labelWidth: Int = 9, valueWidth: Int = 5
  ) {
    self.label = label
    self.value = value
    self.valueText = valueText
    self.emphasis = emphasis
    self.labelWidth = labelWidth
    self.valueWidth = valueWidth
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    let row = LabelledRow(
      label: label, labelWidth: labelWidth, valueText: valueText, valueWidth: valueWidth)
    let middle = row.draw(
      on: &canvas, in: rect, style: theme[emphasis ? .title : .text], theme: theme)
    let bar = theme.glyphs.bar(length: value * Double(middle.width), width: middle.width)
    canvas.put(
      bar, x: middle.x, y: middle.y, style: theme[emphasis ? .accent : .bar], in: middle)
  }
}

/// A row with a label at its left and a value at its right; what lies between is the caller's.
struct LabelledRow {
  var label: String
  var labelWidth: Int
  var valueText: String
  var valueWidth: Int

  /// Draws both and returns the cells between them. In a narrow row the value goes first, then the
  /// middle: the label is what tells the rows apart.
  func draw(on canvas: inout Canvas, in rect: Rect, style: Style, theme: Theme) -> Rect {
    let row = rect.splitTop(1).top
    let parts = row.splitLeft(label.isEmpty ? 0 : labelWidth)
    let cut = TextWidth.truncate(
      label, to: parts.left.width, ellipsis: theme.glyphs.ellipsis)
    canvas.put(cut, x: parts.left.x, y: row.y, style: style, in: parts.left)
    let width = valueText.isEmpty ? 0 : max(valueWidth, TextWidth.columns(valueText))
    guard width > 0, parts.rest.width > width else { return parts.rest }
    let ends = parts.rest.splitLeft(parts.rest.width - width - 1)
    let x = ends.rest.maxX - TextWidth.columns(valueText)
    canvas.put(valueText, x: x, y: row.y, style: style, in: ends.rest)
    return ends.left
  }
}
