import COpenCV
import Perception

/// One face as local binary pattern histograms: the numbers that a template is made of.
///
/// The face (a slightly inset Haar box, to drop hair and background) becomes 100 x 100 gray
/// levels without their light, then 8 x 8 cells of 144 patterns of radius 2, each counted in 59
/// bins: the 58 uniform patterns and all others (Ojala, Pietikainen and Maenpaa 2002). A count
/// fits a byte, so nothing is lost by storing it as one.
struct FacePatterns: Equatable, Sendable {
  static let grid = 8
  static let bins = 59
  static let count = grid * grid * bins
  private static let side = 100
  private static let radius = 2
  /// What is cut off on every side, in shares of the Haar box.
  private static let inset = 0.05
  private static let patternsInCell = Float(12 * 12)

  /// `count` bytes, cell by cell.
  let counts: [UInt8]

  /// Takes bytes that were stored; nil when there are too few or too many.
  init?(counts: some Collection<UInt8>) {
    guard counts.count == Self.count else { return nil }
    self.counts = Array(counts)
  }

  init(of box: Box, in frame: Frame) throws(OpenCVError) {
    var face = try frame.crop(box.scaled(by: 1 - 2 * Self.inset), side: Self.side)
    try OpenCV.flattenLight(of: &face, side: Self.side)
    let classic = try OpenCV.patternHistograms(
      of: face, side: Self.side, radius: Self.radius, grid: Self.grid)
    var folded = [UInt8](repeating: 0, count: Self.count)
    for (index, share) in classic.enumerated() where share > 0 {
      let cell = index >> 8
      let bin = cell * Self.bins + Self.binOfPattern[index & 0xFF]
      folded[bin] += UInt8(clamping: Int((share * Self.patternsInCell).rounded()))
    }
    counts = folded
  }

  /// Chi-square distance, the mean over the cells: 0 (the same) ... 2 (nothing in common).
  func distance(to other: FacePatterns) -> Double {
    var sum: Float = 0
    for (mine, theirs) in zip(counts, other.counts) where mine != theirs {
      let difference = Float(mine) - Float(theirs)
      sum += difference * difference / (Float(mine) + Float(theirs))
    }
    return Double(sum / (Self.patternsInCell * Float(Self.grid * Self.grid)))
  }

  /// Which of the 59 bins counts a pattern: its own when it has at most two changes between 0
  /// and 1 around the circle, else the last.
  private static let binOfPattern: [Int] = {
    var next = 0
    return (0..<256).map { pattern in
      let turned = (pattern >> 1) | ((pattern & 1) << 7)
      guard (pattern ^ turned).nonzeroBitCount <= 2 else { return bins - 1 }
      defer { next += 1 }
      return next
    }
  }()
}
