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
      var rest = String(word)
      var columns = TextWidth.columns(rest)
      if used > 0 && used + 1 + columns > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      while columns > width {
        let head = TextWidth.truncate(rest, to: width, ellipsis: "")
        // A wide character in a column of one has no room at all.
        guard !head.isEmpty else { break }
        lines.append(head)
        rest = GlyphSequence(rest).dropFirst(
          GlyphSequence(head).reduce(0) { count, _ in count + 1 }
        )
        .reduce("") { $0 + String($1.character) }
        columns = TextWidth.columns(rest)
      }
      line += (used > 0 ? " " : "") + rest
      used += (used > 0 ? 1 : 0) + columns
    }
    return lines + [line]
  }
}
