/// Percent-encoding of paths in URIs (RFC 3986, section 2.1), on bytes: a path need not be UTF-8.
enum PercentEncoding {
  /// Encodes all but letters, digits, `-._~` and the slash.
  static func encode(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    escape(bytes) { isUnreserved($0) || $0 == UInt8(ascii: "/") }
  }

  /// Encodes control characters alone.
  static func withoutControls(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    escape(bytes) { $0 >= 0x20 && $0 != 0x7F }
  }

  /// An escape that is none stays as it is.
  static func decode(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let percent = UInt8(ascii: "%")
    guard bytes.contains(percent) else { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      if byte == percent, rest.count >= 2,
        let high = digit(rest[rest.startIndex]), let low = digit(rest[rest.startIndex + 1])
      {
        result.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return result[...]
  }

  private static func escape(
    _ bytes: ArraySlice<UInt8>, unless isPlain: (UInt8) -> Bool
  ) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    for byte in bytes {
      if isPlain(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
