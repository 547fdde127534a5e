/// Reads values from the bytes of one frame, little endian, as `ByteWriter` wrote them.
///
/// The bytes come from another process and may be anything: every read checks what is left, and
/// a count is believed only where that many elements can still follow. It never traps, and it
/// allocates no more than a small multiple of the bytes it was given.
package struct ByteReader {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func byte() throws(EyeFramingError) -> UInt8 {
    guard let value = bytes.popFirst() else { throw .truncated }
    return value
  }

  mutating func bool() throws(EyeFramingError) -> Bool {
    switch try byte() {
    case 0: false
    case 1: true
    case let other: throw .badValue("flag \(other)")
    }
  }

  mutating func integer<Value: FixedWidthInteger & UnsignedInteger>(
    _: Value.Type = Value.self
  ) throws(EyeFramingError) -> Value {
    let width = Value.bitWidth / 8
    guard bytes.count >= width else { throw .truncated }
    var value: Value = 0
    for (index, byte) in bytes.prefix(width).enumerated() {
      value |= Value(truncatingIfNeeded: byte) << Value(truncatingIfNeeded: 8 * index)
    }
    bytes = bytes.dropFirst(width)
    return value
  }

  /// Within 32 bits, so that products and sums of two of them cannot overflow.
  mutating func int() throws(EyeFramingError) -> Int {
    Int(Int32(bitPattern: try integer(UInt32.self)))
  }

  mutating func identifier() throws(EyeFramingError) -> Int64 {
    Int64(bitPattern: try integer(UInt64.self))
  }

  mutating func double() throws(EyeFramingError) -> Double {
    Double(bitPattern: try integer(UInt64.self))
  }

  mutating func float() throws(EyeFramingError) -> Float {
    Float(bitPattern: try integer(UInt32.self))
  }

  /// A number of elements of at least `size` bytes each, of which no more than `limit` may come.
  mutating func count(limit: Int, size: Int, of what: String) throws(EyeFramingError) -> Int {
    let count = Int(try integer(UInt32.self))
    guard count <= limit else { throw .tooMany(what, count) }
    guard count * size <= bytes.count else { throw .truncated }
    return count
  }

  mutating func block(limit: Int, of what: String) throws(EyeFramingError) -> [UInt8] {
    let count = try count(limit: limit, size: 1, of: what)
    defer { bytes = bytes.dropFirst(count) }
    return Array(bytes.prefix(count))
  }

  mutating func string() throws(EyeFramingError) -> String {
    let text = try block(limit: EyeFraming.maximumString, of: "bytes of text")
    guard let text = String(validating: text, as: UTF8.self) else {
      throw .badValue("text that is not UTF-8")
    }
    return text
  }
}
