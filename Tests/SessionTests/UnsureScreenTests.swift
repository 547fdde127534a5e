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

  private static let sizes = [
    Size(columns: 40, rows: 12), Size(columns: 80, rows: 24), Size(columns: 120, rows: 40),
  ]

  @Test("is said in few words where there is little room", arguments: UnsureReason.allCases)
  func brief(reason: UnsureReason) async throws {
    for columns in [40, 59] {
      var sight = Simulation.sight(.happy)
      sight.mood.valence = -0.3
      sight.mood.arousal = 0.3
      sight.unsure = reason
      let session = try await session(Size(columns: columns, rows: 12), sight)
      #expect(session.text.contains(reason.brief))
      #expect(session.text.contains(" a little tense"))
      #expect(!session.text.contains("happy 82 %"))
    }
    var faint = Simulation.sight(.happy)
    faint.mood.certainty = 0.2
    let session = try await session(Size(columns: 40, rows: 12), faint)
    #expect(session.text.contains("unsure"))
  }

  @Test("and a clear reading look as they were recorded at every size", arguments: sizes)
  func pictures(size: Size) async throws {
    var sight = Simulation.sight(.sad)
    sight.unsure = .tooDark
    let session = try await session(size, sight)
    expectSnapshot(session.screen, named: "unsure-too-dark-\(size.columns)x\(size.rows)")
  }

  @Test("The last reading of a film that has ended is marked", arguments: sizes)
  func ended(size: Size) async throws {
    var session = try await session(size, Simulation.sight(.happy))
    #expect(!session.text.contains("last seen"))
    try await session.send(.eye(.ended))
    #expect(session.text.contains("last seen"))
    #expect(!session.text.contains("from your face") && !session.text.contains("15 fps"))
    expectSnapshot(session.screen, named: "ended-\(size.columns)x\(size.rows)")
    // By hand it is the listener's own.
    try await session.type(":mood calm")
    try await session.press("Enter")
    #expect(!session.text.contains("(last seen)"))
  }

  @Test("comes and goes no quicker than can be read, however a face wavers")
  func steady() async throws {
    var session = Simulation(size: Size(columns: 100, rows: 30)) { $0.settings.source = .camera(0) }
    try await session.start()
    var tracker = SightTracker(settings: MoodSettings())
    var shown: [(words: String, time: Double)] = []
    for frame in 0..<450 {
      let time = Double(frame) / 15
      // Near the limit of low confidence, which the smoothed value crosses again and again.
      let lean: Float = frame / 5 % 2 == 0 ? 1.0 : 1.7
      let glimpse = Glimpse(
        time: time, frameWidth: 640, frameHeight: 480,
        face: Face(
          box: Box(x: 200, y: 100, width: 120, height: 120), brightness: 0.5, contrast: 0.2),
        faceCount: 1, logits: [0, 0, 0, 0, lean, 0, 0.3])
      guard let sight = tracker.observe(glimpse) else { continue }
      try await session.see(sight)
      let words = MoodSentence(state: session.state)
      let line = words.text + words.certainty
      if shown.last?.words != line { shown.append((line, time)) }
    }
    for (earlier, later) in zip(shown, shown.dropFirst()) where earlier.time > 1 {
      #expect(later.time - earlier.time >= 0.99, "\(earlier) then \(later)")
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

  @Test("no mood is named in the first second in which a face is seen", arguments: sizes)
  func firstSecond(size: Size) async throws {
    var session = Simulation(size: size) { $0.settings.source = .camera(0) }
    try await session.start()
    var tracker = SightTracker(settings: MoodSettings())
    for frame in 0..<45 {
      let time = Double(frame) / 15
      let glimpse = Glimpse(
        time: time, frameWidth: 640, frameHeight: 480,
        face: Face(
          box: Box(x: 200, y: 100, width: 120, height: 120), brightness: 0.5, contrast: 0.2),
        faceCount: 1, logits: [0, 0, 0, 4, 0, 0, frame < 3 ? 5 : 0])
      guard let sight = tracker.observe(glimpse) else { continue }
      try await session.see(sight)
      try await session.send(.timer(.message(session.state.messageNumber)))
      #expect(sight.mood.certainty > 0, "songs need not wait")
      let isReading = session.text.contains("reading your face")
      #expect(isReading == (time < 1), "at \(time) s")
      #expect(!isReading || !session.text.contains("sure"), "at \(time) s:\n\(session.text)")
      let brief = MoodSentence(state: session.state).brief
      #expect(brief.isEmpty == isReading, "at \(time) s")
    }
    // A picture that ends before says what was seen.
    var short = SightTracker(settings: MoodSettings())
    let glimpse = Glimpse(
      time: 0, frameWidth: 640, frameHeight: 480,
      face: Face(
        box: Box(x: 200, y: 100, width: 120, height: 120), brightness: 0.5, contrast: 0.2),
      faceCount: 1, logits: [0, 0, 0, 4, 0, 0, 0])
    try await session.see(try #require(short.observe(glimpse)))
    #expect(session.text.contains("reading your face"))
    try await session.send(.eye(.ended))
    #expect(!session.text.contains("reading your face") && session.text.contains("last seen"))
  }

  @Test("how sure it is stands beside the words at every width, and costs the second of them")
  func sureness() async throws {
    for certainty in [0.2, 0.5, 0.8] {
      let sight = Simulation.sight(.angry, certainty: certainty)
      for columns in [80, 100, 120] {
        let session = try await session(Size(columns: columns, rows: 30), sight)
        #expect(session.text.contains("tense"))
        let sureness = MoodWords.sureness(certainty: certainty)
        #expect(session.text.contains(" (\(sureness))"), "\(columns):\n\(session.text)")
      }
    }
    let wide = try await session(Size(columns: 120, rows: 40), Simulation.sight(.angry))
    #expect(wide.text.contains("tense, a little unhappy (sure)"))
  }

  @Test("where there is no room for both, a smile is called happy, and no doubt adds a word")
  func telling() async throws {
    for (certainty, sureness) in [(0.5, "fairly sure"), (0.2, "unsure")] {
      let sight = Simulation.sight(.happy, certainty: certainty)
      let session = try await session(Size(columns: 100, rows: 30), sight)
      #expect(session.text.contains("│ happy (\(sureness))"), "\(session.text)")
    }
  }

  @Test("that the face is the drawn one is said in small terminals too")
  func drawnFace() async throws {
    for columns in [40, 59] {
      var session = Simulation(size: Size(columns: columns, rows: 12)) {
        $0.settings.source = .demo
      }
      try await session.start()
      try await session.see(Simulation.sight(.happy))
      #expect(session.text.contains("demo: happy 82 %"))
    }
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
