/// A line with a tick in its middle and a dot where a value between -1 and 1 stands.
package struct Slider {
  /// -1...1, clamped; nil draws the line without a dot.
  package var value: Double?
  package var label: String
  package var valueText: String
  package var labelWidth: Int
  package var valueWidth: Int

  package init(
    value: Double?, label: String = "", valueText: String = "", labelWidth: Int = 9,
    valueWidth: Int = 5
  ) {
    self.value = value
    self.label = label
    self.valueText = valueText
    self.labelWidth = labelWidth
    self.valueWidth = valueWidth
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    let row = LabelledRow(
      label: label, labelWidth: labelWidth, valueText: valueText, valueWidth: valueWidth)
    let middle = row.draw(on: &canvas, in: rect, style: theme[.text], theme: theme)
    guard !middle.isEmpty else { return }
    canvas.fill(middle, theme.glyphs.horizontal, style: theme[.track])
    let last = Double(middle.width - 1)
    let tick = middle.x + Int((last / 2).rounded())
    canvas.put(String(theme.glyphs.tick), x: tick, y: middle.y, style: theme[.track], in: middle)
    guard let value, value.isFinite else { return }
    let dot = middle.x + Int(((min(max(value, -1), 1) + 1) / 2 * last).rounded())
    canvas.put(String(theme.glyphs.dot), x: dot, y: middle.y, style: theme[.accent], in: middle)
  }
}
