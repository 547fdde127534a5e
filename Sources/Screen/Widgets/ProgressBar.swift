/// How far something is: a heavy line, a dot, a thin line.
package struct ProgressBar {
  /// 0...1, clamped; nil where it is not known: the thin line alone.
  package var fraction: Double?

  package init(fraction: Double?) {
    self.fraction = fraction
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let row = rect.splitTop(1).top
    guard !row.isEmpty else { return }
    canvas.fill(row, theme.glyphs.thinLine, style: theme[.track])
    guard let fraction, fraction.isFinite else { return }
    let done = Int((min(max(fraction, 0), 1) * Double(row.width - 1)).rounded())
    canvas.fill(row.splitLeft(done).left, theme.glyphs.heavyLine, style: theme[.bar])
    canvas.put(
      String(theme.glyphs.dot), x: row.x + done, y: row.y, style: theme[.accent], in: row)
  }
}
