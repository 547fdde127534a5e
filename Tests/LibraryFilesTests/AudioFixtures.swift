import Foundation
import GeneratedLibrary
import TestSupport
import Testing

extension TemporaryFolder {
  /// Writes a file and answers its path as a walk does.
  func file(_ name: String, _ content: [UInt8]) throws -> [UInt8] {
    Array(try write(content, to: name).utf8)
  }
}

/// Sound files made by hand, so that no test needs an encoder.
enum Sound {
  /// Frames of 26.122 ms of silence.
  static func mp3(frames: Int = 40) -> [UInt8] { GeneratedLibrary.silence(frames: frames) }

  /// 16 bit, one channel, 8 kHz.
  static func wav(seconds: Double) -> [UInt8] {
    let size = Int(seconds * 8000) * 2
    var bytes = Array("RIFF".utf8) + little(36 + size, 4) + Array("WAVEfmt ".utf8)
    bytes += little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) + little(16000, 4)
    bytes += little(2, 2) + little(16, 2) + Array("data".utf8) + little(size, 4)
    return bytes + Array(repeating: 0, count: size)
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// Hand-made tags at the end of a file.
enum APE {
  /// An APEv2 tag with one text, without a header.
  static func tag(_ key: String, _ text: String) -> [UInt8] {
    let item =
      Sound.little(text.utf8.count, 4) + Sound.little(0, 4) + Array(key.utf8) + [0]
      + Array(text.utf8)
    return item + Array("APETAGEX".utf8) + Sound.little(2000, 4) + Sound.little(item.count + 32, 4)
      + Sound.little(1, 4) + Array(repeating: 0, count: 12)
  }
}

/// Hand-made tags.
enum ID3 {
  enum Encoding: UInt8 { case latin1 = 0, utf16 = 1, utf8 = 3 }

  /// An ID3v2.4 tag.
  static func v2(_ frames: [[UInt8]]) -> [UInt8] {
    let body = frames.flatMap(\.self)
    return Array("ID3".utf8) + [4, 0, 0] + synchsafe(body.count) + body
  }

  static func text(_ name: String, _ bytes: [UInt8], _ encoding: Encoding = .utf8) -> [UInt8] {
    frame(name, [encoding.rawValue] + bytes)
  }

  static func text(_ name: String, _ value: String) -> [UInt8] { text(name, Array(value.utf8)) }

  /// With a byte order mark, little-endian.
  static func utf16(_ name: String, _ value: String) -> [UInt8] {
    let units = value.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    return text(name, [0xFF, 0xFE] + units, .utf16)
  }

  /// TXXX
  static func user(_ description: String, _ value: String) -> [UInt8] {
    frame("TXXX", [3] + Array(description.utf8) + [0] + Array(value.utf8))
  }

  static func popularity(_ rating: UInt8) -> [UInt8] {
    frame("POPM", Array("no@email".utf8) + [0, rating, 0, 0, 0, 0])
  }

  /// 128 bytes for the end of a file, Latin-1.
  static func v1(title: [UInt8], artist: [UInt8], year: String, genre: UInt8) -> [UInt8] {
    func field(_ bytes: [UInt8], _ size: Int) -> [UInt8] {
      bytes.prefix(size) + Array(repeating: 0, count: max(0, size - bytes.count))
    }
    return Array("TAG".utf8) + field(title, 30) + field(artist, 30) + field([], 30)
      + field(Array(year.utf8), 4) + field([], 30) + [genre]
  }

  static func frame(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + synchsafe(body.count) + [0, 0] + body
  }

  private static func synchsafe(_ value: Int) -> [UInt8] {
    [21, 14, 7, 0].map { UInt8(value >> $0 & 0x7F) }
  }
}
