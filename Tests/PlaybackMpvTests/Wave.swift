import Foundation
import Music
import TestSupport

extension TemporaryFolder {
  /// Writes a file and says where it is.
  func file(_ name: String, _ content: [UInt8]) throws -> Location {
    try file(Array(name.utf8), content)
  }

  /// The same for a name that need not be UTF-8.
  func file(_ name: [UInt8], _ content: [UInt8]) throws -> Location {
    Location(path: try write(content, to: name))
  }

  /// A place for a file that somebody else writes.
  func place(_ name: String) -> Location { Location(path: "\(path)/\(name)") }
}

/// A WAV file of 16-bit mono samples.
enum Wave {
  static let rate = 8000

  static func file(_ samples: [Int16]) -> [UInt8] {
    let data = samples.flatMap { little(UInt16(bitPattern: $0)) }
    let head = Array("WAVEfmt ".utf8) + little(UInt32(16)) + little(UInt16(1)) + little(UInt16(1))
    let format =
      little(UInt32(rate)) + little(UInt32(rate * 2)) + little(UInt16(2)) + little(UInt16(16))
    let body = head + format + Array("data".utf8) + little(UInt32(data.count)) + data
    return Array("RIFF".utf8) + little(UInt32(body.count)) + body
  }

  /// A file of one value for so many seconds.
  static func constant(_ value: Int16, seconds: Double) -> [UInt8] {
    file([Int16](repeating: value, count: Int(seconds * Double(rate))))
  }

  /// The samples behind "data" in a file of 16-bit samples.
  static func samples(at location: Location) throws -> [Int16] {
    let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: location.displayPath)))
    let mark = Array("data".utf8)
    guard
      let place = file.indices.dropLast(8).first(where: { Array(file[$0..<$0 + 4]) == mark })
    else { return [] }
    let data = file[(place + 8)...]
    return stride(from: data.startIndex, to: data.endIndex - 1, by: 2).map {
      Int16(bitPattern: UInt16(data[$0]) | UInt16(data[$0 + 1]) << 8)
    }
  }

  private static func little(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}

/// Whether libmpv can be opened on this machine.
let isLibraryPresent =
  dlopen("libmpv.so.2", RTLD_LAZY) != nil || dlopen("libmpv.so.1", RTLD_LAZY) != nil
