import Screen
import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("The calibration that is in force")
struct CalibrationInForceTests {
  @Test("Another network's calibration is not used, and says so")
  func otherNetwork() async throws {
    var session = try await Simulation.watched()
    _ = try await session.keptCalibration(of: "old")
    try await session.press("x x")
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("another emotion network"))
  }

  @Test("A damaged calibration is told, and the camera goes on without it")
  func damagedCalibration() async throws {
    var session = try await Simulation.watched()
    let owner = CalibrationOwner(.default)
    let old = try await session.keptCalibration(for: owner)
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
    var session = try await Simulation.watched()
    let owner = CalibrationOwner(.default)
    session.state.calibration = EmotionCalibration(
      network: "net", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    try await session.send(.calibrationUndone(owner, wasThere: true, nil))
    try await session.send(.calibrationDamaged(owner))
    #expect(session.state.calibration == nil)
    #expect(session.wishes?.calibration == nil)
    #expect(session.text.contains("calibration is damaged"))
    // Another listener's is not this one's.
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.send(.calibrationDamaged(CalibrationOwner(ListenerID(2))))
    #expect(!session.text.contains("damaged"))
  }

  @Test("Where undo leads to one of another network, that is what is told")
  func undoToForeign() async throws {
    var session = try await Simulation.watched()
    let foreign = EmotionCalibration(
      network: "old", width: 2, bias: .init(repeating: 0, count: 7), weights: [])
    try await session.send(
      .calibrationUndone(CalibrationOwner(.default), wasThere: true, foreign))
    #expect(session.state.calibration == nil)
    #expect(session.text.contains("another emotion network"))
  }

  @Test("Where no network reads, there is nothing to correct, and nothing is said of it")
  func withoutNetwork() async throws {
    var session = try await Simulation.watched { $0.network = "" }
    _ = try await session.keptCalibration()
    try await session.press("x x")
    #expect(session.state.calibration == nil)
    #expect(!session.text.contains("another emotion network"))
    try await session.see(Simulation.sight(.neutral))
    try await session.press("c")
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("does not read now"))
  }

  @Test("Another listener's calibration comes with the listener")
  func anotherListener() async throws {
    var session = try await Simulation.watched()
    let hers = try await session.keptCalibration(for: CalibrationOwner(ListenerID(2)))
    try await session.type(":user mia")
    try await session.press("Enter >")
    #expect(session.state.listener.name == "mia")
    #expect(session.state.calibration == hers)
    #expect(session.wishes?.listener == ListenerID(2))
    try await session.type(":user guest")
    try await session.press("Enter >")
    #expect(session.state.calibration == nil)
    #expect(session.wishes?.calibration == nil)
  }
}
