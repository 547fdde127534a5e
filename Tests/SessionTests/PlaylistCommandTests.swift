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

  private func list(_ paths: String...) -> Playlist {
    Playlist(
      entries: paths.map { .init(place: .file(Array($0.utf8)), title: "T", artist: "A") })
  }

  private func paths(_ name: String, in session: Simulation) -> [String]? {
    session.world.kept.value[name]?.entries.map { $0.place?.displayText ?? "" }
  }

  @Test("the whole queue is kept where that is asked for, and comes back in its order")
  func saveAndLoad() async throws {
    var session = Simulation()
    try await session.start()
    let queue = session.state.queue
    let kept = [queue.current].compactMap { $0?.track } + queue.upcoming.map(\.track)
    try await command("playlist save-all Late at night", in: &session)
    #expect(session.state.message?.text == "Late at night: \(kept.count) songs kept")
    try await session.press("D")
    try await command("playlist load Late at night", in: &session)
    #expect(session.state.queue.upcoming.map(\.track) == kept)
    #expect(session.state.queue.upcoming.allSatisfy { !$0.isRecommended })
    #expect(session.state.queue.current == queue.current)
  }

  @Test("what the recommender put into the queue is not kept unless that is asked for")
  func recommended() async throws {
    var session = Simulation()
    try await session.start()
    try await command("playlist save mix", in: &session)
    #expect(session.state.message?.text.contains(":playlist save-all mix keeps it all") == true)
    #expect(session.world.kept.value.isEmpty)
    try await session.press("gl j j a")
    let others = session.state.queuedTracks.count - 1
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session) == ["/music/3.flac"])
    #expect(session.state.message?.text == "mix: 1 song kept, not \(others) recommended")
  }

  @Test(
    "a list that is loaded and kept again is what it was, and what refilled the queue is not in it")
  func unchanged() async throws {
    var session = Simulation()
    let list = list("/music/3.flac", "https://radio.example/", "/gone.mp3", "/music/1.flac")
    session.world.kept.change { $0["mix"] = list }
    try await session.start()
    try await command("playlist load mix", in: &session)
    #expect(session.state.queue.upcoming.contains { $0.isRecommended })
    let recommended = session.state.queuedTracks.count - 2
    try await command("playlist save mix", in: &session)
    #expect(session.world.kept.value["mix"] == list)
    #expect(
      session.state.message?.text
        == "mix: 4 songs kept (2 not in the library), not \(recommended) recommended")
  }

  @Test("of a list in the queue what was played stays, what was taken out goes, what came is added")
  func edited() async throws {
    var session = Simulation()
    let numbers = [3, 4, 5, 6, 7].map { "/music/\($0).flac" }
    let list = list(numbers[0], "/gone.mp3", numbers[1], numbers[2], numbers[3], numbers[4])
    session.world.kept.change { $0["mix"] = list }
    try await session.start()
    try await command("playlist load mix", in: &session)
    // 3 and 4 are played, 6 is taken out, 7 goes before 5, 9 comes.
    try await session.press("> > > gq")
    #expect(session.state.queue.current?.track == TrackID(5))
    try await session.press("gg d")
    try await session.press("gl gg")
    try await session.press("j j j j j j j j a")
    try await command("playlist save mix", in: &session)
    #expect(
      paths("mix", in: session)
        == [numbers[0], "/gone.mp3", numbers[1], numbers[2], numbers[4], "/music/9.flac"])
    let text = try #require(session.state.message?.text)
    #expect(
      text.hasPrefix("mix: 6 songs kept (1 not in the library, 2 not queued), not 1 taken out and ")
    )
    #expect(text.hasSuffix("gp U brings it back"))
    try await command("playlist.undo", in: &session)
    #expect(session.world.kept.value["mix"] == list)
    // What was taken out once is not taken out again.
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session)?.count == 7)
  }

  @Test("a queue that is emptied by hand takes its songs out of the list; another list does not")
  func emptied() async throws {
    var session = Simulation()
    let (mix, other) = (list("/music/3.flac", "/music/4.flac"), list("/music/5.flac"))
    session.world.kept.change { $0 = ["mix": mix, "other": other] }
    try await session.start()
    try await command("playlist load mix", in: &session)
    try await command("playlist load other", in: &session)
    try await command("playlist save other", in: &session)
    #expect(session.world.kept.value["mix"] == mix)
    try await command("playlist load mix", in: &session)
    try await session.press("D gl gg a")
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session) == ["/music/1.flac"])
  }

  @Test("what a queue takes the place of comes back whole; what the library lacks stays anyway")
  func replaced() async throws {
    var session = Simulation()
    let list = list("/music/3.flac", "/gone.mp3", "/music/1.flac")
    session.world.kept.change { $0["mix"] = list }
    try await session.start()
    try await session.press("gl j a")
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session) == ["/gone.mp3", "/music/2.flac"])
    let text = try #require(session.state.message?.text)
    #expect(text.contains("not 2 of the list before and"))
    #expect(text.hasSuffix("; gp U brings it back"))
    try await command("playlist.undo", in: &session)
    #expect(session.world.kept.value["mix"] == list)
    #expect(session.state.message?.text == "mix is back")
    try await command("playlist.undo", in: &session)
    #expect(session.state.message?.text == "no playlist was dropped")
  }

  @Test("what somebody else changes in a list while it is saved stays in it")
  func changedMeanwhile() async throws {
    var session = Simulation()
    session.world.kept.change { $0["mix"] = list("/music/3.flac", "/gone.mp3") }
    try await session.start()
    try await command("playlist load mix", in: &session)
    try await session.press("gl gg a")
    let other = list("/music/3.flac", "/found.mp3", "/gone.mp3")
    session.world.meddling.change { $0 = [{ $0["mix"] = other }] }
    try await command("playlist save mix", in: &session)
    #expect(
      paths("mix", in: session)
        == ["/music/3.flac", "/found.mp3", "/gone.mp3", "/music/1.flac"])
    session.world.meddling.change { $0 = [{ $0["mix"] = other }] }
    try await command("playlist add mix", in: &session)
    #expect(paths("mix", in: session)?.count == 4)
    session.world.meddling.change {
      $0 = (1...9).map { number in
        { $0["mix"] = Playlist(title: "\(number)", entries: other.entries) }
      }
    }
    try await command("playlist add mix", in: &session)
    #expect(
      session.state.message?.text == "'mix' is being changed by another program: try again")
    #expect(session.world.kept.value["mix"]?.entries == other.entries)
  }

  @Test("a list that cannot be read is not written over")
  func unreadable() async throws {
    var session = Simulation()
    session.world.unreadable.change { $0 = ["mix"] }
    try await session.start()
    try await command("playlist save-all mix", in: &session)
    #expect(session.state.message?.text.contains("left as it is") == true)
    #expect(session.world.kept.value.isEmpty)
  }

  private func found(_ path: String, _ list: Playlist) -> FoundPlaylist {
    FoundPlaylist(
      path: Array(path.utf8), stamp: FileStamp(size: 1, modified: 1), contents: .success(list))
  }

  @Test("a list among the music is loaded by its name, its file's, or its path, after one's own")
  func foundLists() async throws {
    var session = Simulation()
    session.world.found.change {
      $0 = [
        found("/music/Road.m3u", list("/music/3.flac")),
        found("/music/a/Mix.m3u", list("/music/4.flac")),
        found("/music/b/Mix.m3u", list("/music/5.flac")),
        FoundPlaylist(
          path: Array("/music/torn.pls".utf8), stamp: FileStamp(size: 1, modified: 1),
          contents: .failure(PlaylistFault(line: 2, reason: "no song"))),
      ]
    }
    try await session.start()
    for (name, track) in [("Road", 3), ("Road.m3u", 3), ("/music/b/Mix.m3u", 5)] {
      try await command("playlist load \(name)", in: &session)
      #expect(session.state.queue.upcoming.first?.track == TrackID(Int64(track)))
    }
    try await command("playlist load Mix", in: &session)
    #expect(
      session.state.message?.text
        == "several playlists are called 'Mix': give the path of one, /music/a/Mix.m3u or /music/b/Mix.m3u"
    )
    try await command("playlist load torn", in: &session)
    #expect(session.state.message?.text.hasPrefix("/music/torn.pls: line 2: no song") == true)
    try await command("playlist load nix", in: &session)
    #expect(
      session.state.message?.text == "no playlist 'nix': there are Road, Mix, Mix, torn")
    session.world.kept.change { $0["Road"] = list("/music/7.flac") }
    try await command("playlist load Road", in: &session)
    #expect(session.state.queue.upcoming.first?.track == TrackID(7))
  }

  @Test("a list that is kept under another name is a whole copy, of one among the music too")
  func copied() async throws {
    var session = Simulation()
    let (own, other) = (
      list("/music/3.flac", "/gone.mp3", "/music/1.flac"), list("/lost.mp3", "/music/5.flac")
    )
    session.world.kept.change { $0["mix"] = own }
    session.world.found.change { $0 = [found("/music/Road.m3u", other)] }
    try await session.start()
    try await command("playlist load mix", in: &session)
    try await command("playlist save copy", in: &session)
    #expect(paths("copy", in: session) == paths("mix", in: session))
    try await command("playlist load Road", in: &session)
    try await command("playlist save Road", in: &session)
    #expect(session.world.kept.value["Road"]?.entries == other.entries)
    try await session.press("gq gg d gl gg a")
    try await command("playlist save third", in: &session)
    #expect(paths("third", in: session) == ["/lost.mp3", "/music/1.flac"])
  }

  @Test("what played when a list took the queue over is no song of the list")
  func playedBefore() async throws {
    var session = Simulation()
    session.world.kept.change { $0 = ["mix": list("/music/3.flac")] }
    try await session.start()
    try await session.press("gl gg j Enter")
    #expect(session.state.queue.current?.isRecommended == false)
    try await command("playlist load mix", in: &session)
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session) == ["/music/3.flac"])
    #expect(session.state.message?.text.hasPrefix("mix: 1 song kept, not ") == true)
  }

  @Test("a song that was taken out of the queue and added to the list is in the list")
  func addedAgain() async throws {
    var session = Simulation()
    session.world.kept.change { $0 = ["mix": list("/music/3.flac", "/music/4.flac")] }
    try await session.start()
    try await command("playlist load mix", in: &session)
    try await session.press("gq gg d gl gg j j")
    try await command("playlist add mix", in: &session)
    try await command("playlist save mix", in: &session)
    #expect(paths("mix", in: session) == ["/music/4.flac", "/music/3.flac"])
  }

  @Test("songs under other paths are found by title and artist, and the message says so")
  func named() async throws {
    let twins = [TrackID(51), TrackID(52)].map { id in
      Track(
        id: id, location: Location(path: "/music/\(id.rawValue).flac"),
        tags: Tags(title: "Twin", artist: "Two"))
    }
    let dashed = Track(
      id: TrackID(53), location: Location(path: "/music/53.flac"),
      tags: Tags(title: "Low - High", artist: "One - Two"))
    var session = Simulation(tracks: Simulation.album(count: 30) + twins + [dashed])
    func entry(_ title: String?, _ artist: String?) -> Playlist.Entry {
      Playlist.Entry(place: .file(Array("/else/x.mp3".utf8)), title: title, artist: artist)
    }
    session.world.kept.change {
      $0["mix"] = Playlist(entries: [
        entry("Song 3", "Artist 2"), entry("Song 3", nil), entry("Twin", "Two"),
        .init(place: .file(Array("/music/4.flac".utf8))), entry("Two - Low - High", "One"),
      ])
    }
    try await session.start()
    try await command("playlist load mix", in: &session)
    #expect(session.state.queue.upcoming.prefix(3).map(\.track) == [3, 4, 53].map { TrackID($0) })
    #expect(
      session.state.message?.text
        == "mix: 3 songs in the queue, 2 by title and artist, 2 not in the library: Song 3 and others"
    )
    try await session.press("gp")
    #expect(session.state.playlists.rows?.first?.songs == 3)
    try await session.press("Enter")
    #expect(session.text.contains("Two - Twin: several songs fit"))
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
    #expect(
      session.state.message?.text == "mix: 2 songs in the queue, 1 not in the library: /gone.mp3")
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

  @Test("a list that is none of the listener's own is not dropped, and what it is is said")
  func notOwn() async throws {
    var session = Simulation()
    session.world.found.change { $0 = [found("/music/rel.m3u", list("/music/3.flac"))] }
    session.world.smartPlaylists.change { $0 = [SmartPlaylist(name: "best", text: "artist:3")] }
    try await session.start()
    for name in ["rel", "rel.m3u", "/music/rel.m3u"] {
      try await command("playlist delete \(name)", in: &session)
      #expect(
        session.state.message?.text
          == "/music/rel.m3u: a file among your music, which EMUS only reads: delete the file, then u"
      )
    }
    try await command("playlist delete best", in: &session)
    #expect(
      session.state.message?.text == "'best' is a smart playlist: :smart.remove drops it")
    session.world.found.change { $0.append(found("/music/b/rel.m3u", list())) }
    try await command("playlist delete rel", in: &session)
    #expect(session.state.message?.text.contains("/music/rel.m3u or /music/b/rel.m3u") == true)
    // One's own comes before all.
    session.world.kept.change { $0 = ["rel": list()] }
    try await command("playlist delete rel", in: &session)
    #expect(session.state.message?.text == "rel is dropped; gp U brings it back")
  }

  @Test("of a very long name a message shows the beginning, and all that it says")
  func longName() async throws {
    let (name, shown) = (String(repeating: "n", count: 64), String(repeating: "n", count: 39) + "…")
    var session = Simulation()
    try await session.start()
    func says(_ text: String, after words: String) async throws {
      try await command(words, in: &session)
      #expect(session.state.message?.text == text)
    }
    try await says("kept: smart \(shown) shows what it finds", after: "smart.save \(name) artist:3")
    try await says(
      "smart playlist '\(shown)' removed; gp U brings it back", after: "smart.remove \(name)")
    let all = session.state.queuedTracks.count
    try await says("\(shown): \(all) songs kept", after: "playlist save-all \(name)")
    try await says("\(shown) is dropped; gp U brings it back", after: "playlist delete \(name)")
    try await says("\(shown) is back", after: "playlist.undo")
    try await says("\(shown) is dropped; gp U brings it back", after: "playlist delete \(name)")
    try await says("\(shown) has 1 song now", after: "playlist add \(name)")
    try await says(
      "there is a playlist '\(shown)' already: take another name", after: "playlist.undo")
    try await says(
      "no smart playlist yet: search, then :smart.save NAME keeps the query",
      after: "smart.remove \(name)")
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
    try await command("playlist save all", in: &session)
    #expect(session.world.kept.value["all"] == list)
    #expect(session.state.message?.text.contains("1200 songs kept (200 not queued)") == true)
  }
}
