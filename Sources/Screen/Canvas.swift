/// One cell of the grid: a character and its style.
package struct Cell: Equatable, Sendable {
  /// One user-perceived character; `continuation` in the right half of a wide one.
  package var character: Character
  package var style: Style
  /// The right half of the wide character in the cell before.
  package var isContinuation: Bool

  package init(_ character: Character = " ", style: Style = .plain, isContinuation: Bool = false) {
    self.character = character
    self.style = style
    self.isContinuation = isContinuation
  }
}

/// The grid that all widgets draw into. No widget touches the terminal.
///
/// Whatever lies outside is dropped, never an error; a wide character that would be cut in half
/// becomes a space.
package struct Canvas: Equatable, Sendable {
  package let size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: (column: Int, row: Int)? {
    get { cursorCell.map { ($0 % max(1, size.columns), $0 / max(1, size.columns)) } }
    set {
      guard let newValue, contains(newValue.column, newValue.row) else {
        cursorCell = nil
        return
      }
      cursorCell = newValue.row * size.columns + newValue.column
    }
  }
  private var cursorCell: Int?

  package init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.columns * size.rows)
  }

  package var bounds: Rect { Rect(size: size) }

  package subscript(column: Int, row: Int) -> Cell {
    get { contains(column, row) ? cells[row * size.columns + column] : Cell() }
    set {
      guard contains(column, row) else { return }
      cells[row * size.columns + column] = newValue
    }
  }

  private func contains(_ column: Int, _ row: Int) -> Bool {
    column >= 0 && row >= 0 && column < size.columns && row < size.rows
  }
}
