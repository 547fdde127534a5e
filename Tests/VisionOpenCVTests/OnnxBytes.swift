/// A minimal ONNX file made by the tests: one convolution over the whole picture, and `Flatten`.
///
/// It answers `outputs` numbers for `channels` x 48 x 48 values. Enough of protobuf's wire format
/// for that is written here by hand.
enum OnnxBytes {
  static func network(outputs: Int = 7, channels: Int = 1, weight: (Int) -> Float = plain)
    -> [UInt8]
  {
    let side = 48
    let count = outputs * channels * side * side
    var raw: [UInt8] = []
    raw.reserveCapacity(count * 4)
    for index in 0..<count {
      let bits = weight(index).bitPattern
      raw += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
    let weights =
      [outputs, channels, side, side].flatMap { number(1, $0) } + number(2, 1)
      + text(8, "weights") + block(9, raw)
    let convolution =
      text(1, "face") + text(1, "weights") + text(2, "map") + text(4, "Conv")
      + block(
        5,
        text(1, "kernel_shape") + number(8, side) + number(8, side) + number(20, 7))
    let flatten = text(1, "map") + text(2, "logits") + text(4, "Flatten")
    let graph =
      block(1, convolution) + block(1, flatten) + text(2, "test") + block(5, weights)
      + block(11, value("face", [1, channels, side, side]))
      + block(12, value("logits", [1, outputs]))
    return number(1, 6) + block(7, graph) + block(8, number(2, 11))
  }

  /// Another answer for each emotion, none above 10.
  static func plain(_ index: Int) -> Float { Float(index % 13 - 6) / 1000 }

  private static func value(_ name: String, _ shape: [Int]) -> [UInt8] {
    let dimensions = shape.flatMap { block(1, number(1, $0)) }
    return text(1, name) + block(2, block(1, number(1, 1) + block(2, dimensions)))
  }

  private static func number(_ field: Int, _ value: Int) -> [UInt8] {
    varint(field << 3) + varint(value)
  }

  private static func text(_ field: Int, _ value: String) -> [UInt8] {
    block(field, Array(value.utf8))
  }

  private static func block(_ field: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(field << 3 | 2) + varint(bytes.count) + bytes
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F | 0x80))
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
