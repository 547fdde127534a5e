/// Lips, teeth and the inside of the mouth of the demo's face.
extension FaceCanvas {
  /// The four lines of the mouth, in units.
  private struct Mouth {
    var half: Float
    var corner: Float
    /// Inner rims of the lips in the middle, and how thick the lips are there.
    var upper: Float
    var lower: Float
    var upperThickness: Float
    var lowerThickness: Float
    /// 0: the rims are flat curves, 1: an ellipse.
    var roundness: Float

    init(_ actions: FaceActions) {
      half = 0.32 + 0.13 * actions.cornerPull - 0.02 * actions.cornerDepress - 0.1 * actions.jawDrop
      corner =
        0.663 - 0.13 * actions.cornerPull + 0.11 * actions.cornerDepress + 0.08 * actions.jawDrop
      let rest =
        0.655 + 0.03 * actions.cornerPull - 0.035 * actions.cornerDepress
        - 0.03 * actions.chinRaise
      upper = rest - 0.05 * actions.lipsPart - 0.04 * actions.jawDrop
      lower = rest + 0.11 * actions.lipsPart + 0.32 * actions.jawDrop
      let thin = 1 - 0.65 * actions.lipPress
      upperThickness = (0.075 - 0.025 * actions.cornerPull) * thin
      lowerThickness = (0.09 - 0.02 * actions.cornerPull) * thin
      roundness = actions.jawDrop
    }

    /// 0 at the corners, 1 in the middle.
    func arch(_ x: Float) -> Float {
      let along = x / half
      let flat = max(0, 1 - along * along)
      return flat + roundness * (flat.squareRoot() - flat)
    }

    func upperRim(_ x: Float) -> Float { corner + (upper - corner) * arch(x) }
    func lowerRim(_ x: Float) -> Float { corner + (lower - corner) * arch(x) }

    func upperEdge(_ x: Float) -> Float {
      let bow = 0.018 * max(0, 1 - abs(x) / 0.06)
      return upperRim(x) - upperThickness * arch(x).squareRoot() + bow
    }

    func lowerEdge(_ x: Float) -> Float { lowerRim(x) + lowerThickness * arch(x).squareRoot() }
  }

  mutating func drawMouth(_ actions: FaceActions) {
    let mouth = Mouth(actions)
    drawLips(mouth)
    drawInside(mouth, actions)
    drawCorners(mouth, actions)
  }

  private mutating func drawLips(_ mouth: Mouth) {
    paint(x: -mouth.half...mouth.half, y: 0.3...1.3) { x, y in
      let rim = mouth.upperRim(x)
      let upper =
        smoothStep(-0.012, 0.012, y - mouth.upperEdge(x)) * smoothStep(0.02, -0.01, y - rim)
      return (0.36 - 0.08 * smoothStep(-0.05, 0.0, y - rim), 0.85 * upper)
    }
    paint(x: -mouth.half...mouth.half, y: 0.3...1.3) { x, y in
      let rim = mouth.lowerRim(x)
      let lower =
        smoothStep(-0.02, 0.01, y - rim) * smoothStep(0.015, -0.02, y - mouth.lowerEdge(x))
      let shine =
        smoothStep(0.05, 0.0, abs(y - rim - mouth.lowerThickness * 0.45))
        * smoothStep(0.2, 0.05, abs(x + 0.04))
      return (0.48 + 0.14 * shine, 0.8 * lower)
    }
    // The lower lip throws a shadow on the chin.
    glow(0.5, x: 0, y: mouth.lowerEdge(0) + 0.04, width: mouth.half * 0.5, height: 0.028)
  }

  private mutating func drawInside(_ mouth: Mouth, _ actions: FaceActions) {
    let teeth = max(actions.lipsPart, 0.45 * actions.jawDrop)
    let depth = 0.13 * teeth
    paint(x: -mouth.half...mouth.half, y: 0.3...1.3) { x, y in
      let top = mouth.upperRim(x)
      let bottom = mouth.lowerRim(x)
      let inside = smoothStep(-0.006, 0.014, y - top) * smoothStep(-0.006, 0.014, bottom - y)
      guard inside > 0 else { return (0, 0) }
      let white =
        smoothStep(depth + 0.012, depth - 0.012, y - top)
        * smoothStep(mouth.half, mouth.half * 0.7, abs(x))
      let tongue = 0.14 * smoothStep(0.12, 0.0, bottom - y) * actions.jawDrop
      return (0.09 + tongue + white * 0.8 * min(1, teeth * 2.2), inside)
    }
    // The line between closed lips.
    paint(0.14, x: -mouth.half...mouth.half, y: 0.3...1.3) { x, y in
      let line = (mouth.upperRim(x) + mouth.lowerRim(x)) / 2
      let closed = smoothStep(0.05, 0.01, mouth.lowerRim(x) - mouth.upperRim(x))
      return 0.8 * closed * smoothStep(0.02, 0.006, abs(y - line))
        * smoothStep(mouth.half, mouth.half * 0.9, abs(x))
    }
  }

  private mutating func drawCorners(_ mouth: Mouth, _ actions: FaceActions) {
    for side: Float in [-1, 1] {
      glow(
        0.75, x: side * (mouth.half + 0.005), y: mouth.corner, width: 0.03,
        height: 0.025 + 0.02 * actions.cornerPull)
      glow(
        1 - 0.28 * actions.cornerDepress, x: side * (mouth.half + 0.03), y: mouth.corner + 0.08,
        width: 0.03, height: 0.06)
    }
    glow(0.92, x: 0, y: 0.5, width: 0.03, height: 0.06)
  }
}
