import Screen
import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("A calibration in front of the camera")
struct CalibrationTests {
  @Test("The face at rest is learnt, stored, applied, and taken back by undo")
  func wholeWay() async throws {
    var session = try await Simulation.watched()
    let owner = CalibrationOwner(.default)
    try await session.press("c")
    #expect(session.wishes?.gathers == true)
    #expect(session.text.contains("as you do when reading"))
    try await session.show(taken: .angry)
    #expect(session.wishes?.gathers == false)
    #expect(session.text.contains("Enter"))
    try await session.press("Enter")
    let learnt = try #require(try await session.world.store.calibrations.current(owner))
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration == learnt)
    #expect(session.wishes?.calibration == learnt)
    #expect(session.wishes?.listener == .default)
    #expect(session.text.contains("calibrated on neutral"))
    #expect(learnt.bias[0] < 0 || learnt.bias[6] > 0)

    try await session.type(":calibrate undo")
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(session.wishes?.calibration == nil)
    #expect(try await session.world.store.calibrations.current(owner) == nil)
    try await session.type(":calibrate undo")
    try await session.press("Enter")
    #expect(session.text.contains("no calibration to undo"))
  }

  @Test("Further expressions are recorded on request, a second try replaces the first")
  func further() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.show(taken: .angry)
    try await session.press("h")
    #expect(session.wishes?.gathers == true)
    #expect(session.text.contains("happy"))
    try await session.show(from: 10, taken: .fear)
    try await session.press("h")
    try await session.show(from: 20, taken: .fear)
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

  @Test("The second in which a face takes on what was asked for is not learnt from")
  func leadIn() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.show(taken: .angry)
    try await session.press("h")
    try await session.show(0.95, from: 10, taken: .angry)
    guard case .calibrating(let waiting) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(waiting.recorded == 0 && waiting.isRecording)
    try await session.show(from: 11, taken: .happy)
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    let smiles = flow.samples.filter { $0.expression == .happy }
    #expect(!smiles.isEmpty && smiles.allSatisfy { $0.time >= 11 })
    #expect(flow.has(.happy))
  }

  @Test("What plays by itself is learnt from its first look on")
  func film() async throws {
    var session = try await Simulation.watched { $0.settings.source = .path("/films/me.mp4") }
    try await session.press("c")
    try await session.show(0.5, taken: .angry)
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.samples.first?.time == 0)
  }

  @Test("Pictures are shown until six of them differ: one that stays is one look")
  func pictures() async throws {
    var session = try await Simulation.watched { $0.settings.source = .path("/faces") }
    try await session.send(.resized(Size(columns: 40, rows: 24)))
    try await session.press("c")
    for picture in 0..<6 {
      for look in 0..<5 {
        var sight = Simulation.sight(.neutral)
        sight.looks = [
          CalibrationSample(
            time: Double(picture) + Double(look) / 5, expression: .neutral,
            scores: Emotion.allCases.map { $0 == .neutral ? 1 : 0 },
            embedding: [0, Float(picture)])
        ]
        try await session.see(sight)
      }
      guard case .calibrating(let flow) = session.state.mode else {
        Issue.record("the calibration is over")
        return
      }
      #expect(flow.different == picture + 1)
      #expect(flow.isRecording == (picture < 5))
      if picture == 4 {
        #expect(session.text.contains("as you do when reading (5 of 6)"))
        #expect(session.text.contains("looks that differ are needed"))
        #expect(flow.fraction < 1)
      }
    }
    try await session.press("Enter")
    #expect(!session.text.contains("of the 6"))
  }

  @Test("Escape at any time leaves the old one in force", arguments: [0.0, 2.0, 5.0])
  func cancelled(after seconds: Double) async throws {
    var session = try await Simulation.watched()
    let old = try await session.keptCalibration()
    try await session.press("x x")
    try await session.see(Simulation.sight(.neutral))
    #expect(session.state.calibration == old)
    try await session.press("c")
    try await session.show(seconds, taken: .angry)
    try await session.press("Esc")
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration == old)
    #expect(session.wishes?.gathers == false)
    #expect(
      try await session.world.store.calibrations.current(CalibrationOwner(.default)) == old)
    #expect(session.text.contains("nothing was changed"))
  }

  @Test("Escape while it learns: what comes late is neither used nor stored")
  func cancelledFit() async throws {
    var session = try await Simulation.watched()
    session.holdsFits = true
    try await session.press("c")
    try await session.show(taken: .angry)
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
    var session = try await Simulation.watched()
    session.holdsFits = true
    for cancels in [true, false] {
      try await session.press("c")
      try await session.show(from: cancels ? 0 : 10, taken: .angry)
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
    var session = try await Simulation.watched()
    session.holdsFits = true
    try await session.press("c")
    try await session.show(taken: .angry)
    try await session.press("Enter Esc c")
    try await session.show(2, from: 10, taken: .angry)
    try await session.finishFits()
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.isRecording && flow.recorded > 0)
    try await session.show(from: 12, taken: .angry)
    try await session.press("Enter")
    try await session.finishFits()
    #expect(session.state.mode == .normal)
    #expect(session.state.calibration != nil)
  }

  @Test("A face that is read well already changes nothing, and says so")
  func nothingBetter() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    for var sight in Simulation.looks(5, from: 0, taken: .neutral) {
      for place in sight.looks.indices { sight.looks[place].scores[6] = 5 }
      try await session.see(sight)
    }
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("nothing was changed"))
  }

  @Test("A smile is not learnt as a face at rest, and what was in force stays")
  func smile() async throws {
    var session = try await Simulation.watched()
    let old = try await session.keptCalibration()
    try await session.press("x x")
    try await session.see(Simulation.sight(.happy))
    try await session.press("c")
    try await session.show(taken: .happy, lean: 5)
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
    var session = try await Simulation.watched()
    try await session.send(.resized(Size(columns: 80, rows: 24)))
    try await session.press("c")
    try await session.show(taken: .angry, lean: 12)
    try await session.press("Enter")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("still read wrongly after learning"))
    #expect(session.text.contains("in more light (nothing kept)"))
    #expect(!session.text.contains("calibrated"))
  }
}
