import Music
import Screen
import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("A calibration and the camera")
struct CalibrationCameraTests {
  @Test(
    "The key for the camera turns it off at every step, and nothing is learnt", arguments: 0..<3)
  func cameraOff(step: Int) async throws {
    var session = try await Simulation.watched {
      $0.keymap.bind(Binding(keys: [.function(8)], command: "camera off"))
    }
    session.holdsFits = true
    try await session.press("c")
    try await session.show(step == 0 ? 2 : 5, taken: .angry)
    if step == 2 { try await session.press("Enter") }
    try await session.press(step == 1 ? "F8" : "x")
    #expect(session.state.mode == .normal)
    #expect(!session.state.camera.isOn)
    #expect(session.effects.contains(.eye(.close)))
    #expect(session.wishes?.gathers == false)
    #expect(session.text.contains("camera off; calibration left: nothing was changed"))
    try await session.finishFits()
    #expect(session.state.calibration == nil && !session.state.camera.isOn)
    let owner = CalibrationOwner(.default)
    #expect(try await session.world.store.calibrations.current(owner) == nil)
  }

  @Test("What stands in the way is told, and no time runs meanwhile")
  func obstacle() async throws {
    var session = try await Simulation.watched()
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

  @Test("What was seen of somebody else before the face was recognised is not learnt")
  func recognisedLate() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.show(3, taken: .angry)
    var mia = Simulation.sight(.neutral)
    mia.verdict = .matched(person: 2, score: 0.9)
    try await session.see(mia)
    guard case .calibrating(let flow) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(flow.samples.isEmpty && flow.recorded == 0 && flow.isRecording)
    #expect(session.text.contains("mia's face"))
    try await session.show(from: 10, taken: .angry)
    guard case .calibrating(let own) = session.state.mode else {
      Issue.record("the calibration is over")
      return
    }
    #expect(own.has(.neutral) && own.samples.allSatisfy { $0.time > 10.9 })
  }

  @Test("Who was announced is who is calibrated, though the song is still another's")
  func announced() async throws {
    var session = try await Simulation.watched()
    try await session.type(":user mia")
    try await session.press("Enter")
    #expect(session.state.nextListener?.name == "mia")
    try await session.press("c")
    #expect(session.text.contains("your face, mia"))
    #expect(session.wishes?.listener == session.state.nextListener?.id)
    try await session.show(taken: .angry)
    try await session.press("Enter")
    let mia = CalibrationOwner(try #require(session.state.nextListener?.id))
    let stored = try await session.world.store.calibrations.current(mia)
    #expect(stored != nil)
    let own = try await session.world.store.calibrations.current(CalibrationOwner(.default))
    #expect(own == nil && session.state.calibration == nil, "the song's listener keeps theirs")
    #expect(session.wishes?.listener == .default)
  }

  @Test("Nothing is learnt for a guest who was announced")
  func announcedGuest() async throws {
    var session = try await Simulation.watched()
    try await session.type(":user guest")
    try await session.press("Enter")
    try await session.press("c")
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("nothing of a guest is kept"))
  }

  @Test("What is shown to a calibration does not choose the songs to come")
  func posedMood() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    let before = session.state.queue.upcoming.map(\.track)
    func asked() -> Int {
      session.effects.count { if case .recommend = $0 { true } else { false } }
    }
    let askedBefore = asked()
    var sight = Simulation.sight(.sad)
    sight.mood = Mood(valence: -0.9, arousal: -0.6, certainty: 1, source: .face)
    for _ in 0..<20 { try await session.see(sight) }
    #expect(session.state.queue.upcoming.map(\.track) == before)
    #expect(asked() == askedBefore)
  }

  @Test("A face that may be somebody else's is named while nothing of it is learnt")
  func maybeSomebodyElse() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    var sight = Simulation.sight(.neutral)
    sight.stranger = 2
    try await session.see(sight)
    #expect(session.text.contains("mia's face: Esc, then :user mia"))
  }

  @Test("Guests, and listeners without a camera, are told why not")
  func refused() async throws {
    var guest = try await Simulation.watched { $0.listener = .guest }
    try await guest.press("c")
    #expect(guest.state.mode == .normal)
    #expect(guest.text.contains("nothing of a guest is kept"))
    var blind = Simulation()
    try await blind.start()
    try await blind.press("c")
    #expect(blind.state.mode == .normal)
    #expect(blind.text.contains("set camera 0"))
    var absent = Simulation {
      $0.settings.source = .camera(0)
      $0.settings.looksAtStart = false
    }
    try await absent.start()
    try await absent.press("c")
    #expect(absent.text.contains("no camera was found: plug one in, then x and c"))
    try await absent.press("x")
    let opened = EyeReply.opened(description: "c", width: 640, height: 480, framesPerSecond: 30)
    try await absent.send(.eye(opened))
    try await absent.press("x c")
    #expect(absent.text.contains("x turns it on"))
    var off = Simulation { $0.settings.source = .camera(0) }
    try await off.start()
    try await off.press("c")
    #expect(off.state.mode == .normal)
    #expect(off.text.contains("the camera is being opened"))
  }

  @Test("A camera that fails, or is switched off, ends the calibration")
  func cameraFails() async throws {
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.send(.eye(.trouble(EyeTrouble(kind: .device, message: "gone"))))
    #expect(session.state.mode == .normal)
    #expect(session.wishes?.gathers == false)
  }

  @Test("A picture that ends leaves what was shown to be learnt, and asks for nothing more")
  func pictureEnds() async throws {
    for isRecording in [false, true] {
      var session = try await Simulation.watched()
      try await session.press("c")
      try await session.show(taken: .angry)
      if isRecording { try await session.press("h") }
      try await session.send(.eye(.ended))
      #expect(session.text.contains("The picture has ended."))
      #expect(!session.text.contains("letter show"))
      try await session.press("h")
      #expect(session.wishes?.gathers == false)
      try await session.press("Enter")
      #expect(session.state.mode == .normal && session.state.calibration != nil)
    }
    var session = try await Simulation.watched()
    try await session.press("c")
    try await session.send(.eye(.ended))
    #expect(session.state.mode == .normal)
    #expect(session.text.contains("calibration left: the picture has ended"))
  }

  @Test("What keeps a face from being learnt is told as it is")
  func notLooking() async throws {
    var session = try await Simulation.watched()
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
    var session = try await Simulation.watched()
    try await session.press("x")
    #expect(session.state.message?.text == "camera off")
    try await session.press("x")
    #expect(session.state.message == nil)
  }
}
