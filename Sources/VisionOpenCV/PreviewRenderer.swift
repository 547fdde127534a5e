import COpenCV
import Perception

/// Draws what the eye sees as terminal cells: the face and its surroundings, or the whole frame
/// while there is no face.
///
/// The only way in which anything of a picture leaves the eye; only when the player asked.
package enum PreviewRenderer {
  /// Side of the view by side of the face's box.
  private static let viewScale = 1.6

  package static func draw(
    _ frame: Frame, face: Box?, as format: PreviewFormat
  ) throws(EyeTrouble) -> Preview {
    let columns = min(max(format.columns, 1), EyeFraming.maximumSide)
    let rows = min(max(format.rows, 1), EyeFraming.maximumSide)
    let view =
      face?.scaled(by: viewScale)
      ?? Box(x: 0, y: 0, width: frame.width, height: frame.height)
    do {
      let cells = try frame.cells(
        of: view, columns: columns, rows: rows, ascii: format.glyphs == .ascii,
        colour: format.colour)
      return Preview(columns: columns, rows: rows, cells: cells.map(PreviewCell.init))
    } catch {
      throw EyeTrouble(kind: .eye, message: "preview: \(error.message)")
    }
  }
}

extension PreviewCell {
  fileprivate init(_ cell: emus_cell) {
    self.init(
      glyph: cell.glyph, foreground: UInt32(exactly: cell.foreground),
      background: UInt32(exactly: cell.background))
  }
}
