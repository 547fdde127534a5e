/// Neighbouring cells of one row and one style that are to be written.
package struct CanvasRun: Equatable, Sendable {
  package var x: Int
  package var y: Int
  package var style: Style
  /// The characters with the columns each takes, 1 or 2, from the left.
  package var glyphs: [RunGlyph]

  package var columns: Int { glyphs.reduce(0) { $0 + $1.columns } }
}

package struct RunGlyph: Equatable, Sendable {
  package var character: Character
  package var columns: Int
}

/// What must be written so that a terminal that shows one canvas shows another.
///
/// A wide character is written wholly or not at all: where one half changed, both are written,
/// and a half that has lost its other one is written as a space.
package enum CanvasDiff {
  /// The runs from top to bottom and left to right; all of the new canvas where there was none
  /// before, or one of another size.
  package static func changes(from old: Canvas?, to new: Canvas) -> [CanvasRun] {
    let old = old?.size == new.size ? old : nil
    var runs: [CanvasRun] = []
    for y in 0..<new.size.rows {
      let start = y * new.size.columns
      let range = start..<(start + new.size.columns)
      if let old, old.cells[range] == new.cells[range] { continue }
      appendChanges(from: old?.cells[range], to: new.cells[range], y: y, into: &runs)
    }
    return runs
  }

  private static func appendChanges(
    from old: ArraySlice<Cell>?, to new: ArraySlice<Cell>, y: Int, into runs: inout [CanvasRun]
  ) {
    var index = new.startIndex
    var open = false
    while index < new.endIndex {
      let cell = new[index]
      let isWide = !cell.isContinuation && index + 1 < new.endIndex && new[index + 1].isContinuation
      let columns = isWide ? 2 : 1
      let end = index + columns
      if let old, isSame(old, new, index, end) {
        open = false
      } else {
        let glyph = RunGlyph(
          character: cell.isContinuation ? " " : cell.character, columns: columns)
        if open, runs[runs.count - 1].style == cell.style {
          runs[runs.count - 1].glyphs.append(glyph)
        } else {
          let x = index - new.startIndex
          runs.append(CanvasRun(x: x, y: y, style: cell.style, glyphs: [glyph]))
          open = true
        }
      }
      index = end
    }
  }

  /// Whether old and new show the same there. The cell after counts too: where the old one was the
  /// right half of a character that begins here, the old character was wide.
  private static func isSame(
    _ old: ArraySlice<Cell>, _ new: ArraySlice<Cell>, _ start: Int, _ end: Int
  ) -> Bool {
    // Slices of canvases of one size share their indices.
    guard old[start..<end] == new[start..<end] else { return false }
    let wasWide = end < old.endIndex && old[end].isContinuation
    let staysWide = end < new.endIndex && new[end].isContinuation
    return wasWide == staysWide
  }
}

extension Canvas {
  /// The canvas as it is after the runs were written on it: what a terminal shows.
  package mutating func apply(_ runs: [CanvasRun]) {
    for run in runs {
      var x = run.x
      for glyph in run.glyphs {
        x = put(String(glyph.character), x: x, y: run.y, style: run.style)
      }
    }
  }
}
