import Perception
import Testing

@testable import WatcherProcess

@Suite("Eye keeper")
struct EyeKeeperTests {
  private let open = EyeRequest.open(.camera(0), rate: 15)
  private let opened = EyeReply.opened(
    description: "c", width: 1, height: 1, framesPerSecond: 30)
  private let unplugged = EyeReply.trouble(EyeTrouble(kind: .device, message: "gone"))
  private let glimpse = EyeReply.glimpse(Glimpse(time: 0, frameWidth: 1, frameHeight: 1))

  private func keeper() -> EyeKeeper { EyeKeeper(patience: WatcherPatience()) }

  @Test("Crashes are answered after 1, 2, 4, 8, 16, 30, 30 s")
  func backOff() {
    var keeper = keeper()
    var now = 0.0
    _ = keeper.request(open, at: now)
    var waits: [Double] = []
    for _ in 0..<7 {
      _ = keeper.gone("crash", at: now)
      let due = keeper.deadline ?? -1
      waits.append(due - now)
      #expect(keeper.tick(at: due - 0.01).isEmpty)
      now = due
      #expect(keeper.tick(at: now) == [.start, .send(open)])
    }
    #expect(waits == [1, 2, 4, 8, 16, 30, 30])
  }

  @Test("An eye that ran well for a while starts again at once a second")
  func healthy() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.gone("crash", at: 0)
    _ = keeper.tick(at: 1)
    _ = keeper.gone("crash", at: 100)
    #expect(keeper.deadline == 101)
  }

  @Test("An absent camera is opened after 1, 2, 4 ... s until close")
  func device() {
    var keeper = keeper()
    var now = 0.0
    #expect(keeper.request(open, at: now) == [.start, .send(open)])
    var waits: [Double] = []
    for _ in 0..<4 {
      _ = keeper.heard(.begun, at: now)
      #expect(keeper.heard(unplugged, at: now) == [.deliver(unplugged)])
      let due = keeper.deadline ?? -1
      waits.append(due - now)
      now = due
      #expect(keeper.tick(at: now) == [.send(open)])
    }
    #expect(waits == [1, 2, 4, 8])
    _ = keeper.heard(.begun, at: now)
    _ = keeper.heard(unplugged, at: now)
    #expect(keeper.request(.close, at: now) == [.send(.close), .end])
    #expect(keeper.deadline == nil)
  }

  @Test(
    "Only a device is tried again",
    arguments: [EyeTrouble.Kind.input, .installation, .noFace])
  func otherTroubles(kind: EyeTrouble.Kind) {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(.trouble(EyeTrouble(kind: kind, message: "m")), at: 1)
    #expect(keeper.deadline == nil)
  }

  @Test("An eye that cannot go on looking, but lives, is asked again")
  func failsWhileLooking() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(opened, at: 0)
    _ = keeper.heard(.trouble(EyeTrouble(kind: .eye, message: "no memory")), at: 1)
    #expect(keeper.deadline == 2)
    #expect(keeper.tick(at: 2) == [.send(open)])
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(.trouble(EyeTrouble(kind: .eye, message: "I follow nothing")), at: 3)
    _ = keeper.gone("ended", at: 3)
    #expect(keeper.tick(at: 4) == [.start, .send(open)])
  }

  @Test(
    "An eye that fails at what is done once is asked for nothing more",
    arguments: [
      EyeRequest.once(.camera(0)), .enrol(.camera(0), count: 9),
      .train(path: "/w", seed: 1, lessons: 2),
    ])
  func failsOnce(request: EyeRequest) {
    var keeper = keeper()
    _ = keeper.request(request, at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(.trouble(EyeTrouble(kind: .eye, message: "no memory")), at: 1)
    #expect(keeper.deadline == nil)
  }

  @Test(
    "Neither once nor enrol is tried again",
    arguments: [EyeRequest.once(.camera(0)), .enrol(.camera(0), count: 9)])
  func neverAgain(request: EyeRequest) {
    var keeper = keeper()
    _ = keeper.request(request, at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(unplugged, at: 1)
    #expect(keeper.deadline == nil)
    _ = keeper.request(request, at: 2)
    _ = keeper.heard(.begun, at: 0)
    let trouble = EyeTrouble(kind: .eye, message: "crash")
    #expect(keeper.gone("crash", at: 3) == [.deliver(.trouble(trouble))])
    #expect(keeper.deadline == nil)
  }

  @Test("An eye that falls silent while looking is killed after ten seconds")
  func hangs() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.heard(.begun, at: 0)
    #expect(keeper.deadline == 10)
    _ = keeper.heard(opened, at: 5)
    _ = keeper.heard(glimpse, at: 6)
    #expect(keeper.deadline == 16)
    #expect(keeper.tick(at: 16).first == .kill)
    #expect(keeper.deadline == 17)
  }

  @Test("An eye that looks once a minute has three minutes")
  func slowRate() {
    var keeper = keeper()
    _ = keeper.request(.open(.camera(0), rate: 1.0 / 60), at: 0)
    #expect(keeper.deadline == 180)
  }

  @Test("Who was stopped itself for an hour does not blame the eye")
  func ownPause() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    #expect(keeper.tick(at: 3600).isEmpty)
    #expect(keeper.deadline == 3610)
  }

  @Test("A video that ended, and a closed camera, are waited for by nobody")
  func resting() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(.ended, at: 1)
    #expect(keeper.deadline == nil)
    #expect(keeper.gone("crash", at: 2).isEmpty)
    #expect(keeper.deadline == nil)
  }

  @Test("A new eye is told gallery, preview and job, the last of each")
  func remembers() {
    var keeper = keeper()
    let entry = GalleryEntry(person: 1, template: FaceTemplate(recogniser: "t", bytes: []))
    #expect(keeper.request(.gallery([]), at: 0).isEmpty)
    #expect(keeper.request(.gallery([entry]), at: 0).isEmpty)
    #expect(keeper.request(.preview(nil), at: 0).isEmpty)
    let all: [EyeKeeper.Action] = [
      .start, .send(.gallery([entry])), .send(.preview(nil)), .send(open),
    ]
    #expect(keeper.request(open, at: 0) == all)
    _ = keeper.gone("crash", at: 0)
    #expect(keeper.tick(at: 1) == all)
  }

  @Test("A closed eye ends; the next starts when it is gone, and is told everything again")
  func closes() {
    var keeper = keeper()
    _ = keeper.request(.gallery([]), at: 0)
    _ = keeper.request(open, at: 0)
    #expect(keeper.request(.close, at: 1) == [.send(.close), .end])
    #expect(keeper.request(.close, at: 1).isEmpty)
    #expect(keeper.request(.preview(nil), at: 2).isEmpty)
    #expect(keeper.request(open, at: 2).isEmpty)
    #expect(keeper.deadline == nil)
    #expect(
      keeper.left(at: 3) == [.start, .send(.gallery([])), .send(.preview(nil)), .send(open)])
    #expect(keeper.deadline == 13)
  }

  @Test("What the source before still says does not end the new one")
  func replaced() {
    var keeper = keeper()
    _ = keeper.request(.open(.path("film"), rate: 15), at: 0)
    _ = keeper.heard(.begun, at: 0)
    _ = keeper.heard(opened, at: 0)
    #expect(keeper.request(open, at: 1) == [.send(open)])
    for stale in [.ended, unplugged, glimpse] { #expect(keeper.heard(stale, at: 2).isEmpty) }
    #expect(keeper.deadline == 12, "the new one is still waited for")
    #expect(keeper.heard(.begun, at: 3).isEmpty)
    #expect(keeper.heard(opened, at: 3) == [.deliver(opened)])
    _ = keeper.gone("crash", at: 4)
    #expect(keeper.tick(at: 5) == [.start, .send(open)])
  }

  @Test("Of two sources that were asked for at once only the last one is heard")
  func twice() {
    var keeper = keeper()
    _ = keeper.request(.once(.demo), at: 0)
    _ = keeper.request(open, at: 0)
    _ = keeper.heard(.begun, at: 1)
    #expect(keeper.heard(.ended, at: 1).isEmpty)
    _ = keeper.heard(.begun, at: 2)
    #expect(keeper.heard(glimpse, at: 2) == [.deliver(glimpse)])
  }

  @Test("An eye that had ended by itself when it was closed is waited for no longer")
  func closedWhileDying() {
    for opensAgain in [false, true] {
      var keeper = keeper()
      _ = keeper.request(open, at: 0)
      _ = keeper.request(.close, at: 1)
      if opensAgain { #expect(keeper.request(open, at: 1).isEmpty) }
      #expect(keeper.gone("crash", at: 2) == (opensAgain ? [.start, .send(open)] : []))
      if !opensAgain { #expect(keeper.request(open, at: 3) == [.start, .send(open)]) }
    }
  }

  @Test("Who registers hears why it failed before the eye counts as hung")
  func enrolment() {
    var keeper = keeper()
    _ = keeper.request(.enrol(.camera(0), count: 9), at: 0)
    #expect(keeper.deadline ?? 0 >= EyeRequest.enrolmentSeconds + 5)
  }

  @Test("A closed eye that nobody needs again stays away")
  func staysAway() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.request(.close, at: 1)
    _ = keeper.request(open, at: 2)
    _ = keeper.request(.close, at: 3)
    #expect(keeper.left(at: 4).isEmpty)
    #expect(keeper.deadline == nil)
    #expect(keeper.request(open, at: 5) == [.start, .send(open)])
  }

  @Test("A request during the back-off starts at once")
  func impatient() {
    var keeper = keeper()
    _ = keeper.request(open, at: 0)
    _ = keeper.gone("crash", at: 0)
    let other = EyeRequest.open(.camera(1), rate: 5)
    #expect(keeper.request(other, at: 0.5) == [.start, .send(other)])
  }

  @Test("A training has long between two words, and its end is the end of the job")
  func training() {
    var keeper = keeper()
    let patience = WatcherPatience()
    let picture = Lesson.Picture.file("p", isCropped: true)
    let lesson = Lesson(emotion: .happy, isHeldOut: false, picture: picture)
    let learn = EyeRequest.learn(number: 1, lesson)
    #expect(keeper.request(learn, at: 0) == [.start, .send(learn)])
    #expect(keeper.deadline == patience.onceAnswer)
    _ = keeper.heard(.looked(number: 1, Look(width: 1, height: 1)), at: 1)
    #expect(keeper.deadline == nil)
    let train = EyeRequest.train(path: "f", seed: 1, lessons: 1)
    #expect(keeper.request(train, at: 2) == [.send(train)])
    #expect(keeper.deadline == 2 + patience.trainAnswer)
    _ = keeper.heard(.training(0.5), at: 9)
    #expect(keeper.deadline == 9 + patience.trainAnswer)
    let figures = TrainingFigures(
      learned: 1, confusion: [], accuracy: 0, macroF1: 0, calibrationError: 0, temperature: 1,
      bytes: 1)
    #expect(keeper.heard(.trained(figures), at: 10) == [.deliver(.trained(figures))])
    #expect(keeper.deadline == nil)
    #expect(keeper.gone("left", at: 11).isEmpty)
  }

  private func look(_ number: Int) -> EyeRequest {
    .look(number: number, path: "p", isCropped: false)
  }

  private func looked(_ number: Int) -> EyeReply {
    .looked(number: number, Look(width: 1, height: 1))
  }

  @Test("Pictures may be under way together, and nothing is waited for after the last answer")
  func pictures() {
    var keeper = keeper()
    #expect(keeper.request(look(1), at: 0) == [.start, .send(look(1))])
    #expect(keeper.request(look(2), at: 1) == [.send(look(2))])
    #expect(keeper.heard(looked(1), at: 2) == [.deliver(looked(1))])
    #expect(keeper.deadline == 2 + WatcherPatience().onceAnswer)
    let refused = EyeReply.refused(number: 2, EyeTrouble(kind: .input, message: "m"))
    #expect(keeper.heard(refused, at: 3) == [.deliver(refused)])
    #expect(keeper.deadline == nil)
  }

  @Test("An eye that dies of a picture is told once and started again for the next")
  func deadlyPicture() {
    var keeper = keeper()
    _ = keeper.request(look(1), at: 0)
    _ = keeper.request(look(2), at: 0)
    let told = EyeReply.trouble(EyeTrouble(kind: .eye, message: "crash"))
    #expect(keeper.gone("crash", at: 1) == [.deliver(told)])
    #expect(keeper.deadline == nil)
    #expect(keeper.request(look(3), at: 2) == [.start, .send(look(3))])
    _ = keeper.heard(looked(3), at: 3)
    #expect(keeper.deadline == nil)
  }

  @Test("An eye that hangs over a picture is killed")
  func hangingPicture() {
    var keeper = keeper()
    _ = keeper.request(look(1), at: 0)
    let due = WatcherPatience().onceAnswer
    #expect(keeper.tick(at: due).first == .kill)
    #expect(keeper.deadline == nil)
  }
}
