import Foundation
import Testing

/// Runs the built programs as a listener would, in a home of their own that is thrown away.
final class Program {
  let home: URL
  let folder: URL

  /// Where the build put the programs: beside the tests.
  static let binaries = URL(
    fileURLWithPath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
  ).deletingLastPathComponent()

  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("emus-program-\(UUID().uuidString)")
    home = folder.appendingPathComponent("home")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      print("left behind: \(folder.path): \(error)")
    }
  }

  struct Result {
    var status: Int32
    var output: String
    var errors: String

    /// The one JSON object that was printed.
    func object() throws -> [String: Any] {
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(value as? [String: Any])
    }
  }

  static var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["EMUS_AUDIO"] = "null"
    environment["TERM"] = "xterm-256color"
    environment["LC_ALL"] = "C.UTF-8"
    environment["NO_COLOR"] = nil
    environment["EMUS_HOME"] = nil
    return environment
  }

  func emus(_ arguments: String...) throws -> Result {
    try run(
      Self.binaries.appendingPathComponent("emus").path, arguments + ["--home", home.path])
  }

  func run(_ path: String, _ arguments: [String]) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = Self.environment
    process.standardInput = FileHandle.nullDevice
    let outputFile = folder.appendingPathComponent("out-\(UUID().uuidString)")
    let errorFile = folder.appendingPathComponent("err-\(UUID().uuidString)")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }

  /// A file of the test's own.
  func file(_ name: String, _ bytes: some DataProtocol) throws -> String {
    let url = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return url.path
  }

  /// A gray picture without a face, as PGM.
  func plainImage() throws -> String {
    var bytes = Array("P5\n320 240\n255\n".utf8)
    bytes += (0..<320 * 240).map { UInt8($0 % 320 / 2) }
    return try file("plain.pgm", bytes)
  }

  /// A program with two scanned tones, which have no tags, and the folder that they are in.
  static func withTwoTones() throws -> (program: Program, folder: String) {
    let program = try Program()
    let tone = try program.tone("music/one.wav")
    _ = try program.tone("music/two.wav")
    let folder = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", folder).status == 0)
    return (program, folder)
  }

  /// A file's text.
  static func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// A short tone as WAV.
  func tone(_ name: String, seconds: Double = 1) throws -> String {
    let rate = 8000
    let count = Int(seconds * Double(rate))
    var bytes = Array("RIFF".utf8) + little(UInt32(36 + count * 2)) + Array("WAVEfmt ".utf8)
    bytes += little(UInt32(16)) + little(UInt16(1)) + little(UInt16(1)) + little(UInt32(rate))
    bytes += little(UInt32(rate * 2)) + little(UInt16(2)) + little(UInt16(16))
    bytes += Array("data".utf8) + little(UInt32(count * 2))
    for place in 0..<count {
      let value = sin(Double(place) * 440 * 2 * .pi / Double(rate)) * 8000
      bytes += little(UInt16(bitPattern: Int16(value)))
    }
    return try file(name, bytes)
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
