/// Numbers out of the texts that taggers write: "2021-05-03", "3/12", "128.00", a rating on any
/// of the scales in use. Nil where a text says nothing sensible; nothing is guessed beyond that.
enum TagText {
  /// "2021-05-03", "2021", "May 2021" -> 2021: the first number of four digits, 1000...2999.
  static func year(_ text: String) -> Int? {
    var run: [UInt8] = []
    for byte in Array(text.utf8.prefix(256)) + [0] {
      if isDigit(byte) {
        run.append(byte)
        continue
      }
      if run.count == 4, let year = digits(run[...]), (1000...2999).contains(year) { return year }
      run = []
    }
    // ISO 8601's basic form, "20210503".
    guard let number = digits(Array(text.utf8.prefix(8))[...]), number >= 10_000_000 else {
      return nil
    }
    let year = number / 10_000
    return (1000...2999).contains(year) ? year : nil
  }

  /// "3", "03", "3/12" -> 3; 1...9999.
  static func position(_ text: String) -> Int? {
    let start = text.utf8.drop { $0 == UInt8(ascii: " ") }
    guard let number = digits(Array(start.prefix(9).prefix(while: isDigit))[...]) else {
      return nil
    }
    return (1...9999).contains(number) ? number : nil
  }

  /// "128", "127.98", "127,98" -> beats a minute, 20...400.
  static func bpm(_ text: String) -> Double? {
    guard let value = decimal(text), (20...400).contains(value) else { return nil }
    return value
  }

  /// FMPS_RATING: "0.0"..."1.0", where 0 is unrated. From the Free Media Player Specifications.
  static func fmpsRating(_ text: String) -> Int? {
    guard let value = decimal(text), value > 0, value <= 1 else { return nil }
    return max(1, Int((value * 10).rounded()))
  }

  /// RATING has no agreed scale: up to 1 with a fraction it is a share, up to 5 stars, up to 10 as
  /// it is, up to 100 percent, up to 255 a byte. 0 is unrated.
  static func rating(_ text: String) -> Int? {
    guard let value = decimal(text), value > 0 else { return nil }
    let scaled: Double
    switch value {
    case ..<1: scaled = value * 10
    case ...5: scaled = value * 2
    case ...10: scaled = value
    case ...100: scaled = value / 10
    case ...255: scaled = value / 25.5
    default: return nil
    }
    return min(10, max(1, Int(scaled.rounded())))
  }

  /// The byte of a POPM frame in half stars. Taggers agree on 1, 64, 128, 196, 255 for whole stars
  /// (as Windows writes them) and lie between with 13, 54, 118, 186, 242 for the halves.
  static func popularity(_ byte: Int) -> Int? {
    switch byte {
    case 1: 2
    case 2..<32: 1
    case 32..<64: 3
    case 64..<96: 4
    case 96..<128: 5
    case 128..<160: 6
    case 160..<196: 7
    case 196..<224: 8
    case 224..<255: 9
    case 255: 10
    default: nil
    }
  }

  /// A plain decimal number with up to 24 characters; a comma counts as a point.
  static func decimal(_ text: String) -> Double? {
    let trimmed = text.utf8.filter { $0 != UInt8(ascii: " ") }
    guard !trimmed.isEmpty, trimmed.count <= 24 else { return nil }
    var value = 0.0
    var scale = 0.0
    for byte in trimmed {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        guard scale == 0 else { return nil }
        scale = 1
      } else if isDigit(byte) {
        value = value * 10 + Double(byte - UInt8(ascii: "0"))
        scale *= 10
      } else {
        return nil
      }
    }
    return scale > 1 ? value / scale : value
  }

  static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.allSatisfy(isDigit) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
