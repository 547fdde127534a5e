/// Drawing on the grid: text, areas, styles. Keeps both halves of wide characters together.
extension Canvas {
  /// Writes one line of text and returns the column after it, at most the clip's right edge.
  ///
  /// Control characters are dropped, combining marks stay with their base, and a wide character
  /// that the clip cuts in half becomes a space.
  @discardableResult
  package mutating func put(
    _ text: String, x: Int, y: Int, style: Style, in clip: Rect? = nil
  ) -> Int {
    let area = bounds.intersection(clip ?? bounds)
    guard y >= area.y, y < area.maxY, x < area.maxX else { return x }
    var column = x
    for glyph in GlyphSequence(text) {
      let end = column + glyph.width
      if column >= area.x && end <= area.maxX {
        place(glyph, column, y, style)
      } else {
        for half in max(column, area.x)..<max(min(end, area.maxX), max(column, area.x)) {
          place(Glyph(character: " ", width: 1), half, y, style)
        }
      }
      column = end
      if column >= area.maxX { return area.maxX }
    }
    return column
  }

  /// Fills a rectangle with one character; a wide one at an odd end becomes a space.
  package mutating func fill(_ rect: Rect, _ character: Character = " ", style: Style) {
    let area = bounds.intersection(rect)
    guard !area.isEmpty else { return }
    var glyphs = GlyphSequence(String(character))
    let glyph = glyphs.next() ?? Glyph(character: " ", width: 1)
    for row in area.y..<area.maxY {
      var column = area.x
      while column + glyph.width <= area.maxX {
        place(glyph, column, row, style)
        column += glyph.width
      }
      if column < area.maxX { place(Glyph(character: " ", width: 1), column, row, style) }
    }
  }

  /// Gives the cells of a rectangle another style and keeps their characters: a selection.
  package mutating func restyle(_ rect: Rect, _ style: Style) {
    let area = bounds.intersection(rect)
    guard !area.isEmpty else { return }
    for row in area.y..<area.maxY {
      for column in area.x..<area.maxX {
        self[column, row].style = style
        if column == area.maxX - 1, self[column + 1, row].isContinuation {
          self[column + 1, row].style = style
        }
      }
      if self[area.x, row].isContinuation { self[area.x - 1, row].style = style }
    }
  }

  /// Writes a glyph that lies wholly on the grid; what it cuts in half becomes a space.
  private mutating func place(_ glyph: Glyph, _ column: Int, _ row: Int, _ style: Style) {
    if self[column, row].isContinuation { self[column - 1, row].character = " " }
    let last = column + glyph.width - 1
    if self[last + 1, row].isContinuation {
      self[last + 1, row] = Cell(" ", style: self[last + 1, row].style)
    }
    self[column, row] = Cell(glyph.character, style: style)
    if glyph.width == 2 {
      self[last, row] = Cell(" ", style: style, isContinuation: true)
    }
  }
}
