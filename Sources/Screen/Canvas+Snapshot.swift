/// The grid as text, for snapshots and for tests that assert on what is seen.
extension Canvas {
  /// One quoted line a row, spaces at its end kept; a wide character stands for both its cells.
  package var text: String {
    (0..<size.rows).map { row in
      var line = "\""
      for column in 0..<size.columns where !self[column, row].isContinuation {
        line.append(self[column, row].character)
      }
      return line + "\""
    }.joined(separator: "\n")
  }

  /// Where styles other than the plain one stand: `row:column-column style`, one run a line.
  package var styleLegend: String {
    var lines: [String] = []
    for row in 0..<size.rows {
      var start = 0
      while start < size.columns {
        let style = self[start, row].style
        var end = start + 1
        while end < size.columns && self[end, row].style == style { end += 1 }
        if style != .plain { lines.append("\(row):\(start)-\(end - 1) \(style.words)") }
        start = end
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Style {
  /// The style as a theme file would say it.
  package var words: String {
    var words: [String] = []
    if foreground != .default { words.append(foreground.word) }
    if background != .default { words += ["on", background.word] }
    for (attribute, name) in Attributes.names where attributes.contains(attribute) {
      words.append(name)
    }
    return words.isEmpty ? "default" : words.joined(separator: " ")
  }
}

extension Style.Attributes {
  /// The words of theme files for the attributes.
  package static let names: [(attribute: Style.Attributes, name: String)] = [
    (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
    (.reverse, "reverse"),
  ]
}

extension Color {
  /// The words of theme files for the colours 0...15.
  package static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
    "bright-black", "bright-red", "bright-green", "bright-yellow", "bright-blue",
    "bright-magenta", "bright-cyan", "bright-white",
  ]

  /// The colour as a theme file would say it.
  package var word: String {
    switch self {
    case .default: return "default"
    case .indexed(let index):
      return Int(index) < Self.names.count ? Self.names[Int(index)] : String(index)
    case .rgb(let value):
      let digits = String(value & 0xFF_FFFF, radix: 16)
      return "#" + String(repeating: "0", count: 6 - digits.count) + digits
    }
  }
}
