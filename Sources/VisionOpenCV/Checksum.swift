/// The SHA-256 of a file as 64 hexadecimal digits, by which trained weights are known to be those
/// that their card speaks of.
package struct Checksum: Equatable, Sendable {
  /// Lower case.
  package let digits: String

  /// Nil for anything but 64 hexadecimal digits.
  package init?(digits: String) {
    let isHexadecimal = digits.utf8.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
    guard digits.utf8.count == 64, isHexadecimal else { return nil }
    self.digits = digits.lowercased()
  }

  /// Of some bytes, by OpenSSL, which uses the processor's own instructions for it.
  init(of bytes: [UInt8]) throws(OpenCVError) {
    digits = try OpenCV.sha256(of: bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
