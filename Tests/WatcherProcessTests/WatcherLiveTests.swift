import Perception
import Testing

@testable import WatcherProcess

@Suite("Watcher through a process", .timeLimit(.minutes(2)))
struct WatcherLiveTests {
  private static let glimpse = Glimpse(time: 1, frameWidth: 640, frameHeight: 480)
  private static let opened = EyeReply.opened(
    description: "a camera", width: 640, height: 480, framesPerSecond: 30)

  private func quick() -> WatcherPatience {
    var patience = WatcherPatience()
    patience.backOff = [0.01]
    return patience
  }

  private func watcher(_ eye: FakeEye, patience: WatcherPatience? = nil) -> Watcher {
    .live(executable: eye.executable, patience: patience ?? quick()) { _ in }
  }

  /// The replies up to and including the first that `isLast` names.
  private func replies(
    of watcher: Watcher, until isLast: @Sendable (EyeReply) -> Bool
  ) async -> [EyeReply] {
    var seen: [EyeReply] = []
    for await reply in watcher.replies() {
      seen.append(reply)
      if isLast(reply) { break }
    }
    return seen
  }

  @Test("It delivers what the eye says, previews on their own way, and leaves nothing behind")
  func delivers() async throws {
    let preview = Preview(columns: 1, rows: 1, cells: [PreviewCell(glyph: 64)])
    let eye = try FakeEye(
      "cat words; cat > heard; exit",
      says: ["words": [.begun, Self.opened, .glimpse(Self.glimpse), .preview(preview), .ended]])
    let watcher = watcher(eye)
    watcher.send(.open(.demo, rate: 15))
    let seen = await replies(of: watcher) { $0 == .ended }
    #expect(seen == [Self.opened, .glimpse(Self.glimpse), .ended])
    var previews = watcher.previews().makeAsyncIterator()
    #expect(await previews.next() == preview)
    await watcher.stop()
    #expect(eye.isGone)
    #expect(try eye.requests(in: "heard") == [.open(.demo, rate: 15), .close])
  }

  @Test("The eye starts with the first thing to look at, not before")
  func lazy() async throws {
    let eye = try FakeEye("cat > heard; exit")
    let watcher = watcher(eye)
    let gallery = [
      GalleryEntry(person: 7, template: FaceTemplate(recogniser: "t", bytes: [1, 2, 3]))
    ]
    let format = PreviewFormat(columns: 20, rows: 10, glyphs: .ascii, colour: true)
    watcher.send(.gallery(gallery))
    watcher.send(.preview(format))
    watcher.send(.open(.camera(0), rate: 15))
    let expected: [EyeRequest] = [
      .gallery(gallery), .preview(format), .open(.camera(0), rate: 15),
    ]
    #expect(try await eventually { try eye.requests(in: "heard") == expected })
    #expect(eye.starts.count == 1)
    await watcher.stop()
  }

  @Test("An eye that dies at once is named, started again, and told again what it is to do")
  func dies() async throws {
    let eye = try FakeEye(
      "[ $(wc -l < starts) -lt 3 ] && exit 3; cat words; cat > heard; exit",
      says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye)
    watcher.send(.gallery([]))
    watcher.send(.open(.camera(0), rate: 15))
    let seen = await replies(of: watcher) { $0 == Self.opened }
    let trouble = EyeTrouble(
      kind: .eye, message: "the eye ended (exit 3); looking again in 0.01 s")
    #expect(seen == [.trouble(trouble), .trouble(trouble), Self.opened])
    #expect(
      try await eventually {
        try eye.requests(in: "heard") == [.gallery([]), .open(.camera(0), rate: 15)]
      })
    await watcher.stop()
    #expect(eye.starts.count == 3)
    #expect(eye.isGone)
  }

  @Test("An eye that dies between two lessons is not the one that is told to train on them")
  func diesBetweenLessons() async throws {
    let answers = (1...2).map { EyeReply.looked(number: $0, Look(width: 1, height: 1)) }
    let eye = try FakeEye(
      "n=$(wc -l < starts); cat words$n; [ $n -lt 2 ] && exit; cat > heard; exit",
      says: ["words1": [answers[0]], "words2": [answers[1]]])
    let watcher = watcher(eye)
    let lesson = Lesson(emotion: .sad, isHeldOut: false, picture: .file("p", isCropped: true))
    watcher.send(.learn(number: 1, lesson))
    #expect(await replies(of: watcher) { _ in true } == [answers[0]])
    #expect(await eventually { eye.isGone })
    watcher.send(.learn(number: 2, lesson))
    #expect(await replies(of: watcher) { _ in true } == [answers[1]], "nobody is told")
    let train = EyeRequest.train(path: "f", seed: 1, lessons: 2)
    watcher.send(train)
    // One lesson of two: by that the eye knows what it is asked.
    #expect(
      try await eventually { try eye.requests(in: "heard") == [.learn(number: 2, lesson), train] })
    await watcher.stop()
    #expect(eye.starts.count == 2)
  }

  @Test("A closed camera ends the eye; a new one is told gallery and preview again")
  func closes() async throws {
    let eye = try FakeEye(
      "n=$(wc -l < starts); cat words; cat > heard$n; exit", says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye)
    let format = PreviewFormat(columns: 20, rows: 10, glyphs: .ascii, colour: true)
    let all: [EyeRequest] = [.gallery([]), .preview(format), .open(.camera(0), rate: 15)]
    for request in all { watcher.send(request) }
    _ = await replies(of: watcher) { $0 == Self.opened }
    watcher.send(.close)
    #expect(await eventually { eye.isGone })
    #expect(try eye.requests(in: "heard1") == all + [.close])
    watcher.send(.open(.camera(0), rate: 15))
    #expect(await replies(of: watcher) { _ in true } == [Self.opened], "no trouble is told")
    #expect(try await eventually { try eye.requests(in: "heard2") == all })
    await watcher.stop()
    #expect(eye.starts.count == 2)
    #expect(eye.isGone)
  }

  @Test("A closed eye that does not want to go is killed, and the next one starts")
  func closesStubborn() async throws {
    var patience = quick()
    patience.leave = 0.1
    let eye = try FakeEye(
      "cat words; [ $(wc -l < starts) -lt 2 ] && exec sleep 1000; exec cat > heard",
      says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye, patience: patience)
    watcher.send(.open(.camera(0), rate: 15))
    _ = await replies(of: watcher) { $0 == Self.opened }
    watcher.send(.close)
    watcher.send(.once(.demo))
    #expect(await replies(of: watcher) { _ in true } == [Self.opened])
    #expect(try await eventually { try eye.requests(in: "heard") == [.once(.demo)] })
    await watcher.stop()
    #expect(eye.isGone)
  }

  @Test("A crash is told by its signal")
  func crashes() async throws {
    let eye = try FakeEye("kill -SEGV $$")
    let watcher = watcher(eye)
    watcher.send(.once(.path("face.png")))
    let seen = await replies(of: watcher) { _ in true }
    #expect(
      seen == [.trouble(EyeTrouble(kind: .eye, message: "the eye crashed (signal 11)"))])
    await watcher.stop()
    #expect(eye.starts.count == 1, "once is never tried again")
    #expect(eye.isGone)
  }

  @Test("An eye that babbles is killed and started again")
  func babbles() async throws {
    let eye = try FakeEye(
      "[ $(wc -l < starts) -lt 2 ] && { echo 'OpenCV: what a fine day'; exec sleep 1000; }\n"
        + "cat words; exec cat",
      says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye)
    watcher.send(.open(.camera(0), rate: 15))
    let seen = await replies(of: watcher) { $0 == Self.opened }
    #expect(seen.count == 2)
    guard case .trouble(let trouble) = seen.first else { return #expect(Bool(false), "\(seen)") }
    #expect(trouble.kind == .eye)
    #expect(trouble.message.hasPrefix("the eye spoke nonsense: "))
    await watcher.stop()
    #expect(eye.isGone)
  }

  @Test("An eye that hangs is killed and started again")
  func hangs() async throws {
    var patience = quick()
    patience.answer = 0.2
    let eye = try FakeEye(
      "trap '' TERM\n[ $(wc -l < starts) -lt 2 ] && exec sleep 1000\n"
        + "while :; do cat words; sleep 0.02; done",
      says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye, patience: patience)
    watcher.send(.open(.camera(0), rate: 15))
    let seen = await replies(of: watcher) { $0 == Self.opened }
    let message = "the eye does not answer; looking again in 0.01 s"
    #expect(seen.first == .trouble(EyeTrouble(kind: .eye, message: message)))
    await watcher.stop()
    #expect(eye.isGone)
  }

  @Test("An unplugged camera is opened again until it is back")
  func unplugged() async throws {
    let away = EyeReply.trouble(EyeTrouble(kind: .device, message: "no camera 0"))
    let length = EyeFraming.encode(EyeRequest.open(.camera(0), rate: 15)).count
    let eye = try FakeEye(
      """
      next() { head -c \(length) > asked; cat asked >> heard; }
      next; cat away; next; cat away; next; cat back; exec cat
      """, says: ["away": [.begun, away], "back": [.begun, Self.opened]])
    let watcher = watcher(eye)
    watcher.send(.open(.camera(0), rate: 15))
    let seen = await replies(of: watcher) { $0 == Self.opened }
    #expect(seen == [away, away, Self.opened])
    #expect(
      try eye.requests(in: "heard") == Array(repeating: .open(.camera(0), rate: 15), count: 3))
    await watcher.stop()
    #expect(eye.isGone)
    #expect(eye.starts.count == 1)
  }

  @Test("A missing program is an installation trouble, told once")
  func missing() async throws {
    let watcher = Watcher.live(executable: "/nowhere/emus-eye", patience: quick()) { _ in }
    watcher.send(.open(.camera(0), rate: 15))
    let seen = await replies(of: watcher) { _ in true }
    guard case .trouble(let trouble) = seen.first else { return #expect(Bool(false), "\(seen)") }
    #expect(trouble.kind == .installation)
    #expect(trouble.message.contains("/nowhere/emus-eye"))
    await watcher.stop()
    #expect(await replies(of: watcher) { _ in true }.isEmpty)
  }

  @Test("An eye that does not want to go is killed and reaped")
  func stubborn() async throws {
    var patience = quick()
    patience.leave = 0.1
    let eye = try FakeEye(
      "trap '' TERM; cat words; exec sleep 1000", says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye, patience: patience)
    watcher.send(.open(.camera(0), rate: 15))
    _ = await replies(of: watcher) { $0 == Self.opened }
    await watcher.stop()
    #expect(eye.starts.count == 1)
    #expect(eye.isGone)
  }

  @Test("An eye that does not want to go is gone before the next one wants its camera")
  func leavesTheCamera() async throws {
    var patience = quick()
    patience.leave = 0.1
    let eye = try FakeEye(
      """
      [ $(wc -l < starts) = 2 ] && kill -0 $(head -n 1 starts) && echo > overlap
      trap '' TERM; cat words; exec sleep 1000
      """, says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye, patience: patience)
    for _ in 0..<2 {
      watcher.send(.open(.camera(0), rate: 15))
      #expect(await replies(of: watcher) { $0 == Self.opened } == [Self.opened])
      watcher.send(.close)
    }
    #expect(eye.starts.count == 2)
    #expect(eye.bytes(of: "overlap").isEmpty)
    await watcher.stop()
    #expect(eye.isGone)
  }

  @Test("Where nobody reads, troubles and the newest glimpses are kept, in their order")
  func nobodyReads() async throws {
    let trouble = EyeReply.trouble(EyeTrouble(kind: .eye, message: "first"))
    let glimpses = (0..<2_000).map { index in
      EyeReply.glimpse(Glimpse(time: Double(index), frameWidth: 1, frameHeight: 1))
    }
    let last = EyeReply.preview(Preview(columns: 0, rows: 0, cells: []))
    let eye = try FakeEye(
      "cat words; exec cat", says: ["words": [.begun, trouble] + glimpses + [.ended, last]])
    let watcher = watcher(eye)
    watcher.send(.once(.demo))
    // The preview came after all the others, so they are in the mailbox now.
    var previews = watcher.previews().makeAsyncIterator()
    _ = await previews.next()
    let seen = await replies(of: watcher) { $0 == .ended }
    #expect(seen == [trouble] + glimpses.suffix(254) + [.ended])
    await watcher.stop()
  }

  @Test("Requests to an eye that does not read block nobody")
  func deaf() async throws {
    var patience = quick()
    patience.leave = 0.05
    let eye = try FakeEye("cat words; exec sleep 1000", says: ["words": [.begun, Self.opened]])
    let watcher = watcher(eye, patience: patience)
    let face = FaceTemplate(recogniser: "t", bytes: Array(repeating: 7, count: 1 << 20))
    watcher.send(.open(.camera(0), rate: 15))
    for _ in 0..<20 { watcher.send(.gallery([GalleryEntry(person: 1, template: face)])) }
    #expect(await replies(of: watcher) { $0 == Self.opened } == [Self.opened])
    await watcher.stop()
    #expect(eye.isGone)
  }

  @Test("Stopping what never started, and stopping twice, ends the streams")
  func stopWithoutStart() async {
    let watcher = Watcher.live(executable: "/nowhere") { _ in }
    await watcher.stop()
    await watcher.stop()
    watcher.send(.open(.demo, rate: 1))
    #expect(await replies(of: watcher) { _ in true }.isEmpty)
  }

  @Test("Descriptors of the player do not reach the eye")
  func noDescriptors() async throws {
    let eye = try FakeEye(
      "ls /proc/$$/fd > open; cat words; exec cat", says: ["words": [.begun, .ended]])
    let (ours, theirs) = try Descriptor.pair()
    let watcher = watcher(eye)
    watcher.send(.once(.demo))
    _ = await replies(of: watcher) { $0 == .ended }
    await watcher.stop()
    let numbers = String(decoding: eye.bytes(of: "open"), as: UTF8.self)
      .split(separator: "\n").compactMap { Int32($0) }
    // The shell keeps descriptors of its own from 10 on.
    #expect(numbers.filter { $0 < 10 }.sorted() == [0, 1, 2])
    withExtendedLifetime((ours, theirs)) {}
  }
}
