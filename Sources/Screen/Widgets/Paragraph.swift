/// Text broken at spaces into the lines of a rectangle; a word longer than a line is cut.
package struct Paragraph {
  package var text: String
  package var style: Style?

  package init(_ text: String, style: Style? = nil) {
    self.text = text
    self.style = style
  }

  package func draw(on canvas: inout Canvas, in rect: Rect, theme: Theme) {
    guard !rect.isEmpty else { return }
    var lines = Self.lines(of: text, width: rect.width)
    if lines.count > rect.height {
      lines = Array(lines[..<rect.height])
      let room = rect.width - TextWidth.columns(theme.glyphs.ellipsis)
      let last = TextWidth.truncate(lines[rect.height - 1], to: room, ellipsis: "")
      lines[rect.height - 1] = last + theme.glyphs.ellipsis
    }
    for (index, line) in lines.enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + index, style: style ?? theme[.text], in: rect)
    }
  }

  /// The lines of a text that is `width` columns wide; a line feed begins a new one.
  package static func lines(of text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      wrap($0, width: width)
    }
  }

  private static func wrap(_ paragraph: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ") {
      let glyphs = Array(GlyphSequence(String(word)))
      let columns = glyphs.reduce(0) { $0 + $1.width }
      if used > 0 && used + 1 + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      } else if used > 0 {
        line.append(" ")
        used += 1
      }
      for glyph in glyphs {
        if used > 0 && used + glyph.width > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        line.append(glyph.character)
        used += glyph.width
      }
    }
    return lines + [line]
  }
}
