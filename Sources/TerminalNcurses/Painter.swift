import CNcurses
import Screen

/// Puts canvases on the terminal: the cells that differ from what is shown, in one frame.
///
/// Belongs to the terminal's thread. Whatever our table of widths says, no glyph is put whose width
/// the C library sees otherwise: the line would shift.
struct Painter {
  let palette: Palette
  /// Whether the terminal shows UTF-8; else ASCII stands in.
  let showsUnicode: Bool
  /// What was drawn last; nil after `forget`.
  private var shown: Canvas?
  private var scalars: [UInt32] = []

  init(palette: Palette, showsUnicode: Bool) {
    self.palette = palette
    self.showsUnicode = showsUnicode
  }

  /// What is on the terminal is unknown from here on: the next drawing writes all of it.
  mutating func forget() {
    shown = nil
    emus_forget()
  }

  mutating func draw(_ canvas: Canvas) {
    if let shown, shown.size != canvas.size { emus_erase() }
    let runs = CanvasDiff.changes(from: shown, to: canvas)
    let isSame = runs.isEmpty && shown?.size == canvas.size
    if isSame, let shown, shown == canvas { return }
    shown = canvas
    for run in runs { put(run) }
    emus_show(
      Int32(clamping: canvas.cursor?.column ?? -1), Int32(clamping: canvas.cursor?.row ?? 0))
  }

  private mutating func put(_ run: CanvasRun) {
    let look = palette.look(of: run.style)
    let pair = emus_pair(Int32(clamping: look.foreground), Int32(clamping: look.background))
    var column = run.x
    for glyph in run.glyphs {
      fillScalars(glyph)
      Curses.put(scalars, column: column, row: run.y, attributes: look.attributes, pair: pair)
      if glyph.columns == 2, isNarrow {
        Curses.put([0x20], column: column + 1, row: run.y, attributes: look.attributes, pair: pair)
      }
      column += glyph.columns
    }
  }

  /// Whether the glyph in `scalars` takes one column.
  private var isNarrow: Bool { scalars[0] < 0x300 || emus_width(scalars[0]) == 1 }

  /// The glyph as it can be shown: at most as wide as its cells, else a question mark.
  private mutating func fillScalars(_ glyph: RunGlyph) {
    scalars.removeAll(keepingCapacity: true)
    let shown =
      showsUnicode ? glyph.character : Glyphs.asciiStandIn(for: glyph.character) ?? "?"
    for scalar in shown.unicodeScalars { scalars.append(scalar.value) }
    guard let base = scalars.first else {
      scalars = [0x20]
      return
    }
    if base >= 0x7F {
      let width = Int(emus_width(base))
      if width < 1 || width > glyph.columns { scalars = [0x3F] }
    } else if base < 0x20 {
      scalars = [0x20]
    }
  }
}
