/// Paths as people read them: every byte can be told from what is drawn.
package enum PathText {
  /// A backslash is written twice, a byte that is no UTF-8 as `\xE9`, a character that cannot be
  /// drawn, or that turns what follows, as `\u{202E}`.
  package static func escaped(_ path: [UInt8]) -> String {
    var result = ""
    var bytes = path.makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var place = 0
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid(let scalar):
        result += drawn(Unicode.UTF8.decode(scalar))
        place += scalar.count
      case .error(let length):
        for byte in path[place..<place + length] {
          result += "\\x" + hexadecimal(UInt32(byte), width: 2)
        }
        place += length
      case .emptyInput: return result
      }
    }
  }

  /// A message as one line of characters that can be drawn: all others are written as in paths, and
  /// backslashes stay as they are.
  package static func line(_ text: String) -> String {
    text.unicodeScalars.map { isDrawn($0) ? String($0) : code(of: $0) }.joined()
  }

  private static func drawn(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\\" { return "\\\\" }
    return isDrawn(scalar) ? String(scalar) : code(of: scalar)
  }

  private static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned,
      .privateUse:
      false
    default: true
    }
  }

  /// `\u{1B}`
  static func code(of scalar: Unicode.Scalar) -> String {
    "\\u{\(hexadecimal(scalar.value, width: 1))}"
  }

  private static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
