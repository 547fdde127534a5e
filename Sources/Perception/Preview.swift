/// The live picture of the face as a small grid of terminal cells, drawn by the eye.
package struct Preview: Equatable, Sendable {
  package var columns: Int
  package var rows: Int
  /// Row by row, `columns * rows` cells.
  package var cells: [PreviewCell]

  package init(columns: Int, rows: Int, cells: [PreviewCell]) {
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }
}

/// One cell: a glyph one column wide and its two colours as 0xRRGGBB; nil is the terminal's own.
package struct PreviewCell: Equatable, Sendable {
  package var glyph: UInt32
  package var foreground: UInt32?
  package var background: UInt32?

  package init(glyph: UInt32, foreground: UInt32? = nil, background: UInt32? = nil) {
    self.glyph = glyph
    self.foreground = foreground
    self.background = background
  }
}

/// How the preview is to be drawn.
package struct PreviewFormat: Equatable, Sendable {
  /// `ascii` uses 7-bit characters by darkness, `blocks` Unicode block elements.
  package enum Glyphs: UInt8, Sendable { case ascii, blocks }

  package var columns: Int
  package var rows: Int
  package var glyphs: Glyphs
  /// False draws in the terminal's own two colours.
  package var colour: Bool

  package init(columns: Int, rows: Int, glyphs: Glyphs, colour: Bool) {
    self.columns = columns
    self.rows = rows
    self.glyphs = glyphs
    self.colour = colour
  }
}
