import GRDB
import Music
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct FoundPlaylistTests {
  private static let stamp = FileStamp(size: 7, modified: 8)

  private static func found(_ path: String, _ paths: [String]) -> FoundPlaylist {
    let entries = paths.map {
      Playlist.Entry(place: .file(Array($0.utf8) + [0xE9]), title: "T & t", artist: "A")
    }
    return FoundPlaylist(
      path: Array(path.utf8), stamp: stamp,
      contents: .success(Playlist(title: "x", entries: entries + [.init(place: nil, title: "y")])))
  }

  @Test("What scans found comes back as it was, is replaced, and goes")
  func life() async throws {
    let bench = try Bench()
    let port = bench.catalog.foundPlaylists
    #expect(try await port.all() == [])
    let mix = Self.found("/music/mix.m3u", ["/music/1", "/music/2"])
    let torn = FoundPlaylist(
      path: Array("/music/a.xspf".utf8), stamp: FileStamp(size: -1, modified: 0),
      contents: .failure(PlaylistFault(reason: "line 3: no XSPF playlist")))
    let other = Self.found("/other/mix.m3u", [])
    try await port.write([mix, torn, other], [])
    #expect(try await port.all() == [torn, mix, other])
    #expect(try await port.load(mix.path) == mix)
    #expect(try await port.load(Array("/music/mix".utf8)) == nil)
    let stamps = try await port.stamps(Array("/music".utf8))
    #expect(stamps == [mix.path: mix.stamp, torn.path: torn.stamp])
    let changed = Self.found("/music/mix.m3u", ["/music/3"])
    try await port.write([changed], [torn.path])
    #expect(try await port.all() == [changed, other])
  }

  @Test("What was read once is read again only where a scan wrote it anew")
  func cache() async throws {
    let bench = try Bench()
    let port = bench.catalog.foundPlaylists
    let mix = Self.found("/music/mix.m3u", ["/music/1"])
    try await port.write([mix], [])
    #expect(try await port.all() == [mix])
    func change(_ sql: String) async throws {
      try await bench.database.write { try $0.execute(sql: sql) }
    }
    // Nobody but a scan writes here, and a scan writes a stamp that is another.
    try await change("UPDATE found_playlist SET list = x'00'")
    #expect(try await port.all() == [mix])
    try await change("UPDATE found_playlist SET modified = 9")
    let all = try await port.all()
    #expect(all.count == 1 && all != [mix])
    try await change("DELETE FROM found_playlist")
    #expect(try await port.all() == [])
  }

  @Test("What was found before comments and pieces were read is shown, and read at the next scan")
  func fromAnOlderVersion() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let before = try #require(Schema.steps.firstIndex { $0.name == "12 playlists anew" })
    let old = try DatabaseQueue(path: path)
    try await old.writeWithoutTransaction { db in
      try Schema.claim(db, path: path)
      try Schema.take(before, db)
    }
    let mix = Self.found("/music/mix.m3u", ["/music/1"])
    try await old.write { db in try FoundPlaylistRows.write([mix], gone: [], db) }
    try old.close()
    let port = Catalog.live(try EmusDatabase.open(at: path), mood: { _ in .unknown }).foundPlaylists
    #expect(try await port.all().map(\.contents) == [mix.contents])
    let stamps = try await port.stamps(Array("/music".utf8))
    #expect(stamps == [mix.path: FileStamp(size: -1, modified: 0)])
  }
}
