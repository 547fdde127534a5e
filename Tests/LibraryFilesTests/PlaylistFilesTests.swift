import Foundation
import Music
import Synchronization
import TestSupport
import Testing

@testable import LibraryFiles

/// Playlists that lie among the music.
@Suite("Playlists found by scans")
struct PlaylistFilesTests {
  private let folder: TemporaryFolder
  private let memory = MemoryCatalog()
  private let found = FoundMemory()

  init() throws { folder = try TemporaryFolder() }

  /// What was found, by path, and how often anything was written.
  private final class FoundMemory: Sendable {
    private let state = Mutex((lists: [[UInt8]: FoundPlaylist](), writes: 0))

    var lists: [[UInt8]: FoundPlaylist] { state.withLock { $0.lists } }
    var writes: Int { state.withLock { $0.writes } }

    var port: FoundPlaylists {
      FoundPlaylists(
        all: { [self] in Array(lists.values) }, load: { [self] in lists[$0] },
        stamps: { [self] folder in
          lists.filter { Scan.lies($0.key, in: folder) }.mapValues(\.stamp)
        },
        write: { [self] read, gone in
          state.withLock { state in
            state.writes += 1
            for list in read { state.lists[list.path] = list }
            for path in gone { state.lists[path] = nil }
          }
        })
    }
  }

  private func scan(_ folders: [[UInt8]]? = nil, isDemo: Bool = false) async throws -> ScanReport {
    var catalog = memory.catalog
    catalog.foundPlaylists = found.port
    return try await Scan.run(
      folders: folders ?? [folder.bytes], catalog: catalog, read: TagReader.inProcess,
      options: Scan.Options(isDemo: isDemo))
  }

  @Test("a list by a path that the system does not take whole is read, and names what is beside it")
  func deep() async throws {
    let path = try folder.write(
      Array("a.mp3\n".utf8), to: Array("mix.m3u".utf8), deeperThan: 20_000)
    #expect(try await scan().failed.isEmpty)
    let list = try #require(found.lists[path]).contents
    let song = Array(path.dropLast("mix.m3u".utf8.count)) + Array("a.mp3".utf8)
    #expect(try list.get().entries.map(\.place) == [.file(song)])
  }

  private func names() -> [String] { found.lists.keys.map(FoundPlaylist.name).sorted() }

  private func entries(_ name: String) throws -> [String] {
    let path = Array("\(folder.path)/\(name)".utf8)
    return try #require(found.lists[path]).contents.get().entries.map { entry in
      entry.place?.displayText ?? ""
    }
  }

  @Test("every kind is found, in every folder, and its songs start from where it lies")
  func kinds() async throws {
    try folder.write(Array("a.mp3\n../x/b.mp3\n".utf8), to: "one/Mix.M3U")
    try folder.write(Array("a.mp3\n".utf8), to: "two/deep/Mix.m3u8")
    try folder.write(Array("[playlist]\nFile1=a.mp3\n".utf8), to: "list.pls")
    let xspf = Playlist(entries: [.init(place: .file(Array("/a.mp3".utf8)))]).bytes(as: .xspf)
    try folder.write(xspf, to: "list.xspf")
    try folder.write(Array("a.mp3\n".utf8), to: ".hidden.m3u")
    try folder.write(Array("a.mp3\n".utf8), to: "notes.txt")
    let report = try await scan()
    #expect(report.playlists == 4 && report.failed.isEmpty)
    #expect(names() == ["Mix", "Mix", "list", "list"])
    #expect(
      try entries("one/Mix.M3U") == ["\(folder.path)/one/a.mp3", "\(folder.path)/x/b.mp3"])
    #expect(try entries("two/deep/Mix.m3u8") == ["\(folder.path)/two/deep/a.mp3"])
  }

  @Test("one that changed is read again, one that is gone is forgotten, the others are left")
  func changes() async throws {
    let first = try folder.write(Array("a.mp3\n".utf8), to: "a.m3u")
    try folder.write(Array("a.mp3\n".utf8), to: "b.m3u")
    _ = try await scan()
    _ = try await scan()
    #expect(found.writes == 1)
    try folder.write(Array("a.mp3\nb.mp3\n".utf8), to: "b.m3u")
    try FileManager.default.removeItem(atPath: first)
    let report = try await scan()
    #expect(report.playlists == 1 && names() == ["b"])
    #expect(try entries("b.m3u").count == 2)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path + "/b.m3u")).count == 12)
  }

  @Test("what cannot be read is kept as such, named at every scan, and left as it is")
  func unreadable() async throws {
    try folder.write([0xFF, 0xFE, 0x61, 0], to: "wide.m3u")
    try folder.write(Array("<playlist".utf8), to: "torn.xspf")
    try folder.write(Array("[playlist]\nNumberOfEntries=2\n".utf8), to: "songless.pls")
    try folder.write((0...255).map { UInt8($0) }, to: "bytes.m3u8")
    try folder.write([UInt8](repeating: 0x61, count: 5 << 20), to: "line.m3u")
    _ = try folder.folder("folder.pls")
    for _ in 0..<2 {
      let report = try await scan()
      #expect(report.playlists == 0)
      let names = report.failed.map { FoundPlaylist.name($0.path) }
      #expect(names.sorted() == ["bytes", "line", "songless", "torn", "wide"])
      #expect(report.failed.count { $0.reason.hasPrefix("line 1: ") } == 4)
    }
    #expect(found.lists.count == 5)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: folder.path + "/torn.xspf"))
        == Data("<playlist".utf8))
    try folder.write(Array("[playlist]".utf8), to: "wide.m3u")
    #expect(try await scan().failed.count == 4)
  }

  @Test("folders that are not scanned, or not there, lose nothing; demo music has no lists")
  func elsewhere() async throws {
    try folder.write(Array("a.mp3\n".utf8), to: "one/a.m3u")
    try folder.write(Array("a.mp3\n".utf8), to: "two/b.m3u")
    _ = try await scan([folder.bytes], isDemo: true)
    #expect(found.lists.isEmpty)
    _ = try await scan()
    try FileManager.default.removeItem(atPath: folder.path + "/one")
    _ = try await scan([folder.bytes + Array("/two".utf8)])
    #expect(names() == ["a", "b"])
    _ = try await scan()
    #expect(names() == ["b"])
  }
}
