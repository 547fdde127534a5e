/// Appends values to a row of bytes, little endian, as `ByteReader` reads them back.
///
/// It knows no messages; `EyeFraming` says what is written in which order. It never fails.
package struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func byte(_ value: UInt8) { bytes.append(value) }

  mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  mutating func integer(_ value: some FixedWidthInteger & UnsignedInteger) {
    var rest = value
    for _ in 0..<(value.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }

  /// Four bytes, two's complement; what they cannot hold becomes the nearest that they can.
  mutating func int(_ value: Int) { integer(UInt32(bitPattern: Int32(clamping: value))) }

  /// Eight bytes, two's complement.
  mutating func identifier(_ value: Int64) { integer(UInt64(bitPattern: value)) }

  mutating func double(_ value: Double) { integer(value.bitPattern) }

  mutating func float(_ value: Float) { integer(value.bitPattern) }

  /// Four bytes of count, then the bytes.
  mutating func block(_ value: some Collection<UInt8>) {
    count(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func string(_ value: String) { block(value.utf8) }

  /// Four bytes. More than four bytes hold is refused by the reader's limits anyway.
  mutating func count(_ value: Int) { integer(UInt32(clamping: value)) }

  /// Writes the number of bytes that follow `position + 4` over the four bytes there.
  mutating func setLength(at position: Int) {
    let length = UInt32(clamping: bytes.count - position - 4)
    for index in 0..<4 {
      bytes[position + index] = UInt8(truncatingIfNeeded: length >> (8 * UInt32(index)))
    }
  }
}
