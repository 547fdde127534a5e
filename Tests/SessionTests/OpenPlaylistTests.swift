import Music
import Taste
import Testing

@testable import Session

@Suite("An open playlist stays up to date")
struct OpenPlaylistTests {
  /// Artist 3 has the songs 4, 14 and 24.
  private func session(_ smart: String = "artist:3") async throws -> Simulation {
    var session = Simulation()
    session.world.kept.change {
      $0 = [
        "mix": Playlist(
          entries: ["/music/3.flac", "/new.flac", "/music/3.flac"].map {
            .init(place: .file(Array($0.utf8)), title: "In \($0)")
          })
      ]
    }
    session.world.smartPlaylists.change { $0 = [SmartPlaylist(name: "found", text: smart)] }
    try await session.start()
    return session
  }

  private func command(_ text: String, in session: inout Simulation) async throws {
    try await session.type(":\(text)")
    try await session.press("Enter")
  }

  private func tracks(_ session: Simulation) -> [Int64]? {
    session.state.playlists.opened?.contents.tracks.map(\.rawValue)
  }

  private func newSong(_ id: Int64, _ path: String) -> Track {
    Track(
      id: TrackID(id), location: Location(path: path),
      tags: Tags(title: "Song \(id)", artist: "Artist 3"))
  }

  @Test("songs that come and go do so in the list, and the selection stays with its song")
  func scanned() async throws {
    var session = try await session()
    try await session.press("gp G Enter j")
    #expect(tracks(session) == [4, 14, 24])
    session.world.tracks.insert(newSong(100, "/new.flac"), at: 0)
    try await session.send(.scanned(ScanStatus(added: 1)))
    #expect(tracks(session) == [100, 4, 14, 24])
    #expect(session.state.playlists.opened?.selected == TrackID(14))
    #expect(session.text.contains("Song 100"))
    #expect(session.state.playlists.rows?.last?.songs == 4)
    session.world.tracks.removeAll { $0.id == TrackID(4) }
    try await session.send(.scanned(ScanStatus()))
    #expect(session.state.playlists.opened?.selected == TrackID(14))
    // Where the song itself is gone, the next one is selected.
    session.world.tracks.removeAll { $0.id == TrackID(14) || $0.id == TrackID(100) }
    try await session.send(.scanned(ScanStatus()))
    #expect(tracks(session) == [24])
    #expect(session.state.playlists.opened?.selected == TrackID(24))
    session.world.tracks.removeAll { $0.id == TrackID(24) }
    try await session.send(.scanned(ScanStatus()))
    #expect(session.text.contains("No song is in this playlist"))
    session.world.tracks.append(newSong(100, "/new.flac"))
    try await session.send(.scanned(ScanStatus(added: 1)))
    #expect(session.state.playlists.opened?.selected == TrackID(100))
  }

  @Test("a rating and another listener change what a list by rating shows, and its count")
  func rated() async throws {
    var session = try await session("rating:>=2")
    let playing = try #require(session.state.queue.current?.track.rawValue)
    try await session.press("gp 9")
    #expect(session.state.playlists.rows?.last?.songs == 1)
    try await session.press("G Enter")
    #expect(tracks(session) == [playing])
    try await session.press("1")
    #expect(tracks(session) == [])
    #expect(session.state.playlists.rows?.last?.songs == 0)
    try await session.press("9")
    #expect(tracks(session) == [playing])
    try await command("user mia", in: &session)
    try await session.press(">")
    #expect(session.state.listener.name == "mia")
    #expect(tracks(session) == [])
  }

  @Test("what changed while another screen was shown is there on coming back")
  func away() async throws {
    var session = try await session()
    try await session.press("gp G Enter j gn")
    session.world.tracks.insert(newSong(100, "/new.flac"), at: 0)
    try await session.send(.scanned(ScanStatus(added: 1)))
    try await session.press("gp")
    #expect(tracks(session) == [100, 4, 14, 24])
    #expect(session.state.playlists.opened?.selected == TrackID(14))
  }

  @Test("a song that the library lacked is found in a list of paths; twice there, each is itself")
  func paths() async throws {
    var session = try await session()
    try await session.press("gp Enter G")
    #expect(session.text.contains("In /new.flac"))
    session.world.tracks.append(newSong(100, "/new.flac"))
    try await session.send(.scanned(ScanStatus(added: 1)))
    #expect(tracks(session) == [3, 100, 3])
    #expect(session.state.playlists.opened?.selection == 2)
    try await command("playlist add mix", in: &session)
    #expect(tracks(session) == [3, 100, 3, 3])
    #expect(session.state.playlists.opened?.selection == 2)
  }

  @Test("a song that is written anew is shown as it is called now")
  func retitled() async throws {
    var session = try await session()
    try await session.press("gp G Enter")
    #expect(session.text.contains("Song 14"))
    let place = try #require(session.world.tracks.firstIndex { $0.id == TrackID(14) })
    session.world.tracks[place].tags.title = "Fourteen"
    try await session.send(.scanned(ScanStatus(updated: 1)))
    #expect(session.text.contains("Fourteen"))
  }

  @Test("a list under another name or with another query stays open as what it is now")
  func renamed() async throws {
    var session = try await session()
    try await session.press("gp Enter r C-u")
    try await session.type("mine")
    try await session.press("Enter")
    #expect(session.state.playlists.opened?.reference == .saved("mine"))
    #expect(session.state.message?.text == "mix is called mine now")
    try await session.press("Esc G Enter r C-u")
    try await session.type("four")
    try await session.press("Enter e C-u")
    try await session.type("artist:4")
    try await session.press("Enter")
    #expect(session.state.playlists.opened?.reference == .smart("four"))
    #expect(tracks(session) == [5, 15, 25])
  }

  @Test("songs that come after a list was left open none")
  func left() async throws {
    var session = try await session()
    try await session.press("gp G Enter")
    let opened = try #require(session.state.playlists.opened)
    try await session.press("Esc")
    try await session.send(.playlistRead(opened.reference, for: .renew, opened.contents))
    #expect(session.state.playlists.opened == nil)
    let message = session.state.message
    try await session.send(.failed(.renew(opened.reference), "it is gone"))
    #expect(session.state.message == message)
  }

  @Test("a list that is dropped is left; one that somebody else took away too, with a word")
  func gone() async throws {
    var session = try await session()
    try await session.press("gp Enter")
    try await command("playlist delete mix", in: &session)
    #expect(session.state.playlists.opened == nil)
    #expect(session.state.message?.text == "mix is dropped; U brings it back")
    try await session.press("G Enter")
    try await command("smart.remove found", in: &session)
    #expect(session.state.playlists.opened == nil)
    #expect(session.state.message?.text.contains("removed; U brings it back") == true)
    try await session.press("U")
    try await command("playlist add other", in: &session)
    try await session.press("gg Enter")
    #expect(session.state.playlists.opened?.reference == .saved("other"))
    session.world.kept.change { $0 = [:] }
    try await session.send(.scanned(ScanStatus()))
    #expect(session.state.playlists.opened == nil)
    #expect(session.state.message?.text == "no playlist 'other': there is none yet")
  }
}
