import Glibc

/// Background, shoulders, head, nose and cheeks of the demo's face.
extension FaceCanvas {
  private static let everywhere: (x: ClosedRange<Float>, y: ClosedRange<Float>) = (
    -halfWidth...halfWidth, -halfHeight...halfHeight
  )

  mutating func drawBackground() {
    paint(x: Self.everywhere.x, y: Self.everywhere.y) { x, y in
      let distance = (x + 0.7) * (x + 0.7) + (y + 0.6) * (y + 0.6)
      return (0.30 + 0.34 * expf(-0.16 * distance), 1)
    }
    // Shoulders in a dark jersey, with a lighter collar.
    paint(x: Self.everywhere.x, y: 1.1...Self.halfHeight) { x, y in
      let edge = 1.42 + 0.16 * x * x
      return (0.26 - 0.05 * x - 0.05 * (y - 1.4), smoothStep(edge - 0.03, edge + 0.05, y))
    }
  }

  /// Half the width of the head at a height; 0 above and below it.
  private static func halfWidth(at y: Float) -> Float {
    let down = (y - 0.02) / (y < 0.02 ? 1.22 : 1.28)
    guard abs(down) < 1 else { return 0 }
    // The crown is an ellipse, the jaw fuller than one.
    let fall = y < 0.02 ? down * down : down * down * down.squareRoot()
    return 0.89 * (1 - fall).squareRoot()
  }

  private static func headCoverage(_ x: Float, _ y: Float) -> Float {
    let half = halfWidth(at: y)
    return smoothStep(0.03, -0.03, abs(x) - half) * smoothStep(0, 0.3, half)
  }

  mutating func drawHead(_ pose: DemoPose) {
    drawNeckAndEars()
    paint(0.74, x: -1...1, y: -1.3...1.4, coverage: Self.headCoverage)
    mould(x: -1.1...1.1, y: -1.4...1.45) { x, y in
      let half = max(0.05, Self.halfWidth(at: y))
      let across = min(1, abs(x) / half)
      let down = (y - 0.05) / 1.42
      return 0.62 * max(0.02, 1 - across * across * across).squareRoot()
        * max(0.05, 1 - down * down).squareRoot()
    }
    mouldFeatures(pose)
    // Lit to the very rim, or the rim would shine.
    light(x: -1...1, y: -1.3...1.4) { x, y in 3 * Self.headCoverage(x, y) }
    drawNose(pose)
    drawFolds(pose.actions)
  }

  private mutating func drawNeckAndEars() {
    paint(x: -0.7...0.7, y: 0.8...1.7) { x, y in
      let half = 0.5 + 0.35 * max(0, y - 1.3)
      let shadow = 0.42 + 0.16 * smoothStep(1.1, 1.6, y) - 0.12 * x
      return (shadow, smoothStep(0.04, -0.04, abs(x) - half) * smoothStep(1.72, 1.55, y + x * x))
    }
    for side: Float in [-1, 1] {
      paint(x: (side * 0.95 - 0.2)...(side * 0.95 + 0.2), y: -0.4...0.5) { x, y in
        let acrossed = (x - side * 0.9) / 0.13
        let downed = (y - 0.05) / 0.3
        let distance = (acrossed * acrossed + downed * downed).squareRoot()
        return (
          0.58 - side * 0.08 - 0.2 * smoothStep(0.7, 0.2, distance),
          smoothStep(1.1, 0.9, distance)
        )
      }
    }
  }

  /// The hills and valleys that make an ellipsoid a face.
  private mutating func mouldFeatures(_ pose: DemoPose) {
    let actions = pose.actions
    let turn = pose.turn
    // Forehead, ridge and tip of the nose.
    bump(0.06, x: 0, y: -0.75, width: 0.5, height: 0.22)
    bump(0.13, x: turn, y: 0.0, width: 0.075, height: 0.2)
    bump(0.22, x: turn * 1.5, y: 0.24, width: 0.1, height: 0.11)
    let lift = 0.03 * actions.noseWrinkle
    for side: Float in [-1, 1] {
      bump(0.09, x: turn + side * 0.13, y: 0.3 - lift, width: 0.055, height: 0.06)
      // Sockets, brow ridge, cheek, corner of the jaw.
      bump(-0.075, x: turn + side * 0.36, y: -0.14, width: 0.17, height: 0.1)
      bump(0.05, x: turn + side * 0.36, y: -0.36, width: 0.22, height: 0.07)
      let cheekY = 0.3 - 0.1 * actions.cheekRaise
      bump(
        0.055 + 0.07 * actions.cheekRaise, x: turn + side * 0.5, y: cheekY, width: 0.17,
        height: 0.14)
      bump(-0.03, x: side * 0.6, y: 0.68, width: 0.15, height: 0.2)
    }
    // Mouth and chin.
    bump(0.075, x: turn, y: 0.64, width: 0.26, height: 0.14)
    let chinY = 1.05 + 0.16 * actions.jawDrop
    bump(0.09, x: turn, y: chinY, width: 0.2, height: 0.12)
    bump(-0.06, x: turn, y: 0.87 + 0.14 * actions.jawDrop, width: 0.22, height: 0.05)
    bump(0.04 * actions.chinRaise, x: turn, y: 0.97, width: 0.12, height: 0.05)
  }

  private mutating func drawNose(_ pose: DemoPose) {
    let turn = pose.turn
    let lift = 0.03 * pose.actions.noseWrinkle
    glow(0.72, x: turn + 0.02, y: 0.385, width: 0.13, height: 0.03)
    glow(1.12, x: turn - 0.02, y: 0.2, width: 0.035, height: 0.06)
    glow(0.85, x: turn + 0.12, y: 0.12, width: 0.04, height: 0.16)
    for side: Float in [-1, 1] {
      glow(0.35, x: turn + side * 0.075, y: 0.365 - lift, width: 0.032, height: 0.02)
      glow(0.9, x: turn + side * 0.19, y: 0.31 - lift, width: 0.02, height: 0.06)
      // The inner corners of the eyes lie deep.
      glow(0.72, x: turn + side * 0.16, y: -0.14, width: 0.05, height: 0.09)
      glow(0.80, x: turn + side * 0.37, y: -0.22, width: 0.19, height: 0.06)
      glow(0.86, x: turn + side * 0.36, y: 0.0, width: 0.15, height: 0.035)
    }
  }

  /// From the wings of the nose to the corners of the mouth, and between the brows.
  private mutating func drawFolds(_ actions: FaceActions) {
    let fold = min(
      1,
      0.18 + 0.75 * actions.cornerPull + 0.4 * actions.noseWrinkle
        + 0.25 * actions.cornerDepress)
    let reach = 0.08 * actions.cornerPull
    for side: Float in [-1, 1] {
      for step in 0..<7 {
        let way = Float(step) / 6
        let x = side * (0.24 + (0.2 + reach) * way + 0.05 * sinf(way * .pi))
        glow(1 - 0.22 * fold, x: x, y: 0.3 + 0.3 * way, width: 0.025, height: 0.045)
      }
      glow(
        1 - 0.35 * actions.browLower, x: side * 0.055, y: -0.36, width: 0.02, height: 0.09)
    }
    for line in 0..<3 {
      let raise = (actions.innerBrowRaise + actions.outerBrowRaise) / 2
      glow(
        1 - 0.16 * raise, x: 0, y: -0.82 + 0.1 * Float(line), width: 0.38, height: 0.016)
    }
  }
}
