import Perception
import Screen
import Testing

@testable import Session

@Suite("What keeps the camera from telling the mood")
struct UnsureScreenTests {
  private func session(_ size: Size, _ sight: Sight) async throws -> Simulation {
    var session = Simulation(size: size) { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.see(sight)
    try await session.send(.timer(.message(session.state.messageNumber)))
    return session
  }

  @Test("is said with what to do about it", arguments: UnsureReason.allCases)
  func advice(reason: UnsureReason) async throws {
    for size in [Size(columns: 100, rows: 30), Size(columns: 80, rows: 24)] {
      var sight = Simulation.sight(.happy)
      sight.unsure = reason
      let known = try await session(size, sight)
      #expect(known.text.contains(reason.advice))
      #expect(known.text.contains("(unsure)"))
      // Before there is any reading, too.
      let unknown = try await session(size, Sight(unsure: reason, hasFace: reason != .noFace))
      #expect(unknown.text.contains(reason.advice))
    }
  }

  @Test("looks as it was recorded", arguments: [UnsureReason.turnedAway, .twoFaces])
  func picture(reason: UnsureReason) async throws {
    var sight = Simulation.sight(.happy)
    sight.reading?.unsure = reason
    sight.unsure = reason
    let session = try await session(Size(columns: 100, rows: 30), sight)
    let name = reason.rawValue.replacing(" ", with: "-")
    expectSnapshot(session.screen, named: "unsure-\(name)-100x30")
  }

  @Test("is no doubt yet while a face is only being looked at")
  func looking() async throws {
    for size in [Size(columns: 100, rows: 30), Size(columns: 40, rows: 12)] {
      let seen = try await session(size, Sight(hasFace: true))
      #expect(seen.text.contains("reading your face"))
      let nobody = try await session(size, Sight())
      #expect(nobody.text.contains("looking for your face"))
    }
  }

  @Test(
    "is told as reading while a first angry look has to prove itself, with nothing named before")
  func angryAtFirst() async throws {
    var session = Simulation(size: Size(columns: 100, rows: 30)) { $0.settings.source = .camera(0) }
    try await session.start()
    var tracker = SightTracker(settings: MoodSettings())
    var named: Double?
    for frame in 0..<45 {
      let time = Double(frame) / 15
      let glimpse = Glimpse(
        time: time, frameWidth: 640, frameHeight: 480,
        face: Face(
          box: Box(x: 200, y: 100, width: 120, height: 120), brightness: 0.5, contrast: 0.2),
        faceCount: 1, logits: [6, 0, 0, 0, 0, 0, 0])
      guard let sight = tracker.observe(glimpse) else { continue }
      try await session.see(sight)
      try await session.send(.timer(.message(session.state.messageNumber)))
      if sight.mood.certainty > 0 { named = named ?? time }
      #expect(session.text.contains("reading your face") == (named == nil), "at \(time) s")
    }
    let since = try #require(named)
    #expect((2...2.5).contains(since), "a first angry look was named after \(since) s")
  }

  @Test("is not said of a mood set by hand")
  func manual() async throws {
    var sight = Simulation.sight(.happy)
    sight.unsure = .twoFaces
    var session = try await session(Size(columns: 100, rows: 30), sight)
    try await session.type(":mood calm")
    try await session.press("Enter")
    #expect(!session.text.contains(UnsureReason.twoFaces.advice))
  }
}
