import Screen
import TestSupport

/// Random texts, styles and canvases, for properties that hold of each of them.
extension SeededGenerator {
  /// Text of plain, wide, combining, joined and control characters.
  mutating func text(upTo length: Int) -> String {
    let pieces = [
      "a", "b", " ", "é", "e\u{301}", "漢", "字", "한", "ｗ", "🙂", "👩‍👩‍👧", "👍🏽", "🇩🇪", "\u{301}", "\u{200B}",
      "\u{202E}", "\n", "\t", "\u{0}", "\u{1B}", "ק", "क्षि", "█", "…", "\r\n", "\u{FE0F}", "☀️",
      "\u{1112}\u{1161}",
    ]
    return (0..<Int.random(in: 0...length, using: &self)).map { _ in
      pieces.randomElement(using: &self) ?? "a"
    }.joined()
  }

  mutating func style() -> Style {
    let colours: [Color] = [.default, .indexed(1), .indexed(200), .rgb(0x123456)]
    return Style(
      foreground: colours.randomElement(using: &self) ?? .default,
      background: colours.randomElement(using: &self) ?? .default,
      attributes: Style.Attributes(rawValue: UInt8.random(in: 0...31, using: &self)))
  }

  /// A canvas on which texts and areas lie over one another, also across its edges.
  mutating func canvas(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    scribble(on: &canvas, times: Int.random(in: 0...20, using: &self))
    return canvas
  }

  mutating func scribble(on canvas: inout Canvas, times: Int) {
    for _ in 0..<times {
      let x = Int.random(in: -4...(canvas.size.columns + 2), using: &self)
      let y = Int.random(in: -1...canvas.size.rows, using: &self)
      let clip = Bool.random(using: &self) ? rect(near: canvas.size) : nil
      switch Int.random(in: 0..<6, using: &self) {
      case 0: canvas.fill(rect(near: canvas.size), "漢", style: style())
      case 1: canvas.restyle(rect(near: canvas.size), style())
      default: canvas.put(text(upTo: 12), x: x, y: y, style: style(), in: clip)
      }
    }
  }

  mutating func rect(near size: Size) -> Rect {
    Rect(
      x: Int.random(in: -2...(size.columns + 1), using: &self),
      y: Int.random(in: -2...(size.rows + 1), using: &self),
      width: Int.random(in: 0...(size.columns + 2), using: &self),
      height: Int.random(in: 0...4, using: &self))
  }
}
