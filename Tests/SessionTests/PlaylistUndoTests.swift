import Music
import Testing

@testable import Session

@Suite("Bringing back what was dropped")
struct PlaylistUndoTests {
  private static let list = Playlist(
    entries: [3, 5].map { .init(place: .file(Array("/music/\($0).flac".utf8))) })
  private static let smart = SmartPlaylist(name: "threes", text: "artist:3")

  private func session() async throws -> Simulation {
    var session = Simulation()
    session.world.kept.change { $0 = ["mix": Self.list] }
    session.world.smartPlaylists.change { $0 = [Self.smart] }
    try await session.start()
    try await session.press("gp")
    return session
  }

  private func command(_ text: String, in session: inout Simulation) async throws {
    try await session.type(":\(text)")
    try await session.press("Enter")
  }

  @Test("a list that finds no room is kept until it does", arguments: ["d", ":"])
  func list(way: String) async throws {
    var session = try await session()
    if way == "d" {
      try await session.press("d")
    } else {
      try await command("playlist delete mix", in: &session)
    }
    session.world.isFull.change { $0 = true }
    for _ in 0..<2 {
      try await session.press("U")
      #expect(session.state.message?.text == "No space left on device")
      #expect(session.world.kept.value.isEmpty)
    }
    session.world.isFull.change { $0 = false }
    try await session.press("U")
    #expect(session.world.kept.value == ["mix": Self.list])
    #expect(session.state.message?.text == "mix is back")
    try await session.press("U")
    #expect(session.state.message?.text == "no playlist was dropped")
  }

  @Test("a smart playlist that finds no room is kept until it does, also one that was replaced")
  func smart() async throws {
    var session = try await session()
    try await session.press("j d")
    #expect(session.world.smartPlaylists.value.isEmpty)
    session.world.isFull.change { $0 = true }
    for _ in 0..<2 {
      try await session.press("U")
      #expect(session.state.message?.text == "No space left on device")
    }
    session.world.isFull.change { $0 = false }
    try await session.press("U")
    #expect(session.world.smartPlaylists.value == [Self.smart])
    try await session.press("U")
    #expect(session.state.message?.text == "no playlist was dropped")
    try await command("smart.save threes year:2001", in: &session)
    session.world.isFull.change { $0 = true }
    try await session.press("U")
    #expect(session.state.message?.text == "No space left on device")
    session.world.isFull.change { $0 = false }
    try await session.press("U")
    #expect(session.world.smartPlaylists.value == [Self.smart])
  }

  @Test("a list whose name is taken meanwhile comes back as soon as it is free")
  func taken() async throws {
    var session = try await session()
    try await session.press("d")
    try await command("playlist add mix", in: &session)
    try await session.press("U")
    #expect(session.state.message?.text.contains("already: take another name") == true)
    try await session.press("gg r C-u")
    try await session.type("other")
    try await session.press("Enter U")
    #expect(session.world.kept.value["mix"] == Self.list)
    #expect(session.world.kept.value["other"]?.entries.count == 1)
  }

  @Test("what could not be dropped takes the place of nothing that was")
  func notDropped() async throws {
    var session = try await session()
    try await session.press("d")
    session.world.isFull.change { $0 = true }
    try await session.press("gg d")
    #expect(session.state.message?.text == "No space left on device")
    #expect(session.world.smartPlaylists.value == [Self.smart])
    session.world.isFull.change { $0 = false }
    try await session.press("U")
    #expect(session.world.kept.value == ["mix": Self.list])
  }
}
