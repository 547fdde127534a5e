import COpenCV

/// How a face is divided before the directions of its edges are counted (Dalal and Triggs 2005):
/// cells, blocks of cells whose counts are normalised together, and bins for the directions.
struct HogLayout: Equatable, Sendable {
  /// Pixels of the side of a cell, of a block, and from one block to the next.
  let cell: Int
  let block: Int
  let stride: Int
  /// Directions from 0 to 180 degrees.
  let bins: Int

  /// Chosen on FER2013's PublicTest: see the decision page.
  static let standard = HogLayout(cell: 8, block: 16, stride: 8, bins: 9)

  private init(cell: Int, block: Int, stride: Int, bins: Int) {
    self.cell = cell
    self.block = block
    self.stride = stride
    self.bins = bins
  }

  /// Nil where the blocks would not tile a picture of that side, as OpenCV has it, or be too many.
  init?(cell: Int, block: Int, stride: Int, bins: Int, side: Int) {
    guard (2...side).contains(cell), (cell...side).contains(block), (1...side).contains(stride),
      (1...36).contains(bins), block % cell == 0, stride % cell == 0, (side - block) % stride == 0
    else { return nil }
    self.init(cell: cell, block: block, stride: stride, bins: bins)
  }

  /// How many values describe a picture of that side.
  func count(side: Int) -> Int {
    let blocks = (side - block) / stride + 1
    let cells = block / cell
    return blocks * blocks * cells * cells * bins
  }
}

extension emus_hog_layout {
  init(_ layout: HogLayout) {
    self.init(
      cell: Int32(layout.cell), block: Int32(layout.block), stride: Int32(layout.stride),
      bins: Int32(layout.bins))
  }
}
