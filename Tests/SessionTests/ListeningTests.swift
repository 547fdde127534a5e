import Music
import Perception
import Screen
import Taste
import Testing

@testable import Session

@Suite("A listener's session")
struct ListeningTests {
  @Test("the queue fills and plays three seconds after the start without a mood")
  func startsWithoutMood() async throws {
    var session = Simulation()
    try await session.send(.painted)
    try await session.pass(2.9)
    #expect(session.world.player.playing == nil)
    try await session.pass(0.2)
    #expect(session.world.player.playing != nil)
    #expect(session.state.queue.upcoming.count >= State.queueMinimum)
  }

  @Test("a mood starts the music at once")
  func startsWithMood() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.send(.painted)
    try await session.see(Simulation.sight(.happy))
    #expect(session.world.player.playing != nil)
  }

  @Test("with autoplay off Space begins, and until then no sound library is opened")
  func waitsForSpace() async throws {
    var session = Simulation { $0.settings.autoplay = false }
    try await session.start()
    #expect(session.world.player.playing == nil && !session.state.playback.isPrepared)
    try await session.press("Space")
    #expect(session.world.player.playing != nil)
  }

  @Test("a rating is stored with its context and shown only then")
  func rates() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("9")
    let rating = try #require(session.world.feedback.last)
    #expect(rating.kind == .rating && rating.value == 9)
    #expect(rating.track == session.state.queue.current?.track)
    #expect(session.state.message?.text.hasPrefix("9 stored") == true)
    #expect(session.text.contains("rated 9"))
  }

  @Test("zero is ten")
  func ratesTen() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("0")
    #expect(session.world.feedback.last?.value == 10)
  }

  @Test("what is rated 1 leaves the songs to come, and what a listener likes comes sooner")
  func learns() async throws {
    var session = Simulation(tracks: Simulation.album(count: 60))
    try await session.start()
    let before = session.state.queue.upcoming.map(\.track)
    let artist = session.state.playingTrack?.tags.artist
    for _ in 0..<3 { try await session.press("1") }
    let after = session.state.queue.upcoming.map(\.track)
    #expect(before != after)
    let titles = session.state.queue.upcoming.prefix(4).compactMap {
      session.state.known[$0.track]?.tags.artist
    }
    #expect(!titles.contains { $0 == artist })
  }

  @Test("a guest's ratings are refused in words")
  func guest() async throws {
    var session = Simulation { $0.listener = .guest }
    try await session.start()
    try await session.press("9")
    #expect(session.world.feedback.isEmpty)
    #expect(session.state.message?.text.contains("guest") == true)
  }

  @Test("skipping early is a skip, the end of a song a completion, the look-ahead goes on")
  func skipsAndCompletes() async throws {
    var session = Simulation()
    try await session.start()
    let first = session.state.queue.current?.track
    try await session.pass(20)
    try await session.press(">")
    #expect(session.world.feedback.last?.kind == .skip)
    #expect(session.world.feedback.last?.track == first)
    #expect(abs((session.world.feedback.last?.fraction ?? 0) - 0.1) < 0.02)
    let second = session.state.queue.current?.track
    let next = session.state.queue.next?.track
    try await session.pass(201)
    #expect(session.world.feedback.last?.kind == .completed)
    #expect(session.world.feedback.last?.track == second)
    #expect(session.world.feedback.last?.previous == first)
    #expect(session.state.queue.current?.track == next)
  }

  @Test("a file that cannot be played is skipped with a message and no feedback")
  func skipsBadFile() async throws {
    var session = Simulation()
    try await session.start()
    let next = try #require(session.state.queue.next)
    session.world.player.broken = ["/music/\(next.track.rawValue).flac"]
    try await session.pass(201)
    #expect(session.world.player.playing != nil)
    #expect(session.state.queue.current?.track != next.track)
    #expect(session.state.message?.text.contains("not a sound file") == true)
    #expect(session.world.feedback.map(\.kind) == [.completed])
  }

  @Test("after five broken files in a row the music stops")
  func stopsAfterFive() async throws {
    var session = Simulation()
    session.world.player.broken = Set((1...30).map { "/music/\($0).flac" })
    try await session.start()
    #expect(session.state.message?.text.contains("five songs") == true)
    #expect(session.world.player.playing == nil)
    #expect(session.state.queue.upcoming.count > 2)
  }

  @Test("leaving keeps the song and its place; the next start waits for Space there")
  func resumes() async throws {
    var session = Simulation()
    try await session.start()
    try await session.pass(50)
    let track = session.state.queue.current?.track
    try await session.press("q")
    #expect(session.hasQuit)
    var again = Simulation(memory: session.world.remembered)
    try await again.start()
    #expect(again.world.player.playing == nil)
    try await again.press("Space")
    #expect(again.state.queue.current?.track == track)
    #expect(abs(again.world.player.position - 50) < 1)
  }

  @Test("a change of mood replaces recommended songs only, and not more often than every 8 s")
  func followsMood() async throws {
    var session = Simulation(tracks: Simulation.album(count: 60)) {
      $0.settings.source = .camera(0)
    }
    try await session.send(.painted)
    try await session.see(Simulation.sight(.happy))
    try await session.press("gl a")
    let own = session.state.queue.upcoming.filter { !$0.isRecommended }
    #expect(own.count == 1)
    let happy = session.state.queue.upcoming.filter(\.isRecommended).map(\.track)
    try await session.see(Simulation.sight(.sad))
    let sad = session.state.queue.upcoming.filter(\.isRecommended).map(\.track)
    #expect(happy != sad)
    #expect(session.state.queue.upcoming.filter { !$0.isRecommended } == own)
    try await session.see(Simulation.sight(.happy))
    #expect(session.state.queue.upcoming.filter(\.isRecommended).map(\.track) == sad)
    try await session.pass(8)
    #expect(session.state.queue.upcoming.filter(\.isRecommended).map(\.track) != sad)
  }

  @Test("a mood set by hand outranks the camera until it is released")
  func manualMood() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.press(":")
    try await session.type("mood -0.8 -0.4")
    try await session.press("Enter")
    try await session.see(Simulation.sight(.happy))
    #expect(session.state.mood.source == .manual)
    #expect(session.state.mood.valence == -0.8)
    try await session.press("M")
    #expect(session.state.mood.source == .face)
    #expect(session.state.mood.valence > 0)
  }

  @Test("the field of moods is moved by arrows and set by Enter")
  func moodField() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("m Right Right Up Enter")
    #expect(session.state.manualMood?.valence == 0.2)
    #expect(session.state.manualMood?.arousal == 0.1)
  }

  @Test("refill off leaves the queue to the listener")
  func refillOff() async throws {
    var session = Simulation { $0.settings.refill = false }
    try await session.start()
    #expect(session.state.queue.isEmpty)
    try await session.press("gl Enter")
    #expect(session.world.player.playing != nil)
    #expect(session.world.feedback.first?.kind == .chosen)
  }

  @Test("a change of listener takes effect at the next song")
  func changesListener() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    var sight = Simulation.sight(.neutral)
    sight.verdict = .matched(person: 2, score: 0.9)
    try await session.see(sight)
    #expect(session.state.listener.name == "default")
    try await session.pass(5)
    try await session.press(">")
    #expect(session.world.feedback.last?.listener == .default)
    #expect(session.state.listener.name == "mia")
    try await session.press("7")
    #expect(session.world.feedback.last?.listener == ListenerID(2))
  }

  @Test("an unknown face that stays is asked once")
  func stranger() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    var sight = Simulation.sight(.neutral)
    sight.verdict = .unknown(staying: true)
    sight.asks = true
    try await session.see(sight)
    #expect(session.state.mode == .stranger)
    #expect(session.text.contains("r register"))
    try await session.press("Esc")
    sight.asks = false
    try await session.see(sight)
    #expect(session.state.mode == .normal)
  }

  @Test("a name that nobody can have is refused before a face is looked at")
  func badNames() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.see(Simulation.sight(.neutral))
    for (name, words) in [
      ("Guest", "stands for people who are not kept"),
      (String(repeating: "x", count: 65), "1 to 64 characters"),
    ] {
      try await session.type(":register \(name)")
      try await session.press("Enter")
      #expect(session.text.contains(words), "\(session.text)")
      #expect(session.state.enrolling == nil)
    }
  }

  @Test("while a face is being learnt nobody is asked who it is")
  func strangerWhileEnrolling() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.see(Simulation.sight(.neutral))
    try await session.type(":register zoe")
    try await session.press("Enter")
    var sight = Simulation.sight(.neutral)
    sight.verdict = .unknown(staying: true)
    sight.asks = true
    try await session.see(sight)
    #expect(session.state.mode == .normal)
  }

  @Test("a camera that is opened anew learns no face any more")
  func anotherCameraWhileEnrolling() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.see(Simulation.sight(.neutral))
    for line in [":register zoe", ":set camera 1"] {
      try await session.type(line)
      try await session.press("Enter")
    }
    #expect(session.state.enrolling == nil)
    try await session.send(.eye(.trouble(EyeTrouble(kind: .device, message: "gone"))))
    #expect(session.text.contains("gone"), "the trouble is the camera's")
    guard case .trouble = session.state.camera.status else {
      Issue.record("the camera is opened for a registration that is over")
      return
    }
  }

  @Test("in required nothing is recommended to a stranger")
  func required() async throws {
    var session = Simulation {
      $0.settings.identity = .required
      $0.settings.source = .camera(0)
    }
    try await session.start()
    #expect(session.state.queue.isEmpty)
    #expect(session.text.contains("Songs come once your face is"), "\(session.text)")
    #expect(session.text.contains("waiting for a face that is registered"))
    var sight = Simulation.sight(.happy)
    sight.verdict = .matched(person: 2, score: 0.9)
    try await session.see(sight)
    #expect(!session.state.queue.isEmpty)
  }
}
