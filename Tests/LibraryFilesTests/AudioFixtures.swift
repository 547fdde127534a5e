import Foundation
import GeneratedLibrary
import Testing

/// A folder that is gone after the test, and the sound files that tests put there, made by hand so
/// that no test needs an encoder.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "emus-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // Nothing can be done about it here, and nothing depends on it.
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }

  var bytes: [UInt8] { Array(path.utf8) }

  @discardableResult
  func write(_ content: [UInt8], _ name: String) throws -> [UInt8] {
    let file = "\(path)/\(name)"
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(content).write(to: URL(fileURLWithPath: file))
    return Array(file.utf8)
  }
}

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

  private static func frame(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + synchsafe(body.count) + [0, 0] + body
  }

  private static func synchsafe(_ value: Int) -> [UInt8] {
    [21, 14, 7, 0].map { UInt8(value >> $0 & 0x7F) }
  }
}

/// The same numbers in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
