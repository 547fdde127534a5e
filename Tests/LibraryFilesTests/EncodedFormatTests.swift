import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

/// Files of the formats that cannot be made by hand, by ffmpeg where it is installed.
enum Encoded {
  static let endings = ["mp3", "flac", "ogg", "oga", "opus", "m4a", "aiff", "wv"]

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

  @Test(
    "an Ogg file holds sound from its first whole page of it", arguments: ["ogg", "oga", "opus"])
  func cutInFirstPage(ending: String) throws {
    let folder = try TemporaryFolder()
    let content = try #require(Encoded.make(ending, in: folder, seconds: 4))
    let pages = content.indices.filter { content[$0...].starts(with: "OggS".utf8) }
    // The number of samples up to the end of the page, 0 on those of headers.
    let first = try #require(
      pages.firstIndex { content[$0 + 6..<$0 + 14].contains { $0 != 0 } })
    let end = try #require(pages.dropFirst(first + 1).first)
    for size in [pages[first] + 1, pages[first] + 40, (pages[first] + end) / 2, end - 1] {
      let path = try folder.file("cut.\(ending)", Array(content.prefix(size)))
      #expect(TagReader.read(path) == .failure(.noAudio), "\(size) of \(end) bytes")
    }
    for size in [end, end + 100, content.count] {
      let path = try folder.file("cut.\(ending)", Array(content.prefix(size)))
      #expect(try (TagReader.read(path).get().duration ?? 0) > 0.5, "\(size) of \(end) bytes")
    }
  }

  @Test("a WavPack file holds sound from its first whole block")
  func cutInFirstBlock() throws {
    let folder = try TemporaryFolder()
    let content = try #require(Encoded.make("wv", in: folder))
    let size = content[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) } + 8
    let cut = try folder.file("cut.wv", Array(content.prefix(size - 1)))
    #expect(TagReader.read(cut) == .failure(.noAudio))
    let whole = try folder.file("whole.wv", Array(content.prefix(size)))
    #expect(try TagReader.read(whole).get().title == nil)
  }
}
