import Music
import Perception
import Screen
import Taste
import Testing

@testable import Session

/// What once went wrong, or nearly did: late answers, failures, and two wishes at the same time.
@Suite("A session in trouble")
struct TroubleTests {
  static let resumed = ["resume.track": "5", "resume.position": "120", "resume.score": "7"]

  private func stranger() -> Sight {
    var sight = Simulation.sight(.neutral)
    sight.verdict = .unknown(staying: true)
    sight.asks = true
    return sight
  }

  private func known(_ person: Int64) -> Sight {
    var sight = Simulation.sight(.neutral)
    sight.verdict = .matched(person: person, score: 0.9)
    return sight
  }

  private func camera(_ tracks: Int = 30, memory: [String: String] = [:]) -> Simulation {
    Simulation(tracks: Simulation.album(count: tracks), memory: memory) {
      $0.settings.source = .camera(0)
    }
  }

  @Test("another song picked after a resume starts at its beginning")
  func resumeThenPick() async throws {
    var session = Simulation(memory: Self.resumed)
    try await session.start()
    try await session.press("gl Enter")
    #expect(session.world.player.position < 1)
  }

  @Test("a resumed song that waits shows how long it is and where it stands")
  func resumedLength() async throws {
    var session = Simulation(memory: Self.resumed)
    try await session.start()
    let line = session.text.split(separator: "\n").first { $0.contains(" 2:00 ") } ?? ""
    #expect(line.contains(" 3:20 ") && !line.contains("-:--"))
    #expect(line.contains("━━━"))
    try await session.press("Space")
    #expect(session.world.player.position == 120)
    #expect(session.text.contains(" 3:20 "))
  }

  @Test("a camera that cannot look is not said to be looking for a face")
  func blind() async throws {
    for size in [Size(columns: 60, rows: 16), Size(columns: 100, rows: 30)] {
      var session = Simulation(size: size) { $0.settings.source = .camera(0) }
      try await session.start()
      #expect(session.text.contains("looking for your face"))
      try await session.send(.eye(.trouble(EyeTrouble(kind: .device, message: "no camera there"))))
      #expect(!session.text.contains("looking for your face"))
      #expect(session.text.contains("cannot look: m sets a mood"))
      // What was set by hand stays.
      try await session.type(":mood calm")
      try await session.press("Enter")
      #expect(!session.text.contains("cannot look"))
    }
  }

  @Test("a resumed song outlives a change of mood and goes on at its place")
  func resumeAndMood() async throws {
    var session = camera(60, memory: Self.resumed)
    try await session.send(.painted)
    try await session.see(Simulation.sight(.happy))
    try await session.see(Simulation.sight(.sad))
    try await session.press("Space")
    #expect(session.state.queue.current?.track == TrackID(5))
    #expect(session.world.player.position == 120)
  }

  @Test("a small library goes on for ever", arguments: [1, 2, 8])
  func smallLibrary(count: Int) async throws {
    var session = Simulation(tracks: Simulation.album(count: count))
    try await session.start()
    for _ in 0..<20 { try await session.pass(200.5) }
    #expect(session.world.player.playing != nil)
    #expect(session.world.player.played.count >= 20)
  }

  @Test("looking again asks anew only after the eye looked anew")
  func looksAgain() async throws {
    var session = camera()
    try await session.start()
    try await session.see(stranger())
    try await session.press("l")
    #expect(session.state.mode == .normal)
    let opened = session.effects.filter { if case .eye(.open) = $0 { true } else { false } }
    #expect(opened.count == 2)
  }

  @Test("a listener chosen by hand holds against the face that is there")
  func chosenListenerHolds() async throws {
    var session = camera()
    try await session.start()
    try await session.see(known(2))
    try await session.press(":")
    try await session.type("user guest")
    try await session.press("Enter")
    try await session.see(known(2))
    #expect(session.state.nextListener?.name == "guest")
  }

  @Test("the question to a stranger swallows no key of the player")
  func strangerAndKeys() async throws {
    var session = camera()
    try await session.start()
    try await session.see(stranger())
    try await session.press("9")
    #expect(session.world.feedback.last?.value == 9)
    #expect(session.state.mode == .stranger)
  }

  @Test("a failed choice is tried again after a while, not at once")
  func failedChoice() async throws {
    var session = Simulation()
    _ = update(&session.state, .painted, at: 1)
    let asked = update(&session.state, .timer(.patience), at: 4)
    #expect(asked.contains { $0.isRecommend })
    let failed = update(&session.state, .failed(.recommend, "locked"), at: 10)
    #expect(!failed.contains { $0.isRecommend })
    let again = update(&session.state, .timer(.retry), at: 15)
    #expect(again.contains { $0.isRecommend })
  }

  @Test("a failed scan leaves no trace of itself on the screen")
  func failedScan() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("u")
    #expect(session.state.scan != nil)
    try await session.send(.failed(.scan, "no folder is known"))
    #expect(session.state.scan == nil)
    #expect(session.text.contains("no folder is known"))
  }

  @Test("a song that was passed over before it began is no skip")
  func passedOver() async throws {
    var session = Simulation()
    try await session.start()
    _ = update(&session.state, .key(.character(">")), at: 10)
    let effects = update(&session.state, .key(.character(">")), at: 10.1)
    #expect(!effects.contains { if case .record = $0 { true } else { false } })
  }

  @Test("what changes nothing leaves the state equal, so that nothing is drawn")
  func nothingChanges() async throws {
    var session = Simulation()
    try await session.start()
    let before = session.state
    _ = update(&session.state, .key(.function(12)), at: 999)
    #expect(before == session.state)
  }

  @Test("a camera switched off while a face is learned stays off")
  func cameraOffWhileEnrolling() async throws {
    var session = camera()
    try await session.start()
    for line in ["register zoe", "camera off"] {
      try await session.press(":")
      try await session.type(line)
      try await session.press("Enter")
    }
    try await session.send(.eye(.trouble(EyeTrouble(kind: .noFace, message: "late"))))
    #expect(!session.state.camera.isOn)
  }

  @Test("a look-ahead that begins after it was replaced gives way to the queue's song")
  func replacedWhileStarting() async throws {
    var session = Simulation(tracks: Simulation.album(count: 60))
    try await session.start()
    try await session.pass(10)
    let first = try #require(session.state.queue.current)
    let second = try #require(session.state.queue.next)
    _ = update(&session.state, .player(.finished(first.id)), at: 300)
    session.state.queue.remove(second.id)
    let effects = update(&session.state, .player(.started(second.id)), at: 300.1)
    let current = try #require(session.state.queue.current)
    #expect(current.id != second.id && current.id != first.id)
    let isPlayed = effects.contains {
      if case .player(.play(current.id, _, at: _)) = $0 { true } else { false }
    }
    #expect(isPlayed)
  }

  @Test("a guest's place is not kept for whoever comes next")
  func guestPlace() async throws {
    var session = Simulation { $0.listener = .guest }
    try await session.start()
    try await session.pass(50)
    try await session.press("q")
    #expect(session.world.remembered["resume.track"] == nil)
  }

  @Test("the selection of the queue stays with its song when another one begins")
  func selection() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("gq j j")
    let selected = session.state.selectedEntry?.track
    try await session.press(">")
    #expect(session.state.selectedEntry?.track == selected)
  }
}

extension Effect {
  fileprivate var isRecommend: Bool { if case .recommend = self { true } else { false } }
}
