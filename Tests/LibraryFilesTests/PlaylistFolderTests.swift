import Foundation
import TestSupport
import Testing

@testable import LibraryFiles
@testable import Music

@Suite struct PlaylistFolderTests {
  private let home: TemporaryFolder
  private let folder: String
  private let playlists: Playlists

  init() throws {
    home = try TemporaryFolder()
    folder = home.path + "/data/playlists"
    playlists = .live(folder: folder)
  }

  private func list(_ paths: String...) -> Playlist {
    Playlist(entries: paths.map { .init(place: .file(Array($0.utf8)), title: "T") })
  }

  @Test("a list is kept, listed, replaced and dropped; its file is its owner's alone")
  func life() async throws {
    #expect(try await playlists.list().isEmpty)
    #expect(try await playlists.load("Mix") == nil)
    try await playlists.save("Mix", list("/a", "/b"))
    try await playlists.save("Ä mix", list("/c"))
    try await playlists.save("Mix", list("/a", "/b", "/d"))
    #expect(
      try await playlists.list() == [
        PlaylistSummary(name: "Mix", count: 3), PlaylistSummary(name: "Ä mix", count: 1),
      ])
    #expect(try await playlists.load("Mix") == list("/a", "/b", "/d"))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder + "/Mix.m3u8")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    #expect(try await playlists.delete("Mix"))
    #expect(try await !playlists.delete("Mix"))
  }

  @Test("a list gets another name, which is no other's; what cannot be read keeps its own")
  func rename() async throws {
    try await playlists.save("Mix", list("/a"))
    try await playlists.save("Other", list("/b"))
    await #expect(throws: PlaylistsFault.taken("Other")) {
      try await playlists.rename("Mix", "Other")
    }
    await #expect(throws: PlaylistsFault.badName("a/b")) {
      try await playlists.rename("Mix", "a/b")
    }
    try await playlists.rename("Mix", "Mixed")
    #expect(try await playlists.list().map(\.name) == ["Mixed", "Other"])
    #expect(try await playlists.load("Mixed")?.entries == list("/a").entries)
    try home.write([0xFF, 0xFE, 0x61, 0], to: "data/playlists/Torn.m3u8")
    await #expect(throws: PlaylistsFault.self) { try await playlists.rename("Torn", "New") }
    await #expect(throws: PlaylistsFault.unknown("Mix", known: ["Mixed", "Other", "Torn"])) {
      try await playlists.rename("Mix", "New")
    }
  }

  @Test("what failed to load is never written over")
  func unreadable() async throws {
    let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0, 0x0A, 0]
    try home.write(bytes, to: "data/playlists/Mix.m3u8")
    await #expect(throws: PlaylistsFault.self) { try await playlists.load("Mix") }
    let fault = await #expect(throws: PlaylistsFault.self) {
      try await playlists.save("Mix", list("/a"))
    }
    #expect(fault?.description.contains("left as it is") == true)
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: folder + "/Mix.m3u8"))) == bytes)
    #expect(try await playlists.list() == [PlaylistSummary(name: "Mix", count: nil)])
  }

  @Test("a save that fails leaves the old list whole and nothing beside it")
  func failingSave() async throws {
    try await playlists.save("Mix", list("/a"))
    // A folder in the place of the new file, as nothing else stops the superuser of a test machine.
    _ = try home.folder("data/playlists/.Mix.m3u8.\(getpid()).new")
    await #expect(throws: FileFault.self) { try await playlists.save("Mix", list("/b")) }
    #expect(try await playlists.load("Mix") == list("/a"))
  }

  @Test("a list that did not change is not read again, one that did is")
  func cache() async throws {
    try await playlists.save("Mix", list("/aa"))
    let file = folder + "/Mix.m3u8"
    let date = Date(timeIntervalSince1970: 1_700_000_000)
    func write(_ path: String, _ date: Date) throws {
      let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
      try handle.write(contentsOf: Data(list(path).bytes(as: .m3u8)))
      try handle.close()
      try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file)
    }
    try write("/aa", date)
    #expect(try await playlists.load("Mix") == list("/aa"))
    // As long and of the same time: nobody looks into it.
    try write("/bb", date)
    #expect(try await playlists.load("Mix") == list("/aa"))
    try write("/bb", date.addingTimeInterval(1))
    #expect(try await playlists.load("Mix") == list("/bb"))
    try await playlists.save("Mix", list("/cc"))
    #expect(try await playlists.load("Mix") == list("/cc"))
    #expect(try await playlists.delete("Mix"))
    #expect(try await playlists.load("Mix") == nil)
  }

  @Test("a list is replaced only where it is still what was read")
  func replace() async throws {
    #expect(try await playlists.replace("Mix", nil, list("/a")))
    #expect(try await !playlists.replace("Mix", nil, list("/b")))
    let known = try await playlists.load("Mix")
    try home.write(list("/c", "/d").bytes(as: .m3u8), to: "data/playlists/Mix.m3u8")
    #expect(try await !playlists.replace("Mix", known, list("/b")))
    #expect(try await playlists.load("Mix") == list("/c", "/d"))
    #expect(try await playlists.replace("Mix", list("/c", "/d"), list("/b")))
    #expect(try await playlists.load("Mix") == list("/b"))
  }

  @Test("of many who change a list at once none is lost")
  func concurrent() async throws {
    try await playlists.save("Mix", list())
    let folder = folder
    try await withThrowingTaskGroup { group in
      for number in 1...12 {
        // Each with a folder of its own, as another process has.
        group.addTask {
          let playlists = Playlists.live(folder: folder)
          while true {
            let former = try await playlists.load("Mix")
            var list = former ?? Playlist()
            list.entries.append(.init(place: .file(Array("/\(number)".utf8))))
            if try await playlists.replace("Mix", former, list) { return }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await playlists.load("Mix")?.entries.count == 12)
  }

  @Test("lists follow files that moved; those that name none, and those that cannot be read, stay")
  func follow() async throws {
    let folder = PlaylistFolder(path: Array(folder.utf8))
    let moves = [("/a", "/b"), ("/b", "/a"), ("/c", "/d")]
    let paths = Dictionary(
      uniqueKeysWithValues: moves.map { (Array($0.0.utf8), Array($0.1.utf8)) })
    #expect(folder.follow(paths).changed == 0)
    var commented = list("/a", "/x", "/b", "/c")
    commented.entries[1].remarks = [try #require(PlaylistRemark(Array("# x".utf8)[...]))]
    try await playlists.save("Mix", commented)
    try await playlists.save("Other", list("/x"))
    let torn: [UInt8] = [0xFF, 0xFE, 0x61, 0]
    try home.write(torn, to: "data/playlists/Torn.m3u8")
    let other = try Data(contentsOf: URL(fileURLWithPath: self.folder + "/Other.m3u8"))
    let result = folder.follow(paths)
    #expect(result.changed == 1)
    #expect(result.failed.map { FoundPlaylist.name($0.path) } == ["Torn"])
    #expect(result.failed.first?.reason.contains("UTF-16") == true)
    let mix = try #require(try await playlists.load("Mix"))
    #expect(mix.entries.map { $0.place?.displayText } == ["/b", "/x", "/a", "/d"])
    #expect(mix.entries[1] == commented.entries[1])
    for (name, bytes) in [("Other", other), ("Torn", Data(torn))] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: self.folder + "/\(name).m3u8")) == bytes)
    }
  }

  @Test("a folder or a pipe in the place of a list is left alone", arguments: ["folder", "pipe"])
  func noFile(kind: String) async throws {
    let path = try home.folder("data/playlists") + "/Mix.m3u8"
    if kind == "folder" {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } else {
      #expect(mkfifo(path, 0o600) == 0)
    }
    await #expect(throws: PlaylistsFault.self) { try await playlists.load("Mix") }
    await #expect(throws: PlaylistsFault.self) { try await playlists.save("Mix", list("/b")) }
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test("names that lead elsewhere are refused", arguments: ["", "../x", "a/b", ".hidden", "\n"])
  func names(name: String) async throws {
    await #expect(throws: PlaylistsFault.badName(name)) {
      try await playlists.save(name, list("/a"))
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
