/// Four seconds of silence as a WAV file in an address: what is played to find out whether there is
/// a sound device, for mpv opens its output only for sound.
///
/// It is stopped as soon as the output is told. It has to last until then: mpv tells what its output
/// is when it is asked, and of one that has closed meanwhile it tells nothing.
enum Silence {
  /// 4 s, 8 kHz, mono, 8 bits, behind mpv's `hex://`.
  static let address: [UInt8] = Array("hex://".utf8) + wave.flatMap(hex)

  private static let rate = 8000

  private static let wave: [UInt8] = {
    let samples = [UInt8](repeating: 0x80, count: 4 * rate)
    var bytes = Array("RIFF".utf8) + little(UInt32(36 + samples.count)) + Array("WAVEfmt ".utf8)
    bytes += little(UInt32(16)) + little(UInt16(1)) + little(UInt16(1))
    bytes += little(UInt32(rate)) + little(UInt32(rate)) + little(UInt16(1)) + little(UInt16(8))
    return bytes + Array("data".utf8) + little(UInt32(samples.count)) + samples
  }()

  private static func little(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func hex(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }
}
