import Glibc
import Music

/// A folder of its own for each test, gone with it.
final class Folder {
  let path: String
  private var files: [[UInt8]] = []

  init() throws {
    var template = Array("/tmp/emus-play-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(code: errno) }
    path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    for file in files { unlink(Self.c(file)) }
    rmdir(path)
  }

  struct FileError: Error { let code: Int32 }

  /// Writes a file and says where it is; the name may hold any byte but NUL and "/".
  func write(_ name: [UInt8], _ bytes: [UInt8]) throws -> Location {
    let file = Array(path.utf8) + [UInt8(ascii: "/")] + name
    guard let stream = fopen(Self.c(file), "wb") else { throw FileError(code: errno) }
    let count = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, count == bytes.count else { throw FileError(code: errno) }
    files.append(file)
    return Location(path: file)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws -> Location {
    try write(Array(name.utf8), bytes)
  }

  /// A place for a file that somebody else writes.
  func place(_ name: String) -> Location {
    let file = Array("\(path)/\(name)".utf8)
    files.append(file)
    return Location(path: file)
  }

  static func read(_ location: Location) throws -> [UInt8] {
    guard let stream = fopen(c(location.path), "rb") else { throw FileError(code: errno) }
    defer { fclose(stream) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { return result }
      result += buffer.prefix(count)
    }
  }

  private static func c(_ path: [UInt8]) -> [CChar] { path.map(CChar.init(bitPattern:)) + [0] }
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
  static func samples(of file: [UInt8]) -> [Int16] {
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
