import Music
import Testing

@testable import Session

@Suite("Playlists in the player")
struct PlaylistCommandTests {
  private func command(_ text: String, in session: inout Simulation) async throws {
    try await session.press(":")
    try await session.type(text)
    try await session.press("Enter")
  }

  @Test("the queue is kept with the song that plays, and comes back in its order")
  func saveAndLoad() async throws {
    var session = Simulation()
    try await session.start()
    let queue = session.state.queue
    let kept = [queue.current].compactMap { $0?.track } + queue.upcoming.map(\.track)
    try await command("playlist save Late at night", in: &session)
    #expect(session.state.message?.text == "Late at night: \(kept.count) songs kept")
    try await session.press("D")
    try await command("playlist load Late at night", in: &session)
    #expect(session.state.queue.upcoming.map(\.track) == kept)
    #expect(session.state.queue.upcoming.allSatisfy { !$0.isRecommended })
    #expect(session.state.queue.current == queue.current)
  }

  @Test("what a saved queue takes the place of comes back whole, songs that are not here too")
  func replaced() async throws {
    var session = Simulation()
    let paths = ["/music/3.flac", "/gone.mp3", "/music/1.flac"]
    let list = Playlist(entries: paths.map { .init(place: .file(Array($0.utf8))) })
    session.world.kept.change { $0["mix"] = list }
    try await session.start()
    try await command("playlist load mix", in: &session)
    try await command("playlist save mix", in: &session)
    let kept = try #require(session.world.kept.value["mix"])
    #expect(kept != list)
    #expect(
      session.state.message?.text
        == "mix: \(kept.entries.count) songs kept in place of 3; gp U brings it back")
    try await command("playlist.undo", in: &session)
    #expect(session.world.kept.value["mix"] == list)
    #expect(session.state.message?.text == "mix is back")
    try await command("playlist.undo", in: &session)
    #expect(session.state.message?.text == "no playlist was dropped")
  }

  @Test("the selected song is added to a list, which is made where it is missing")
  func add() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("gl j j")
    try await command("playlist add mix", in: &session)
    try await session.press("j")
    try await command("playlist add mix", in: &session)
    #expect(session.world.kept.value["mix"]?.entries.map(\.title) == ["Song 3", "Song 4"])
    #expect(session.state.message?.text == "mix has 2 songs now")
  }

  @Test("songs that the library does not know are counted, the others are played")
  func unknown() async throws {
    var session = Simulation()
    let paths = ["/music/3.flac", "/gone.mp3", "/music/1.flac"]
    let list = Playlist(entries: paths.map { .init(place: .file(Array($0.utf8))) })
    session.world.kept.change { $0["mix"] = list }
    try await session.start()
    try await command("playlist load mix", in: &session)
    #expect(session.state.queue.upcoming.prefix(2).map(\.track) == [TrackID(3), TrackID(1)])
    #expect(session.state.message?.text == "mix: 2 songs in the queue, 1 not in the library")
  }

  @Test("a list that is not there is named, with those that are")
  func missing() async throws {
    var session = Simulation()
    session.world.kept.change { $0["mix"] = Playlist() }
    try await session.start()
    try await command("playlist load nix", in: &session)
    #expect(session.state.message?.text == "no playlist 'nix': there are mix")
    try await command("playlist delete mix", in: &session)
    #expect(session.world.kept.value.isEmpty)
    try await command("playlist delete mix", in: &session)
    #expect(session.state.message?.text == "no playlist 'mix': there is none yet")
    try await command("playlist save", in: &session)
    #expect(session.state.message?.text == "playlist needs a name")
  }

  @Test("of a very long list the first part comes into the queue")
  func long() async throws {
    var session = Simulation(tracks: Simulation.album(count: 1200))
    let list = Playlist(
      entries: (1...1200).map { .init(place: .file(Array("/music/\($0).flac".utf8))) })
    session.world.kept.change { $0["all"] = list }
    try await session.start()
    try await command("playlist load all", in: &session)
    #expect(session.state.queue.upcoming.count == State.longestPlaylist)
    #expect(session.state.message?.text == "all: 1000 songs in the queue, of 1200")
  }
}
