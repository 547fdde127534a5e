/// A picture in gray levels, row by row: what a table of faces holds instead of image files.
///
/// It has as many levels as its sides ask for; whoever cannot keep that gets nil.
package struct GrayPicture: Equatable, Sendable {
  /// Pixels; a larger picture is no face of a data set.
  package static let maximumSide = 1024

  /// `width * height` levels, 0 (black) ... 255 (white).
  package let levels: [UInt8]
  package let width: Int
  package let height: Int

  package init?(levels: [UInt8], width: Int, height: Int) {
    let sides = 1...Self.maximumSide
    guard sides.contains(width), sides.contains(height), levels.count == width * height else {
      return nil
    }
    self.levels = levels
    self.width = width
    self.height = height
  }

  /// A square picture from the text of FER2013's column `pixels`: numbers 0...255, apart by
  /// blanks, as many as a square has; nil for anything else.
  package init?(pixels text: some Collection<UInt8>) {
    var levels: [UInt8] = []
    levels.reserveCapacity(text.count / 2)
    var number: UInt?
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let grown = (number ?? 0) * 10 + UInt(byte - UInt8(ascii: "0"))
        guard grown <= 255 else { return nil }
        number = grown
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        if let number { levels.append(UInt8(number)) }
        number = nil
      default: return nil
      }
    }
    if let number { levels.append(UInt8(number)) }
    guard let side = (1...Self.maximumSide).first(where: { $0 * $0 >= levels.count }) else {
      return nil
    }
    self.init(levels: levels, width: side, height: side)
  }
}
