import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Cue sheets of a scan")
struct CueScanTests {
  private let folder: TemporaryFolder
  private let memory = PartsCatalog()

  init() throws { folder = try TemporaryFolder() }

  private static let sheet = """
    PERFORMER "Ann"
    TITLE "Both"
    FILE "album.wav" WAVE
    TRACK 01 AUDIO
    TITLE "First"
    INDEX 01 00:00:00
    TRACK 02 AUDIO
    TITLE "Second"
    INDEX 01 00:01:00
    """

  private func scan() async throws -> ScanReport {
    try await Scan.run(
      folders: [folder.bytes], catalog: memory.catalog, read: TagReader.inProcess)
  }

  private func sheet(_ text: String = sheet, to name: String = "album.cue") throws {
    try folder.write(Array(text.utf8), to: name)
  }

  @Test("a sheet by a path that the system does not take whole is read")
  func deep() async throws {
    let sound = Sound.wav(seconds: 3)
    _ = try folder.write(sound, to: Array("album.wav".utf8), deeperThan: 5000)
    _ = try folder.write(
      Array(Self.sheet.utf8), to: Array("album.cue".utf8), deeperThan: 5000)
    #expect(try await scan().failed.isEmpty)
    #expect(memory.shown.map(\.tags.title) == ["First", "Second"])
  }

  @Test("the pieces take the place of the file, and stay while nothing changes")
  func pieces() async throws {
    try folder.write(Sound.wav(seconds: 3), to: "album.wav")
    try sheet()
    var report = try await scan()
    #expect(report.failed.isEmpty)
    let entries = memory.shown
    #expect(entries.map(\.tags.title) == ["First", "Second"])
    #expect(entries.map(\.location.start) == [nil, 1] && entries.map(\.location.end) == [1, nil])
    #expect(entries.map(\.tags.duration) == [1, 2])
    #expect(entries.allSatisfy { $0.tags.artist == "Ann" && $0.tags.album == "Both" })
    report = try await scan()
    #expect(report.unchanged == 1 && report.added == 0 && report.updated == 0)
  }

  @Test("a sheet that changes, comes or goes has its file read again")
  func changes() async throws {
    try folder.write(Sound.wav(seconds: 3), to: "album.wav")
    _ = try await scan()
    #expect(memory.shown.map(\.tags.title) == [nil])
    try sheet()
    _ = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["First", "Second"])
    try sheet(Self.sheet.replacingOccurrences(of: "Second", with: "The second"))
    _ = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["First", "The second"])
    try FileManager.default.removeItem(atPath: "\(folder.path)/album.cue")
    _ = try await scan()
    #expect(memory.shown.map(\.location) == [Location(path: "\(folder.path)/album.wav")])
  }

  @Test("a sheet that names what is not there, or nothing, does not hide music")
  func useless() async throws {
    try folder.write(Sound.wav(seconds: 3), to: "other.wav")
    try sheet(Self.sheet.replacingOccurrences(of: "album.wav", with: "../../etc/passwd"))
    try sheet("hello", to: "empty.cue")
    let report = try await scan()
    #expect(report.added == 1 && memory.shown.count == 1)
    #expect(
      report.failed.map(\.reason) == [
        "it names “../../etc/passwd”, and no such file is beside it",
        "no piece in this cue sheet",
      ])
  }

  @Test("a sheet that may mean several files says so, and shows their name as it is")
  func ambiguous() async throws {
    for name in ["ALBUM.wav", "Album.wav"] { try folder.write(Sound.wav(seconds: 3), to: name) }
    try sheet(Self.sheet.replacingOccurrences(of: "album.wav", with: "gone\u{1B}.wav"))
    try sheet(to: "other.cue")
    #expect(
      try await scan().failed.map(\.reason) == [
        "it names “gone\\u{1B}.wav”, and no such file is beside it",
        "it names “album.wav”, and several files beside it may be meant",
      ])
  }

  @Test("pieces behind the end of a file are none, and one from its start is the file")
  func tooShort() async throws {
    try folder.write(Sound.wav(seconds: 1), to: "album.wav")
    try sheet(Self.sheet.replacingOccurrences(of: "00:01:00", with: "09:00:00"))
    let report = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["First"])
    #expect(
      report.failed.map(\.description) == [
        "\(folder.path)/album.cue: track 2 begins behind the end of its file"
      ])
    try sheet("FILE album.wav WAVE\nTRACK 01 AUDIO\nTITLE Whole\nINDEX 01 00:00:00")
    _ = try await scan()
    #expect(memory.shown.map(\.location) == [Location(path: "\(folder.path)/album.wav")])
    #expect(memory.shown.map(\.tags.title) == ["Whole"])
  }

  @Test("a track behind the end of the file does not cost its neighbours their place")
  func behindNeighbours() async throws {
    try folder.write(Sound.wav(seconds: 3), to: "album.wav")
    try sheet(
      Self.sheet.replacingOccurrences(of: "00:01:00", with: "09:00:00")
        + "\nTRACK 03 AUDIO\nTITLE \"Third\"\nINDEX 01 00:02:00")
    let report = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["First", "Third"])
    #expect(memory.shown.map(\.location.end) == [2, nil])
    #expect(
      report.failed.map(\.reason) == ["track 2 begins behind the end of its file"])
  }

  @Test("a sheet inside a file counts where there is none beside it")
  func inside() async throws {
    let tag = ID3.v2([ID3.user("CUESHEET", Self.sheet), ID3.text("TALB", "Own")])
    try folder.write(tag + Sound.mp3(frames: 100), to: "a.mp3")
    _ = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["First", "Second"])
    #expect(memory.shown.allSatisfy { $0.tags.cueSheet == nil })
    try sheet("FILE a.mp3 MP3\nTRACK 01 AUDIO\nTITLE Beside\nINDEX 01 00:00:00", to: "a.cue")
    _ = try await scan()
    #expect(memory.shown.map(\.tags.title) == ["Beside"])
  }

  @Test("a file is meant by its name, by other letters, or by another ending, if one is")
  func meant() {
    func meant(_ name: String, _ files: String...) -> [String] {
      CueSheets.meant(Array(name.utf8), files.map { Array("/m/\($0)".utf8) })
        .map { String(decoding: $0.dropFirst(3), as: UTF8.self) }
    }
    #expect(meant("a.wav", "b.wav", "a.wav", "A.wav") == ["a.wav"])
    #expect(meant("C:\\music\\a.wav", "a.wav") == ["a.wav"])
    #expect(meant("A.WAV", "a.wav", "a.flac") == ["a.wav"])
    #expect(meant("A.WAV", "a.wav", "a.Wav") == ["a.wav", "a.Wav"])
    #expect(meant("a.wav", "a.flac", "b.flac") == ["a.flac"])
    #expect(meant("a.wav", "a.flac", "a.mp3") == ["a.flac", "a.mp3"])
    #expect(meant("a.wav", "b.flac") == [])
  }
}

/// A catalogue in memory that tells the parts of a file apart and hides what was replaced.
private final class PartsCatalog: Sendable {
  private let memory = MemoryCatalog()

  /// What a list would show: of each file the entries of the last batch that named it.
  var shown: [ScanBatch.Entry] {
    var entries: [ScanBatch.Entry] = []
    for batch in memory.batches {
      entries.removeAll { batch.replaced.contains($0.location.path) }
      entries += batch.entries
    }
    return entries
  }

  var catalog: Catalog { memory.catalog }
}
