import Music
import Screen
import Taste
import Testing

@testable import Session

@Suite("The playlists screen")
struct PlaylistsScreenTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 12),
    Size(columns: 40, rows: 10),
  ]

  private static func list(_ numbers: [Int], gone: Int = 0) -> Playlist {
    Playlist(
      entries: numbers.map { .init(place: .file(Array("/music/\($0).flac".utf8))) }
        + (0..<gone).map { .init(place: .file(Array("/gone/\($0).mp3".utf8)), title: "Lost \($0)") }
    )
  }

  /// Two lists of the listener's, one of them unreadable; three queries, one of them of another
  /// version; two files among the music.
  private func session(_ size: Size = Size(columns: 80, rows: 24)) async throws -> Simulation {
    var session = Simulation(size: size)
    session.world.kept.change {
      $0 = ["Late at night": Self.list([3, 5, 8, 13], gone: 2), "Torn": Playlist()]
    }
    session.world.unreadable.change { $0 = ["Torn"] }
    session.world.smartPlaylists.change {
      $0 = [
        SmartPlaylist(name: "of Artist 3", text: "artist:3"),
        SmartPlaylist(name: "tomorrow's", text: "year:19x4 -live"),
      ]
    }
    let stamp = FileStamp(size: 1, modified: 1)
    let pipe = PlaylistFault(line: 3, reason: "no XSPF playlist")
    session.world.found.change {
      $0 = [
        FoundPlaylist(
          path: Array("/music/Road \u{1B}[31m trip.m3u".utf8), stamp: stamp,
          contents: .success(Self.list([1, 2]))),
        FoundPlaylist(
          path: Array("/music/old/mix.xspf".utf8), stamp: stamp, contents: .failure(pipe)),
      ]
    }
    try await session.start()
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.press("gp")
    return session
  }

  private func silence(_ session: inout Simulation) async throws {
    try await session.send(.timer(.message(session.state.messageNumber)))
  }

  @Test("looks as it was recorded", arguments: sizes)
  func list(size: Size) async throws {
    var session = try await session(size)
    expectSnapshot(session.screen, named: "playlists-list-\(size.columns)x\(size.rows)")
    try await session.press("Enter j")
    expectSnapshot(session.screen, named: "playlists-open-\(size.columns)x\(size.rows)")
    try await session.press("Esc G k k e")
    expectSnapshot(session.screen, named: "playlists-query-\(size.columns)x\(size.rows)")
  }

  @Test("without any it says how to make one")
  func empty() async throws {
    var session = Simulation(tracks: [], size: Size(columns: 80, rows: 24))
    try await session.start()
    try await session.press("gp")
    #expect(session.text.contains("No playlist yet"))
    try await session.press("Enter d r e P a i U s")
    #expect(session.state.message?.text == State.nothingToKeep)
  }

  @Test("a list is opened, played from a song on, and left")
  func play() async throws {
    var session = try await session()
    try await session.press("Enter")
    #expect(session.text.contains("Song 3"))
    #expect(session.text.contains("Lost 1"))
    try await session.press("j Enter")
    #expect(session.state.queue.current?.track == TrackID(5))
    #expect(session.state.queue.upcoming.prefix(2).map(\.track) == [TrackID(8), TrackID(13)])
    #expect(session.world.feedback.last { $0.kind == .chosen }?.track == TrackID(5))
    let words = "Late at night: 3 songs in the queue, 2 not in the library: Lost 0 and others"
    #expect(session.state.message?.text == words)
    try await session.press("G Enter")
    #expect(session.state.message?.text == "the library does not have this song")
    #expect(session.state.queue.current?.track == TrackID(5))
    try await session.press("Esc")
    #expect(session.state.playlists.opened == nil)
    try await session.press("G P")
    #expect(session.state.message?.text.contains("no XSPF playlist") == true)
    try await session.press("k P")
    #expect(session.state.queue.current?.track == TrackID(1))
  }

  @Test("a list is added behind the listener's own songs, or before all others")
  func append() async throws {
    var session = try await session()
    let recommended = session.state.queue.upcoming.map(\.track)
    try await session.press("a")
    let own = [3, 5, 8, 13].map { TrackID($0) }
    #expect(session.state.queue.upcoming.map(\.track) == own + recommended)
    try await session.press("j j A")
    let artist = session.state.queue.upcoming.prefix(3)
    #expect(artist.allSatisfy { $0.track.rawValue % 10 == 4 })
    #expect(Array(session.state.queue.upcoming.map(\.track).dropFirst(3).prefix(4)) == own)
    // One song of an open list.
    try await session.press("Enter j a")
    #expect(session.state.message?.text.contains("in the queue") == true)
  }

  @Test("the queue is kept under a name that is asked for, which takes no other's place")
  func new() async throws {
    var session = try await session()
    let queued = session.state.queuedTracks
    try await session.press("s")
    #expect(session.text.contains("keep the recommended songs as:"))
    try await session.type("Late at night")
    try await session.press("Enter")
    #expect(session.state.message?.text.contains("already: take another name") == true)
    #expect(session.world.kept.value["Late at night"]?.entries.count == 6)
    try await session.press("s")
    try await session.type("Tonight")
    try await session.press("Enter")
    #expect(session.world.kept.value["Tonight"]?.entries.count == queued.count)
    #expect(session.text.contains("Tonight"))
    // With songs of the listener's own in it, they are what is kept.
    try await session.press("gg a s")
    #expect(session.text.contains("keep the queue as:"))
    try await session.type("Mine")
    try await session.press("Enter")
    #expect(session.world.kept.value["Mine"]?.entries.count == 4)
  }

  @Test("a list gets another name; a file among the music keeps its own")
  func rename() async throws {
    var session = try await session()
    try await session.press("r")
    try await session.press("C-u")
    try await session.type("Early")
    try await session.press("Enter")
    #expect(session.world.kept.value["Early"]?.entries.count == 6)
    #expect(session.world.kept.value["Late at night"] == nil)
    try await session.press("j j r C-u")
    try await session.type("threes")
    try await session.press("Enter")
    #expect(session.world.smartPlaylists.value.map(\.name) == ["threes", "tomorrow's"])
    #expect(session.text.contains("threes"))
    try await session.press("G r")
    #expect(session.state.message?.text.contains("EMUS only reads") == true)
    try await session.press("d")
    #expect(session.state.message?.text.contains("EMUS only reads") == true)
    #expect(session.world.found.value.count == 2)
  }

  @Test("what is dropped comes back, unless another has its name")
  func drop() async throws {
    var session = try await session()
    let list = session.world.kept.value["Late at night"]
    try await session.press("d")
    #expect(session.world.kept.value["Late at night"] == nil)
    #expect(session.state.message?.text == "Late at night is dropped; U brings it back")
    try await session.press("U")
    #expect(session.world.kept.value["Late at night"] == list)
    try await session.press("U")
    #expect(session.state.message?.text == "no playlist was dropped")
    try await session.press("gg j d")
    #expect(session.state.message?.text.contains("not a text file; left as it is") == true)
    try await session.press("G k k d")
    #expect(session.world.smartPlaylists.value.map(\.name) == ["of Artist 3"])
    try await session.press("U")
    #expect(session.world.smartPlaylists.value.last?.text == "year:19x4 -live")
    // Inside a list d is no way to lose it.
    try await session.press("gg Enter d")
    #expect(session.world.kept.value["Late at night"] == list)
  }

  @Test("a smart playlist that is kept anew says in place of what, and that comes back")
  func replaceSmart() async throws {
    var session = try await session()
    func text(_ session: Simulation) -> String? {
      session.world.smartPlaylists.value.first { $0.name == "mine" }?.text
    }
    func save(_ query: String, in session: inout Simulation) async throws {
      try await session.type(":smart.save mine \(query)")
      try await session.press("Enter")
    }
    try await save("year:2001", in: &session)
    #expect(session.state.message?.text == "kept: smart mine shows what it finds")
    try await save("year:2001", in: &session)
    #expect(session.state.message?.text == "kept: smart mine shows what it finds")
    try await save("year:2002", in: &session)
    #expect(text(session) == "year:2002")
    #expect(
      session.state.message?.text
        == "kept: smart mine shows what it finds, in place of \"year:2001\"; U brings it back")
    try await session.press("U")
    #expect(text(session) == "year:2001")
    try await session.press("U")
    #expect(text(session) == "year:2002")
  }

  @Test("a query that cannot be read is shown with its reason, and mended in its place")
  func mend() async throws {
    var session = try await session()
    #expect(session.text.contains("a year is expected at column 6"))
    try await session.press("G k k Enter")
    #expect(session.state.message?.text.contains("e mends the query") == true)
    try await silence(&session)
    try await session.press("e")
    let lines = session.text.split(separator: "\n")
    let typed = try #require(lines.firstIndex { $0.contains("/year:19x4 -live") })
    #expect(lines[typed + 1].contains("^ a year is expected at column 6"))
    try await session.press("Enter")
    #expect(session.state.queryEntry != nil)
    try await session.press("Home Right Right Right Right Right Right Right Delete")
    #expect(session.state.playlists.problem == nil)
    try await session.press("C-u")
    try await session.type("year:200")
    try await session.press("End")
    for _ in 0..<20 { try await session.press("Backspace") }
    // Emptied, it was left; begun again, it is kept.
    try await session.press("e C-u")
    try await session.press("End C-u")
    try await session.type("year:200")
    try await session.press("Enter")
    let kept = session.world.smartPlaylists.value.first { $0.name == "tomorrow's" }
    #expect(kept?.text == "year:2000..2009")
    #expect(!session.text.contains("is expected"))
  }

  @Test("songs that go while a list is open are shown as gone, and asked for no more")
  func gone() async throws {
    var session = try await session()
    try await session.press("Enter")
    try await session.send(.tracks(asked: [TrackID(5)], []))
    #expect(session.text.contains("a song that is gone"))
    #expect(session.state.playlists.opened?.contents.absent == 3)
  }

  @Test("a very long list is held as numbers, and looked up a page at a time")
  func long() async throws {
    var session = Simulation(tracks: Simulation.album(count: 3000))
    session.world.kept.change { $0 = ["all": Self.list(Array(1...3000))] }
    try await session.start()
    try await session.press("gp Enter")
    #expect(session.state.known.count < 300)
    try await session.press("G")
    #expect(session.text.contains("Song 3000"))
    #expect(session.state.known.count < 600)
  }

  @Test("no size traps, whatever is open or typed")
  func anySize() async throws {
    var open = try await session()
    try await open.press("Enter")
    var typing = try await session()
    try await typing.press("G k k e")
    var details = try await session()
    try await details.press("Enter i")
    for var session in [try await session(), open, typing, details] {
      for columns in [0, 1, 7, 39, 40, 41, 55, 56, 60, 96, 300] {
        for rows in [0, 1, 9, 10, 11, 16, 100] {
          try await session.send(.resized(Size(columns: columns, rows: rows)))
          #expect(session.screen.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }
}
