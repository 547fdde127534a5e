import Glibc

/// Short dark hair over the top and the temples of the demo's face.
extension FaceCanvas {
  mutating func drawHair(_ pose: DemoPose) {
    paint(x: -1.15...1.15, y: -1.5...0.1) { x, y in
      let outer = (x * x / 0.97 + (y + 0.05) * (y + 0.05) / 1.72).squareRoot()
      // The hairline: a parting on one side, down to the temples.
      let line = -0.86 + 0.08 * sinf(x * 2.2 + 0.6) + 0.9 * x * x * x * x * abs(x)
      let inside = smoothStep(1.02, 0.97, outer) * smoothStep(line + 0.05, line - 0.06, y)
      let strand = 0.018 * sinf(x * 38 + y * 9) + 0.012 * sinf(x * 83 - y * 21)
      let shine =
        0.16 * smoothStep(0.35, 0, abs(y + 1.1 + 0.2 * x)) * smoothStep(0.8, 0.1, abs(x + 0.3))
      return (0.15 + strand + shine, inside)
    }
  }
}
