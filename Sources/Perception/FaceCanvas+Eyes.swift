import Glibc

/// Eyes, lids and brows of the demo's face.
extension FaceCanvas {
  /// The places of one eye, in units, its own x counted from its middle to the temple.
  private struct Eye {
    static let half: Float = 0.185
    var middle: Float
    var side: Float
    /// Heights of the lids at the middle of the eye, and of its corners.
    var upper: Float
    var lower: Float
    var corner: Float
    /// How much of the open upper lid's arch a lowered brow takes at the inner corner; above 1 nothing
    /// is left of it for some way outward.
    var frown: Float

    init(side: Float, pose: DemoPose) {
      let actions = pose.actions
      self.side = side
      middle = pose.turn + side * 0.37
      corner = -0.125
      let closed = corner + 0.02
      frown = actions.browLower * (1 - pose.blink)
      let open = corner - 0.056 - 0.065 * actions.lidRaise
      upper = open + (closed - open) * pose.blink
      lower = corner + 0.065 - 0.045 * actions.cheekRaise + 0.015 * max(0, actions.lidRaise)
    }

    /// 0 at the corners, 1 in the middle.
    func arch(_ x: Float) -> Float {
      let along = (x - middle) / Self.half
      return max(0, 1 - along * along)
    }

    func top(_ x: Float) -> Float {
      let outward = (x - middle) * side / Self.half
      return corner - 0.02 * outward
        + (upper - corner) * arch(x) * max(0, 1 - frown * (1 - outward) / 2)
    }

    func bottom(_ x: Float) -> Float {
      corner - 0.02 * (x - middle) * side / Self.half + (lower - corner) * arch(x)
    }
  }

  mutating func drawEyes(_ pose: DemoPose) {
    for side: Float in [-1, 1] {
      let eye = Eye(side: side, pose: pose)
      drawBall(eye, pose)
      drawLids(eye, pose)
      drawBrow(side, pose)
    }
  }

  private mutating func drawBall(_ eye: Eye, _ pose: DemoPose) {
    let x = (eye.middle - Eye.half)...(eye.middle + Eye.half)
    let irisX = eye.middle + pose.turn * 0.8
    let irisY = eye.corner - 0.018 + 0.035 * pose.actions.gazeDown
    paint(x: x, y: -0.4...0.1) { x, y in
      let top = eye.top(x)
      let inside = smoothStep(-0.008, 0.012, y - top) * smoothStep(-0.008, 0.012, eye.bottom(x) - y)
      guard inside > 0 else { return (0, 0) }
      let distance = ((x - irisX) * (x - irisX) + (y - irisY) * (y - irisY)).squareRoot()
      let lidShadow = 0.62 + 0.38 * smoothStep(0, 0.07, y - top)
      let white = 0.86 - 0.25 * smoothStep(0.1, 0.19, abs(x - eye.middle))
      let iris =
        0.28 - 0.2 * smoothStep(0.05, 0.035, distance) - 0.1 * smoothStep(0.06, 0.085, distance)
      let tone = iris + (white - iris) * smoothStep(0.078, 0.094, distance)
      let sparkX = x - irisX + 0.03
      let sparkY = y - irisY + 0.03
      let spark = smoothStep(0.03, 0.012, (sparkX * sparkX + sparkY * sparkY).squareRoot())
      return (tone * lidShadow + spark * (0.95 - tone * lidShadow), inside)
    }
  }

  private mutating func drawLids(_ eye: Eye, _ pose: DemoPose) {
    let x = (eye.middle - Eye.half - 0.03)...(eye.middle + Eye.half + 0.03)
    // Lashes, the fold above them, and the rim below.
    paint(0.16, x: x, y: -0.4...0.1) { x, y in
      let thickness = 0.014 + 0.014 * eye.arch(x)
      return 0.93 * smoothStep(thickness, thickness * 0.3, abs(y - eye.top(x) + 0.006))
        * smoothStep(Eye.half + 0.02, Eye.half - 0.03, abs(x - eye.middle))
    }
    paint(0.36, x: x, y: -0.5...0.1) { x, y in
      let crease = eye.top(x) - 0.05 - 0.02 * (1 - pose.blink)
      return 0.55 * smoothStep(0.02, 0.004, abs(y - crease)) * eye.arch(x)
    }
    paint(0.40, x: x, y: -0.3...0.12) { x, y in
      0.6 * smoothStep(0.018, 0.004, abs(y - eye.bottom(x))) * eye.arch(x)
    }
    glow(
      1 - 0.25 * pose.actions.cheekRaise, x: eye.middle, y: eye.lower + 0.06, width: 0.14,
      height: 0.02)
  }

  private mutating func drawBrow(_ side: Float, _ pose: DemoPose) {
    let actions = pose.actions
    let inner = -0.28 - 0.13 * actions.innerBrowRaise + 0.11 * actions.browLower
    let outer =
      -0.28 - 0.12 * actions.outerBrowRaise + 0.05 * actions.innerBrowRaise
      * (1 - actions.outerBrowRaise) - 0.01 * actions.browLower
    let start = 0.13 - 0.1 * actions.browLower
    let end: Float = 0.63
    let xs = [pose.turn + side * start, pose.turn + side * end].sorted()
    paint(x: (xs[0] - 0.03)...(xs[1] + 0.03), y: -0.8 ... -0.1) { x, y in
      let way = min(1, max(0, ((x - pose.turn) * side - start) / (end - start)))
      let middle = inner + (outer - inner) * way - 0.06 * sinf(way * .pi * 0.9) + 0.03 * way * way
      let thickness = 0.066 * (1 - 0.6 * way * way)
      let ends =
        smoothStep(-0.02, 0.05, (x - pose.turn) * side - start)
        * smoothStep(0.02, -0.06, (x - pose.turn) * side - end)
      // Hair is uneven: a fine weave along the brow.
      let weave = 0.02 * sinf(x * 90 + y * 60)
      return (0.2 + weave, 0.88 * ends * smoothStep(thickness, thickness * 0.45, abs(y - middle)))
    }
  }
}
