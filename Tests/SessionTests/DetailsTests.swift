import Music
import Screen
import Testing

@testable import Session

@Suite("The details of a song")
struct DetailsTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 12),
    Size(columns: 40, rows: 10),
  ]

  /// A song of which all is known, at a path that is no UTF-8.
  private func session(_ size: Size = Size(columns: 80, rows: 24)) async throws -> Simulation {
    var tracks = Simulation.album(count: 12)
    tracks[0].location = Location(
      path: Array("/music/a\\b \u{202E}".utf8) + [0xE9] + Array(".flac".utf8), start: 61, end: 3700)
    tracks[0].tags.artist = "Ada; Bob"
    tracks[0].tags.albumArtist = "Various"
    tracks[0].tags.disc = 2
    tracks[0].tags.bpm = 92.4
    tracks[0].tags.rating = 6
    var details = TagDetails()
    details.artists = ["Ada", "Bob", "Câline"]
    details.genres = ["Folk", "Jazz"]
    details.isCompilation = true
    details.originalDate = "1973-03-01"
    details.gain = ReplayGain(track: -7.32, trackPeak: 0.98, album: 1.5)
    details.recordingID = "f3c1e2a0-0000-4000-8000-000000000001"
    details.releaseID = "f3c1e2a0-0000-4000-8000-000000000002"
    details.artistIDs = ["f3c1e2a0-0000-4000-8000-000000000003"]
    details.hasCover = true
    details.hasLyrics = true
    tracks[0].tags.details = details
    var session = Simulation(tracks: tracks, size: size)
    try await session.start()
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.press("gl gg")
    return session
  }

  @Test("look as they were recorded", arguments: sizes)
  func recorded(size: Size) async throws {
    var session = try await session(size)
    try await session.press("i")
    expectSnapshot(session.screen, named: "details-\(size.columns)x\(size.rows)")
  }

  @Test("every field is there, and nothing of the path is lost")
  func fields() async throws {
    var session = try await session(Size(columns: 100, rows: 60))
    try await session.press("i")
    let text = session.text
    for words in [
      "Ada, Bob, Câline", "Folk, Jazz", "Various", "1, disc 2", "1973-03-01", "-7.32 dB, peak 0.98",
      "+1.50 dB", "a cover and lyrics", "FLAC", "1:01 to 1:01:40",
      "/music/a\\\\b \\u{202E}\\xE9.flac",
      "f3c1e2a0-0000-4000-8000-000000000001", "92 beats a minute", "3 times, last 2 hours ago",
      "11 days ago", "valence +0.50, energy -0.25", "tracks.csv",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("they are scrolled, left by three keys, and stand on no other screen")
  func keys() async throws {
    var session = try await session(Size(columns: 40, rows: 12))
    try await session.press("i")
    let first = session.text
    try await session.press("j j j")
    #expect(session.text != first)
    try await session.press("k k k")
    #expect(session.text == first)
    // From the end the first step back is seen.
    try await session.press("G G")
    let last = session.text
    try await session.press("k")
    #expect(session.text != last)
    try await session.press("gg")
    #expect(session.text == first)
    let selection = session.state.library.selection
    for key in ["Esc", "q", "i"] {
      try await session.press(key)
      #expect(session.state.details == nil && !session.hasQuit)
      #expect(session.state.library.selection == selection)
      try await session.press("i")
    }
    try await session.press("gq")
    #expect(session.state.details == nil)
    try await session.press("i")
    #expect(session.state.details?.track.id == session.state.selectedEntry?.track)
    try await session.press("gn i")
    #expect(session.state.details?.track.id == session.state.queue.current?.track)
  }

  @Test("without a song they say so, and a song that says nothing is shown all the same")
  func bare() async throws {
    var session = Simulation(tracks: [])
    try await session.start()
    try await session.press("i")
    #expect(session.state.message?.text == "no song is selected")
    let track = Track(
      id: TrackID(1), location: Location(path: [0x2F, 0xFF]), tags: Tags(title: nil))
    session = Simulation(tracks: [track])
    try await session.start()
    try await session.press("gl i")
    #expect(session.text.contains("/\\xFF"))
  }

  @Test(
    "how long ago is said in the largest unit that fits",
    arguments: [
      (-5, "just now"), (59, "just now"), (60, "1 minute ago"), (7200, "2 hours ago"),
      (90_000, "1 day ago"), (2_700_000, "1 month ago"), (70_000_000, "2 years ago"),
      (Double.infinity, "long ago"),
    ])
  func ago(seconds: Double, words: String) { #expect(AgoText.text(seconds) == words) }
}
