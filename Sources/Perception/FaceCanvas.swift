import Glibc

/// The small gray picture on which the demo's face is modelled, before it is placed in the frame.
///
/// It works in units of the face: x to the right and y down from the root of the nose, 1 is about
/// half the width of the head. Beside the tone of every point (0 black ... 1 white) it keeps a
/// relief, from whose slopes the light is computed.
struct FaceCanvas {
  /// The part of the plane that is drawn.
  static let halfWidth: Float = 2.4
  static let halfHeight: Float = 1.8

  let columns: Int
  let rows: Int
  /// Points per unit.
  let scale: Float
  private(set) var tone: [Float]
  private var relief: [Float]

  init(rows: Int) {
    self.rows = max(2, rows)
    scale = Float(self.rows) / (2 * Self.halfHeight)
    columns = max(2, Int(2 * Self.halfWidth * scale))
    tone = Array(repeating: 0, count: columns * self.rows)
    relief = tone
  }

  /// Mixes `value` into the tone of a box, by the share 0...1 that `coverage` gives for a point.
  mutating func paint(
    _ value: Float, x: ClosedRange<Float>, y: ClosedRange<Float>,
    coverage: (_ x: Float, _ y: Float) -> Float
  ) {
    visit(x, y) { canvas, index, x, y in
      let share = coverage(x, y)
      if share > 0 { canvas.tone[index] += min(1, share) * (value - canvas.tone[index]) }
    }
  }

  /// Mixes in a tone that itself depends on the place.
  mutating func paint(
    x: ClosedRange<Float>, y: ClosedRange<Float>,
    _ colour: (_ x: Float, _ y: Float) -> (value: Float, share: Float)
  ) {
    visit(x, y) { canvas, index, x, y in
      let (value, share) = colour(x, y)
      if share > 0 { canvas.tone[index] += min(1, share) * (value - canvas.tone[index]) }
    }
  }

  /// Multiplies the tone around a point: below 1 a soft shadow, above 1 a soft light.
  mutating func glow(_ factor: Float, x: Float, y: Float, width: Float, height: Float) {
    visitBell(x, y, width, height) { canvas, index, bell in
      canvas.tone[index] *= 1 + (factor - 1) * bell
    }
  }

  /// Raises (or lowers) the relief around a point, `amount` units at its top.
  mutating func bump(_ amount: Float, x: Float, y: Float, width: Float, height: Float) {
    visitBell(x, y, width, height) { canvas, index, bell in canvas.relief[index] += amount * bell }
  }

  /// Sets the relief of a box.
  mutating func mould(
    x: ClosedRange<Float>, y: ClosedRange<Float>, _ height: (_ x: Float, _ y: Float) -> Float
  ) {
    visit(x, y) { canvas, index, x, y in canvas.relief[index] = height(x, y) }
  }

  /// Lights the relief from the upper left, by the share 0...1 that `coverage` gives for a point.
  mutating func light(
    x: ClosedRange<Float>, y: ClosedRange<Float>,
    coverage: (_ x: Float, _ y: Float) -> Float
  ) {
    visit(x, y) { canvas, index, x, y in
      let share = coverage(x, y)
      guard share > 0 else { return }
      canvas.tone[index] *= 1 + min(1, share) * (canvas.brightness(at: index) - 1)
    }
  }

  /// The tone between the points, in units; the rim goes on for ever.
  func sample(x: Float, y: Float) -> Float {
    let column = min(Float(columns - 1), max(0, (x + Self.halfWidth) * scale - 0.5))
    let row = min(Float(rows - 1), max(0, (y + Self.halfHeight) * scale - 0.5))
    let left = min(columns - 2, Int(column))
    let top = min(rows - 2, Int(row))
    let index = top * columns + left
    let across = column - Float(left)
    let above = tone[index] + across * (tone[index + 1] - tone[index])
    let next = index + columns
    let below = tone[next] + across * (tone[next + 1] - tone[next])
    return above + (row - Float(top)) * (below - above)
  }

  /// Lambert's law with a key light, a weaker one from the other side, and light all around.
  private func brightness(at index: Int) -> Float {
    let column = index % columns
    guard column > 0, column < columns - 1, index >= columns, index < relief.count - columns
    else { return 1 }
    let slopeX = (relief[index + 1] - relief[index - 1]) * scale / 2
    let slopeY = (relief[index + columns] - relief[index - columns]) * scale / 2
    let length = (slopeX * slopeX + slopeY * slopeY + 1).squareRoot()
    let key = max(0, (0.38 * slopeX + 0.42 * slopeY + 0.82) / length)
    let fill = max(0, (-0.6 * slopeX + 0.1 * slopeY + 0.6) / length)
    return 0.30 + 0.66 * key + 0.14 * fill
  }

  private mutating func visitBell(
    _ x: Float, _ y: Float, _ width: Float, _ height: Float,
    _ body: (inout Self, Int, Float) -> Void
  ) {
    guard width > 0, height > 0 else { return }
    let reach: Float = 2.6
    visit(
      (x - reach * width)...(x + reach * width), (y - reach * height)...(y + reach * height)
    ) { canvas, index, atX, atY in
      let acrossed = (atX - x) / width
      let downed = (atY - y) / height
      body(&canvas, index, expf(-0.5 * (acrossed * acrossed + downed * downed)))
    }
  }

  private mutating func visit(
    _ x: ClosedRange<Float>, _ y: ClosedRange<Float>,
    _ body: (inout Self, Int, Float, Float) -> Void
  ) {
    let firstColumn = max(0, Int((x.lowerBound + Self.halfWidth) * scale))
    let lastColumn = min(columns - 1, Int((x.upperBound + Self.halfWidth) * scale) + 1)
    let firstRow = max(0, Int((y.lowerBound + Self.halfHeight) * scale))
    let lastRow = min(rows - 1, Int((y.upperBound + Self.halfHeight) * scale) + 1)
    guard firstColumn <= lastColumn, firstRow <= lastRow else { return }
    for row in firstRow...lastRow {
      let atY = (Float(row) + 0.5) / scale - Self.halfHeight
      for column in firstColumn...lastColumn {
        let atX = (Float(column) + 0.5) / scale - Self.halfWidth
        body(&self, row * columns + column, atX, atY)
      }
    }
  }
}

/// 0 below `low`, 1 above `high`, smooth between; `low` may be the larger one.
func smoothStep(_ low: Float, _ high: Float, _ value: Float) -> Float {
  let share = min(1, max(0, (value - low) / (high - low)))
  return share * share * (3 - 2 * share)
}
