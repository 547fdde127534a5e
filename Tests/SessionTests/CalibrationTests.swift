import Music
import Screen
import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("A calibration in front of the camera")
struct CalibrationTests {
  /// Looks of a face that the network takes for `taken`.
  private func looks(
    _ seconds: Double, from start: Double, taken: Emotion, lean: Float = 1.2
  ) -> [Sight] {
    stride(from: start, to: start + seconds, by: 0.2).map { time in
      var sight = Simulation.sight(taken)
      sight.looks = (0..<3).map { place in
        CalibrationSample(
          time: time + Double(place) / 15, expression: .neutral,
          scores: Emotion.allCases.map { $0 == taken ? lean : $0 == .neutral ? 0.6 : 0 },
          embedding: [taken == .angry ? 1 : -1, Float(time + Double(place) / 15) / 10])
      }
      return sight
    }
  }

  private func show(
    _ session: inout Simulation, _ seconds: Double = 4, from start: Double = 0, taken: Emotion
  ) async throws {
    for sight in looks(seconds, from: start, taken: taken) { try await session.see(sight) }
  }

  private func session(_ configure: (inout State) -> Void = { _ in }) async throws -> Simulation {
    var session = Simulation { state in
      state.settings.source = .camera(0)
      state.network = "net"
      configure(&state)
    }
    try await session.start()
    try await session.see(Simulation.sight(.neutral))
    return session
  }

  private var wishes: (Simulation) -> SightWishes? {
    { session in
      session.effects.reversed().lazy.compactMap { effect in
        if case .watch(let wishes) = effect { wishes } else { nil }
      }.first
    }
  }

  @Test("The face at rest is learnt, stored, applied, and taken back by undo")
  func wholeWay() async throws {
    var session = try await session()
    let owner = CalibrationOwner(.default)
    try await session.press("c")
    #expect(wishes(session)?.gathers == true)
    #expect(session.text.contains("as you do when reading"))
    try await show(&session, taken: .angry)
    #expect(wishes(session)?.gathers == false)
    #expect(session.text.contains("Enter"))
    try await session.press("Enter")
    let learnt = try #require(try await session.world.store.calibrations.current(owner))
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration == learnt)
    #expect(wishes(session)?.calibration == learnt)
    #expect(wishes(session)?.listener == .default)
    #expect(session.text.contains("calibrated on neutral"))
    #expect(learnt.bias[0] < 0 || learnt.bias[6] > 0)

    try await session.type(":calibrate undo")
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(wishes(session)?.calibration == nil)
    #expect(try await session.world.store.calibrations.current(owner) == nil)
    try await session.type(":calibrate undo")
    try await session.press("Enter")
    #expect(session.text.contains("no calibration to undo"))
  }

  @Test("Further expressions are recorded on request, a second try replaces the first")
  func further() async throws {
    var session = try await session()
    try await session.press("c")
    try await show(&session, taken: .angry)
    try await session.press("h")
    #expect(wishes(session)?.gathers == true)
    #expect(session.text.contains("happy"))
    try await show(&session, from: 10, taken: .fear)
    try await session.press("h")
    try await show(&session, from: 20, taken: .fear)
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.has(.happy) && flow.has(.neutral) && !flow.has(.sad))
    let smiles = flow.samples.filter { $0.expression == .happy }
    #expect(smiles.allSatisfy { $0.time >= 20 })
    try await session.press("Enter")
    #expect(session.text.contains("calibrated on happy, neutral"))
    #expect(session.state.calibration?.weights.isEmpty == false)
  }

  @Test("Escape at any time leaves the old one in force", arguments: [0.0, 1.0, 4.0])
  func cancelled(after seconds: Double) async throws {
    var session = try await session()
    let old = try #require(
      EmotionCalibration(
        network: "net", width: 2, bias: [0, 0, 0, 0, 0, 0, 1], weights: []))
    try await session.world.store.calibrations.save(old, CalibrationOwner(.default))
    try await session.press("x x")
    try await session.see(Simulation.sight(.neutral))
    #expect(session.state.calibration == old)
    try await session.press("c")
    try await show(&session, seconds, taken: .angry)
    try await session.press("Esc")
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration == old)
    #expect(wishes(session)?.gathers == false)
    #expect(
      try await session.world.store.calibrations.current(CalibrationOwner(.default)) == old)
    #expect(session.text.contains("nothing was changed"))
  }

  @Test("A correction that reads no more looks rightly says what it is good for")
  func words() {
    var score = CalibrationScore([], with: nil)
    score.right = 0.5
    var outcome = CalibrationOutcome(
      calibration: nil, refusal: nil, before: score, after: score, expressions: [.neutral],
      frames: 8)
    #expect(outcome.words == "calibrated on neutral: surer, 50 % right as before")
    outcome.after.right = 0.75
    #expect(outcome.words == "calibrated on neutral: 75 % right, before 50 %")
  }

  @Test("Escape while it learns: what comes late is neither used nor stored")
  func cancelledFit() async throws {
    var session = try await session()
    session.holdsFits = true
    try await session.press("c")
    try await show(&session, taken: .angry)
    try await session.press("Enter")
    #expect(session.text.contains("Learning"))
    try await session.press("Esc")
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("nothing was changed"))
    try await session.finishFits()
    #expect(session.state.calibration == nil)
    #expect(
      try await session.world.store.calibrations.current(CalibrationOwner(.default)) == nil)
    #expect(!session.text.contains("calibrated on"))
  }

  @Test("A cancelled fit that fails says nothing, one that is waited for says why")
  func failedFit() async throws {
    var session = try await session()
    session.holdsFits = true
    for cancels in [true, false] {
      try await session.press("c")
      try await show(&session, from: cancels ? 0 : 10, taken: .angry)
      try await session.press("Enter")
      guard case .calibrating(let flow) = session.state.mode else {
        Issue.record("nothing is learnt")
        return
      }
      if cancels { try await session.press("Esc") }
      try await session.send(.failed(.calibrate(number: flow.number), "too few looks"))
      #expect(session.state.mode == .normal)
      #expect(session.text.contains("too few looks") != cancels)
    }
  }

  @Test("What a cancelled fit comes to does not end the calibration that follows")
  func secondTry() async throws {
    var session = try await session()
    session.holdsFits = true
    try await session.press("c")
    try await show(&session, taken: .angry)
    try await session.press("Enter Esc c")
    try await show(&session, 1, from: 10, taken: .angry)
    try await session.finishFits()
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.isRecording && flow.recorded > 0)
    try await show(&session, from: 11, taken: .angry)
    try await session.press("Enter")
    try await session.finishFits()
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration != nil)
  }

  /// All sizes at which the player shows more than that it needs more room, as far as they differ.
  private static let sizes = [40, 41, 45, 52, 59, 60, 80, 100].flatMap { columns in
    [10, 11, 12, 13, 14, 15, 16, 24].map { Size(columns: columns, rows: $0) }
  }

  @Test("Nothing of it is hidden at any size", arguments: sizes, [Glyphs.unicode, .ascii])
  func everySize(size: Size, glyphs: Glyphs) async throws {
    var session = try await session { $0.settings.glyphs = glyphs }
    session.state.dress()
    try await session.send(.resized(size))
    try await session.press("c")
    try await show(&session, 1, taken: .angry)
    #expect(session.text.contains("as you do when reading (3 s)"))
    var mia = Simulation.sight(.neutral)
    mia.verdict = .matched(person: 2, score: 0.9)
    try await session.see(mia)
    #expect(session.text.contains(":user mia"))
    try await show(&session, from: 2, taken: .angry)
    for (key, emotion) in CalibrationFlow.keys {
      let words = emotion == .neutral ? "at rest" : emotion.rawValue
      #expect(session.text.contains(" \(key) \(words)"), "\(emotion)")
    }
    for words in ["show some more", "Enter", "Esc"] { #expect(session.text.contains(words)) }
    let marked = session.text.split(separator: "\n").filter {
      $0.contains("recorded") || $0.contains("at rest *")
    }
    #expect(marked.count == 1 && marked.first?.contains("at rest") == true)
  }

  @Test("A face that is read well already changes nothing, and says so")
  func nothingBetter() async throws {
    var session = try await session()
    try await session.press("c")
    for var sight in looks(4, from: 0, taken: .neutral) {
      for place in sight.looks.indices { sight.looks[place].scores[6] = 5 }
      try await session.see(sight)
    }
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("nothing was changed"))
  }

  @Test("A smile is not learnt as a face at rest, and what was in force stays")
  func smile() async throws {
    var session = try await session()
    let old = try #require(
      EmotionCalibration(network: "net", width: 2, bias: [0, 0, 0, 0, 0, 0, 1], weights: []))
    try await session.world.store.calibrations.save(old, CalibrationOwner(.default))
    try await session.press("x x")
    try await session.see(Simulation.sight(.happy))
    try await session.press("c")
    for sight in looks(4, from: 0, taken: .happy, lean: 5) { try await session.see(sight) }
    try await session.press("Enter")
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("your face looks happy: relax it and press c again"))
    #expect(session.state.calibration == old)
    let owner = CalibrationOwner(.default)
    #expect(try await session.world.store.calibrations.current(owner) == old)
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    #expect(session.text.contains("(nothing was learnt)"))
  }

  @Test("What is read wrongly even then is no success")
  func stillWrong() async throws {
    var session = try await session()
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    try await session.press("c")
    for sight in looks(4, from: 0, taken: .angry, lean: 12) { try await session.see(sight) }
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("still read wrongly after learning"))
    #expect(session.text.contains("in more light (nothing kept)"))
    #expect(!session.text.contains("calibrated"))
  }

  @Test("The end of it fits into eighty columns, with what takes it back")
  func ending() async throws {
    var session = try await session()
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    var outcome = try CalibrationFit.run(
      looks(4, from: 0, taken: .angry).flatMap(\.looks), network: "net")
    let shown =
      [[.neutral], Emotion.allCases] + Emotion.allCases.dropLast().map { [$0, .neutral] }
    for expressions in shown {
      outcome.expressions = expressions
      outcome.before.right = 0.99
      try await session.send(.calibrationKept(CalibrationOwner(.default), outcome))
      #expect(
        session.text.contains(": 100 % right, before 99 %; :calibrate undo"), "\(expressions)")
      outcome.before.right = 1
      try await session.send(.calibrationKept(CalibrationOwner(.default), outcome))
      #expect(
        session.text.contains(": surer, 100 % right as before; :calibrate undo"), "\(expressions)")
    }
  }

  @Test(
    "The key for the camera turns it off at every step, and nothing is learnt", arguments: 0..<3)
  func cameraOff(step: Int) async throws {
    var session = try await session {
      $0.keymap.bind(Binding(keys: [.function(8)], command: "camera off"))
    }
    session.holdsFits = true
    try await session.press("c")
    try await show(&session, step == 0 ? 1 : 4, taken: .angry)
    if step == 2 { try await session.press("Enter") }
    try await session.press(step == 1 ? "F8" : "x")
    #expect(session.state.mode == .normal)
    #expect(!session.state.camera.isOn)
    #expect(session.effects.contains(.eye(.close)))
    #expect(wishes(session)?.gathers == false)
    #expect(session.text.contains("camera off; calibration left: nothing was changed"))
    try await session.finishFits()
    #expect(session.state.calibration == nil && !session.state.camera.isOn)
    let owner = CalibrationOwner(.default)
    #expect(try await session.world.store.calibrations.current(owner) == nil)
  }

  @Test("What stands in the way is told, and no time runs meanwhile")
  func obstacle() async throws {
    var session = try await session()
    try await session.press("c")
    for _ in 0..<40 {
      var sight = Simulation.sight(.neutral)
      sight.obstacle = .tooDark
      try await session.see(sight)
    }
    #expect(session.text.contains("too dark"))
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.recorded == 0 && flow.samples.isEmpty)
    var mia = Simulation.sight(.neutral)
    mia.verdict = .matched(person: 2, score: 0.9)
    try await session.see(mia)
    #expect(session.text.contains("mia's face"))
  }

  @Test("Guests, and listeners without a camera, are told why not")
  func refused() async throws {
    var guest = try await session { $0.listener = .guest }
    try await guest.press("c")
    #expect(guest.state.mode == .normal)
    #expect(guest.text.contains("nothing of a guest is kept"))
    var blind = Simulation()
    try await blind.start()
    try await blind.press("c")
    #expect(blind.state.mode == .normal)
    #expect(blind.text.contains("set camera 0"))
    var off = Simulation { $0.settings.source = .camera(0) }
    try await off.start()
    try await off.press("c")
    #expect(off.state.mode == .normal)
    #expect(off.text.contains("the camera is being opened"))
  }

  @Test("Another network's calibration is not used, and says so")
  func otherNetwork() async throws {
    var session = try await session()
    let old = try #require(
      EmotionCalibration(network: "old", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    )
    try await session.world.store.calibrations.save(old, CalibrationOwner(.default))
    try await session.press("x x")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("another emotion network"))
  }

  @Test("A damaged calibration is told, and the camera goes on without it")
  func damagedCalibration() async throws {
    var session = try await session()
    let owner = CalibrationOwner(.default)
    let old = try #require(
      EmotionCalibration(network: "net", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    )
    try await session.world.store.calibrations.save(old, owner)
    session.world.damaged.change { $0.insert(owner) }
    try await session.press("x x")
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    #expect(session.state.calibration == nil && session.state.camera.isOn)
    #expect(
      session.text.contains(
        "your calibration is damaged: c makes a new one, :calibrate undo drops it"))
    try await session.type(":calibrate undo")
    try await session.press("Enter")
    #expect(session.state.calibration == old)
    #expect(session.text.contains("back to the calibration before"))
  }

  @Test("Where undo leads to a damaged one, none is in force, and that is told")
  func undoToDamaged() async throws {
    var session = try await session()
    let owner = CalibrationOwner(.default)
    session.state.calibration = EmotionCalibration(
      network: "net", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    try await session.send(.calibrationUndone(owner, wasThere: true, nil))
    try await session.send(.calibrationDamaged(owner))
    #expect(session.state.calibration == nil)
    #expect(wishes(session)?.calibration == nil)
    #expect(session.text.contains("calibration is damaged"))
    // Another listener's is not this one's.
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.send(.calibrationDamaged(CalibrationOwner(ListenerID(2))))
    #expect(!session.text.contains("damaged"))
  }

  @Test("Where no network reads, there is nothing to correct, and nothing is said of it")
  func withoutNetwork() async throws {
    var session = try await session { $0.network = "" }
    let old = try #require(
      EmotionCalibration(network: "net", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    )
    try await session.world.store.calibrations.save(old, CalibrationOwner(.default))
    try await session.press("x x")
    #expect(session.state.calibration == nil)
    #expect(!session.text.contains("another emotion network"))
    try await session.see(Simulation.sight(.neutral))
    try await session.press("c")
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("does not read now"))
  }

  @Test("A camera that fails, or is switched off, ends the calibration")
  func cameraFails() async throws {
    var session = try await session()
    try await session.press("c")
    try await session.send(.eye(.trouble(EyeTrouble(kind: .device, message: "gone"))))
    #expect(session.state.mode == .normal)
    #expect(wishes(session)?.gathers == false)
  }

  @Test("A picture that ends leaves what was shown to be learnt, and asks for nothing more")
  func pictureEnds() async throws {
    for isRecording in [false, true] {
      var session = try await session()
      try await session.press("c")
      try await show(&session, taken: .angry)
      if isRecording { try await session.press("h") }
      try await session.send(.eye(.ended))
      #expect(session.text.contains("The picture has ended."))
      #expect(!session.text.contains("letter show"))
      try await session.press("h")
      #expect(wishes(session)?.gathers == false)
      try await session.press("Enter")
      #expect(session.state.mode == .normal && session.state.calibration != nil)
    }
    var session = try await session()
    try await session.press("c")
    try await session.send(.eye(.ended))
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("calibration left: the picture has ended"))
  }

  @Test("What keeps a face from being learnt is told as it is")
  func notLooking() async throws {
    var session = try await session()
    try await session.send(.eye(.ended))
    try await session.press("c")
    #expect(session.text.contains("the picture has ended: x starts it again, then c"))
    try await session.press("x")
    #expect(session.state.camera.status == .starting, "once is enough")
    try await session.press("c")
    #expect(session.text.contains("the camera is being opened"))
    try await session.send(.eye(.trouble(EyeTrouble(kind: .device, message: "no camera there"))))
    try await session.press("c")
    #expect(session.state.message?.text == "no camera there")
    try await session.press("x c")
    #expect(session.text.contains("x turns it on"))
  }

  @Test("That the camera is off is not said of one that is on again")
  func offAndOn() async throws {
    var session = try await session()
    try await session.press("x")
    #expect(session.state.message?.text == "camera off")
    try await session.press("x")
    #expect(session.state.message == nil)
  }

  @Test("Another listener's calibration comes with the listener")
  func anotherListener() async throws {
    var session = try await session()
    let hers = try #require(
      EmotionCalibration(network: "net", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    )
    try await session.world.store.calibrations.save(hers, CalibrationOwner(ListenerID(2)))
    try await session.type(":user mia")
    try await session.press("Enter >")
    #expect(session.state.listener.name == "mia")
    #expect(session.state.calibration == hers)
    #expect(wishes(session)?.listener == ListenerID(2))
    try await session.type(":user guest")
    try await session.press("Enter >")
    #expect(session.state.calibration == nil)
    #expect(wishes(session)?.calibration == nil)
  }

  @Test("The steps look as they were recorded")
  func pictures() async throws {
    var session = try await session()
    try await session.press("c")
    try await show(&session, 1.5, taken: .angry)
    expectSnapshot(session.screen, named: "calibrate-recording-100x30")
    try await show(&session, from: 2, taken: .angry)
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    expectSnapshot(session.screen, named: "calibrate-choosing-80x24")
    try await session.send(.resized(Size(columns: 40, rows: 12)))
    expectSnapshot(session.screen, named: "calibrate-choosing-40x12")
    try await session.send(.resized(Layout.smallest))
    expectSnapshot(session.screen, named: "calibrate-choosing-40x10")
    try await session.press("u")
    expectSnapshot(session.screen, named: "calibrate-recording-40x10")
  }
}
