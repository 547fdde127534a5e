import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

/// Files of the formats that cannot be made by hand, by ffmpeg where it is installed.
enum Encoded {
  static let endings = ["mp3", "flac", "ogg", "opus", "m4a", "aiff", "wv"]

  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg") }

  /// A tone with tags; nil where it cannot be made.
  static func make(
    _ ending: String, in folder: TemporaryFolder, seconds: Double = 1.5
  ) -> [UInt8]? {
    guard isAvailable else { return nil }
    let file = "\(folder.path)/made.\(ending)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/ffmpeg")
    process.standardError = FileHandle.nullDevice
    process.arguments =
      [
        "-nostdin", "-y", "-f", "lavfi", "-i",
        "sine=frequency=440:duration=\(seconds):sample_rate=48000",
        "-metadata", "title=Füße 夜", "-metadata", "artist=The Artist",
        "-metadata", "album=The Album", "-metadata", "genre=Folk", "-metadata", "date=2021-05-03",
        "-metadata", "track=3/12",
      ] + (ending == "aiff" ? ["-write_id3v2", "1"] : []) + [file]
    do { try process.run() } catch { return nil }
    process.waitUntilExit()
    return FileManager.default.contents(atPath: file).map(Array.init)
  }

  /// One short file of each format.
  static func all(in folder: TemporaryFolder) -> [(String, [UInt8])] {
    endings.compactMap { ending in make(ending, in: folder, seconds: 0.2).map { (ending, $0) } }
  }
}

@Suite("Encoded formats", .enabled(if: Encoded.isAvailable, "ffmpeg is not installed"))
struct EncodedFormatTests {
  @Test("tags and length are right in each format", arguments: Encoded.endings)
  func format(ending: String) throws {
    let folder = try TemporaryFolder()
    let content = try #require(Encoded.make(ending, in: folder))
    let tags = try TagReader.read(folder.file("A.\(ending.uppercased())", content)).get()
    #expect(tags.title == "Füße 夜")
    #expect(tags.artist == "The Artist")
    #expect(tags.album == "The Album")
    #expect(tags.genre == "Folk")
    #expect(tags.year == 2021)
    #expect(tags.track == 3)
    #expect(abs((tags.duration ?? 0) - 1.5) < 0.06)
  }

  @Test("a file cut in its headers fails with a reason", arguments: ["flac", "ogg", "opus", "m4a"])
  func truncated(ending: String) throws {
    let folder = try TemporaryFolder()
    let content = try #require(Encoded.make(ending, in: folder))
    let path = try folder.file("cut.\(ending)", Array(content.prefix(60)))
    guard case .failure(let fault) = TagReader.read(path) else {
      return #expect(Bool(false), "\(ending) was read")
    }
    #expect(fault.kind == .noAudio)
  }
}
