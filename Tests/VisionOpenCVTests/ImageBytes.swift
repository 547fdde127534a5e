import Foundation
import Perception

/// Image files made by the tests, byte by byte.
enum ImageBytes {
  static func pgm(_ levels: [UInt8], width: Int, height: Int) -> [UInt8] {
    Array("P5\n\(width) \(height)\n255\n".utf8) + levels
  }

  /// A gray film, uncompressed, of frames a second as a fraction such as "1:5". The first pixel of
  /// each is black, lest it be a text.
  static func y4m(_ frames: [[UInt8]], width: Int, height: Int, rate: String) -> [UInt8] {
    Array("YUV4MPEG2 W\(width) H\(height) F\(rate) Ip A1:1 Cmono\n".utf8)
      + frames.flatMap { Array("FRAME\n".utf8) + [0] + $0.dropFirst() }
  }

  /// A gray PNG whose lines are stored without compression; with 16 bits each level stands twice.
  static func png(_ levels: [UInt8], width: Int, height: Int, bits: UInt8 = 8) -> [UInt8] {
    var lines: [UInt8] = []
    for row in 0..<height {
      let line = levels[row * width..<(row + 1) * width]
      lines += [0] + (bits == 16 ? line.flatMap { [$0, $0] } : Array(line))
    }
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let count = min(65535, lines.count - start)
      let isLast: UInt8 = start + count == lines.count ? 1 : 0
      stream += [isLast] + little(UInt16(count)) + little(~UInt16(count))
      stream += lines[start..<start + count]
      start += count
    } while start < lines.count
    stream += big(adler32(lines))
    return header(width: width, height: height, bits: bits) + chunk("IDAT", stream)
      + chunk("IEND", [])
  }

  /// A black gray PNG in a few bytes: one deflate block of fixed codes (RFC 1951) that repeats a
  /// zero.
  static func blackPng(width: Int, height: Int) -> [UInt8] {
    let count = (width + 1) * height
    var bits = BitWriter()
    bits.write(0b011, count: 3)
    // The literal 0 is 00110000; 258 times the last byte is code 285, 11000101, and distance 1.
    let literal = { (bits: inout BitWriter) in bits.write(0b0000_1100, count: 8) }
    literal(&bits)
    for _ in 0..<(count - 1) / 258 {
      bits.write(0b1010_0011, count: 8)
      bits.write(0, count: 5)
    }
    for _ in 0..<(count - 1) % 258 { literal(&bits) }
    // The end of the block, and as much again to fill the last byte.
    bits.write(0, count: 14)
    // Of zeros: the low half stays 1 and the high half counts them.
    let sum = UInt32(count % 65521) << 16 | 1
    return header(width: width, height: height)
      + chunk("IDAT", [0x78, 0x01] + bits.bytes + big(sum)) + chunk("IEND", [])
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var rest: UInt32 = 0
    private var filled = 0

    /// The lowest bit first; a Huffman code is given in reverse. A byte that is not full is kept back.
    mutating func write(_ value: UInt32, count: Int) {
      rest |= value << UInt32(filled)
      filled += count
      while filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: rest))
        rest >>= 8
        filled -= 8
      }
    }
  }

  /// The head of a PNG, which may promise any size.
  static func header(width: Int, height: Int, bits: UInt8 = 8) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [bits, 0, 0, 0, 0])
  }

  /// The face that the program draws, as PNG.
  static func demoFace(at time: Double = 0, width: Int = 320, height: Int = 240) -> [UInt8] {
    png(
      DemoFace.render(at: time, width: width, height: height), width: width, height: height)
  }

  /// A baseline JPEG of 24 x 16 pixels; `orientation` puts Exif in front, as telephones do.
  static func jpeg(orientation: UInt8? = nil) -> [UInt8] {
    guard let orientation else { return tinyJpeg }
    let exif: [UInt8] =
      Array("Exif\0\0MM\0*".utf8) + big(UInt32(8)) + [0, 1] + [0x01, 0x12, 0, 3, 0, 0, 0, 1]
      + [0, orientation, 0, 0] + big(UInt32(0))
    let length = UInt16(exif.count + 2)
    return tinyJpeg.prefix(2) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + exif
      + tinyJpeg.dropFirst(2)
  }

  private static func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + bytes
    return big(UInt32(bytes.count)) + body + big(crc32(body))
  }

  private static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  private static func little(_ value: UInt16) -> [UInt8] {
    [UInt8(value & 0xFF), UInt8(value >> 8)]
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in
        crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0)
      }
    }
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65521
      high = (high + low) % 65521
    }
    return high << 16 | low
  }

  /// 24 x 16 pixels in four inks, as Adobe writes them, with a bright square of 8 in the upper left
  /// corner.
  static let inkJpeg: [UInt8] = {
    let text = """
      /9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpK\
      PjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AAFAgAEAAYBEMRAE0RAFkRAEsRAP/EABUAAQEAAAAA\
      AAAAAAAAAAAAAAAH/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAA4EQwBNAFkASwAAPwCnKcpyhAIgAAAA\
      AP/Z
      """
    return Array(Data(base64Encoded: text) ?? Data())
  }()

  /// 24 x 16 pixels: a bright square of 8 in the upper left corner.
  private static let tinyJpeg: [UInt8] = {
    let text = """
      /9j//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgKCgsKCw0NDQ0NDRAPEBAQEBAQEBAQEBASEhIVFRUSEhIQ\
      EBISFBQVFRcXFxUVFRUXFxkZGR4eHBwjIyQrKzP/xABMAAEBAQAAAAAAAAAAAAAAAAAABwgBAQAAAAAA\
      AAAAAAAAAAAAAAAQAQAAAAAAAAAAAAAAAAAAAAARAQAAAAAAAAAAAAAAAAAAAAD/wAARCAAQABgDARIA\
      AhIAAxIA/9oADAMBAAIRAxEAPwC9MWgAAAAD/9k=
      """
    return Array(Data(base64Encoded: text) ?? Data())
  }()
}
