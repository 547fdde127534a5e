import Music
import Testing

@testable import StoreSQLite

@Suite struct SmartPlaylistTests {
  @Test("A smart playlist is kept by its name, replaced and removed, whatever the case")
  func kept() async throws {
    let bench = try Bench()
    let playlists = bench.catalog.smartPlaylists
    #expect(try await playlists.all() == [])
    let nineties = SmartPlaylist(name: "Nineties", filter: try Query.parse("year:199 -live"))
    let best = SmartPlaylist(name: "best of all", filter: try Query.parse("rating:>=8 \"a b\""))
    try await playlists.save(nineties)
    try await playlists.save(best)
    #expect(try await playlists.all() == [best, nineties])
    let changed = SmartPlaylist(name: "nineties", filter: try Query.parse("year:199"))
    try await playlists.save(changed)
    #expect(try await playlists.all() == [best, changed])
    try await playlists.remove("NINETIES")
    try await playlists.remove("unknown")
    #expect(try await playlists.all() == [best])
  }

  @Test("A query that cannot be read is there with its reason, and is kept as it is")
  func unreadable() async throws {
    let bench = try Bench()
    let playlists = bench.catalog.smartPlaylists
    let torn = SmartPlaylist(name: "torn", text: "song year:19x4")
    try await playlists.save(torn)
    let back = try #require(try await playlists.all().first)
    #expect(back == torn && back.filter == nil && back.text == "song year:19x4")
    #expect(back.query == .failure(QueryError(.expected("a year"), column: 11)))
  }

  @Test("A new name takes no other's place, and may differ in case alone")
  func renamed() async throws {
    let bench = try Bench()
    let playlists = bench.catalog.smartPlaylists
    for name in ["a", "b"] {
      try await playlists.save(SmartPlaylist(name: name, text: "year:1999"))
    }
    await #expect(throws: PlaylistsFault.taken("B")) { try await playlists.rename("a", "B") }
    await #expect(throws: StoreFault.badName(" ")) { try await playlists.rename("a", " ") }
    try await playlists.rename("A", "Ä")
    try await playlists.rename("b", "c")
    #expect(try await playlists.all().map(\.name) == ["Ä", "c"])
  }

  @Test("A page of its query is always what matches now")
  func follows() async throws {
    let bench = try Bench()
    let filter = try Query.parse("year:199")
    try await bench.catalog.smartPlaylists.save(SmartPlaylist(name: "n", filter: filter))
    try await bench.scan([entry("/music/1", Tags(title: "a", year: 1990))])
    #expect(try await bench.titles("year:199") == ["a"])
    try await bench.scan([entry("/music/2", Tags(title: "b", year: 1999))])
    #expect(try await bench.titles("year:199") == ["a", "b"])
  }

  @Test(
    "A name is one to sixty-four characters",
    arguments: ["", " ", String(repeating: "x", count: 65)])
  func names(name: String) async throws {
    let bench = try Bench()
    await #expect(throws: StoreFault.badName(name)) {
      try await bench.catalog.smartPlaylists.save(
        SmartPlaylist(name: name, filter: .words(in: "a")))
    }
  }

  @Test("Of a name that is too long the message shows the beginning, and the reason")
  func longName() {
    let name = String(repeating: "x", count: 300)
    let shown = String(repeating: "x", count: 39)
    #expect("\(StoreFault.badName(name))" == "“\(shown)…”: a name has 1 to 64 characters")
    let fault = PlaylistsFault.badName(name).description
    #expect(fault.hasPrefix("'\(shown)…' cannot name a playlist: 1 to 64 characters"))
    #expect(PlaylistsFault.unknown(name, known: []).description.count < 80)
  }
}
