/// Paths as people read them: every byte can be told from what is drawn.
package enum PathText {
  /// A backslash is written twice, a byte that is no UTF-8 as `\xE9`, a character that cannot be
  /// drawn, or that turns what follows, as `\u{202E}`.
  package static func escaped(_ path: [UInt8]) -> String {
    var result = ""
    var rest = path[...]
    while !rest.isEmpty {
      let length = scalarLength(rest)
      let bytes = rest.prefix(max(1, length))
      if length > 0, let text = String(validating: bytes, as: UTF8.self),
        let scalar = text.unicodeScalars.first
      {
        result += drawn(scalar)
      } else {
        result += "\\x" + hexadecimal(UInt32(bytes[bytes.startIndex]), width: 2)
      }
      rest = rest.dropFirst(bytes.count)
    }
    return result
  }

  private static func drawn(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\\" { return "\\\\" }
    let isDrawn =
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned,
        .privateUse:
        false
      default: true
      }
    return isDrawn ? String(scalar) : "\\u{\(hexadecimal(scalar.value, width: 1))}"
  }

  /// Bytes of the character at the front; 0 where it is no UTF-8.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    guard let first = bytes.first else { return 0 }
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    let isWhole =
      bytes.count >= length
      && String(validating: bytes.prefix(length), as: UTF8.self)?.unicodeScalars.count == 1
    return isWhole ? length : 0
  }

  private static func hexadecimal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
