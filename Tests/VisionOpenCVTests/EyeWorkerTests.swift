import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct EyeWorkerTests {
  private let scratch: TemporaryFolder
  private let weights: String

  init() throws {
    scratch = try TemporaryFolder()
    weights = try scratch.write(OnnxBytes.network(), to: "emotion.onnx")
  }

  private final class Replies { var all: [EyeReply] = [] }

  /// Stands still until it is told to go on.
  private final class ManualClock { var now = ContinuousClock.now }

  private func worker(weights: String? = nil, clock: ManualClock? = nil) -> (EyeWorker, Replies) {
    let replies = Replies()
    let eye = Eye(installation: Installation(weights: weights ?? self.weights))
    return (
      EyeWorker(eye: eye, now: { clock?.now ?? .now }) { replies.all.append($0) }, replies
    )
  }

  /// Replies to one request until there is nothing left to do, at most `steps` steps.
  private func answers(
    _ requests: EyeRequest..., steps: Int = 400, weights: String? = nil
  ) -> [EyeReply] {
    let (worker, replies) = worker(weights: weights)
    for request in requests { worker.handle(request) }
    for _ in 0..<steps where worker.step() == nil { break }
    return replies.all
  }

  private func glimpses(_ replies: [EyeReply]) -> [Glimpse] {
    replies.compactMap { if case .glimpse(let glimpse) = $0 { glimpse } else { nil } }
  }

  private func troubles(_ replies: [EyeReply]) -> [EyeTrouble] {
    replies.compactMap { if case .trouble(let trouble) = $0 { trouble } else { nil } }
  }

  private func templates(_ replies: [EyeReply]) -> [(FaceTemplate, Int)] {
    replies.compactMap {
      if case .enrolled(let template, let frames) = $0 { (template, frames) } else { nil }
    }
  }

  @Test("once on an image: opened, one glimpse, ended")
  func onceImage() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let replies = answers(.once(.path(image)))
    #expect(replies.count == 4 && replies.first == .begun)
    #expect(
      replies[1]
        == .opened(description: "face.png", width: 320, height: 240, framesPerSecond: 0))
    let glimpse = try #require(glimpses(replies).first)
    #expect(glimpse.face != nil)
    #expect(glimpse.faceCount == 1)
    #expect(glimpse.logits?.count == 7)
    #expect(glimpse.candidates.isEmpty)
    #expect(glimpse.timing.detect > 0 && glimpse.timing.classify > 0)
    #expect(replies.last == .ended)
  }

  @Test("once on the drawn face: five glimpses with a face")
  func onceDemo() {
    let replies = answers(.once(.demo))
    #expect(glimpses(replies).count == 5)
    #expect(glimpses(replies).allSatisfy { $0.face != nil })
    let times = glimpses(replies).map(\.time)
    #expect(times == times.sorted() && Set(times).count == 5)
    #expect(replies.last == .ended)
  }

  @Test("once where nobody is: one glimpse without a face")
  func onceNobody() throws {
    let folder = try scratch.folder("empty rooms")
    for index in 0..<3 {
      let levels = [UInt8](repeating: UInt8(60 + index), count: 64 * 48)
      try scratch.write(
        ImageBytes.png(levels, width: 64, height: 48), to: "empty rooms/\(index).png")
    }
    let replies = answers(.once(.path(folder)))
    #expect(glimpses(replies).count == 1)
    #expect(glimpses(replies).first?.face == nil)
    #expect(glimpses(replies).first?.logits == nil)
    #expect(replies.last == .ended)
  }

  @Test("without a source there is only an end")
  func none() {
    #expect(answers(.once(.none)) == [.begun, .ended])
    #expect(answers(.open(.none, rate: 5)) == [.begun, .ended])
  }

  @Test("troubles are replies, and the next request is served")
  func troubles() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let replies = answers(.once(.path(scratch.path + "/none")), .once(.path(image)))
    #expect(troubles(replies).map(\.kind) == [.input])
    #expect(replies.last == .ended)
    let noWeights = answers(.once(.path(image)), weights: "/nowhere/emotion.onnx")
    #expect(troubles(noWeights).map(\.kind) == [.installation])
    #expect(troubles(noWeights).first?.message.contains("/nowhere/emotion.onnx") == true)
  }

  @Test("live: an image stays, with a preview when asked, until it is closed")
  func liveImage() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let clock = ManualClock()
    let (worker, replies) = worker(clock: clock)
    let format = PreviewFormat(columns: 20, rows: 10, glyphs: .ascii, colour: false)
    worker.handle(.preview(format))
    worker.handle(.open(.path(image), rate: 10))
    #expect(worker.step() == .milliseconds(500))
    clock.now += .milliseconds(500)
    #expect(worker.step() == .milliseconds(500))
    worker.handle(.preview(nil))
    clock.now += .milliseconds(500)
    #expect(worker.step() == .milliseconds(500))
    #expect(glimpses(replies.all).count == 3)
    #expect(Set(glimpses(replies.all).map(\.face?.box)).count == 1)
    let previews = replies.all.filter { if case .preview = $0 { true } else { false } }
    #expect(previews.count == 2)
    worker.handle(.close)
    #expect(worker.step() == nil)
  }

  @Test("live: a folder shows one image after the other, over and over")
  func liveFolder() throws {
    let folder = try scratch.folder("pictures")
    for (name, width) in [("a.png", 320), ("b.png", 200)] {
      try scratch.write(ImageBytes.demoFace(width: width, height: 240), to: "pictures/" + name)
    }
    let clock = ManualClock()
    let (worker, replies) = worker(clock: clock)
    worker.handle(.open(.path(folder), rate: 15))
    while glimpses(replies.all).count < 7 {
      let pause = try #require(worker.step())
      clock.now += pause
    }
    #expect(glimpses(replies.all).map(\.frameWidth) == [320, 320, 320, 200, 200, 200, 320])
  }

  @Test("live: what is asked for in between only draws a picture again")
  func liveFolderInBetween() throws {
    let folder = try scratch.folder("pictures")
    for name in ["a.png", "b.png"] {
      try scratch.write(ImageBytes.demoFace(), to: "pictures/" + name)
    }
    let clock = ManualClock()
    let (worker, replies) = worker(clock: clock)
    worker.handle(.open(.path(folder), rate: 15))
    _ = try #require(worker.step())
    for columns in 20..<25 {
      worker.handle(
        .preview(PreviewFormat(columns: columns, rows: 10, glyphs: .ascii, colour: false)))
      clock.now += .milliseconds(50)
      let pause = try #require(worker.step())
      #expect(pause == .milliseconds(500 - 50 * (columns - 19)))
    }
    #expect(glimpses(replies.all).count == 1)
    #expect(replies.all.count { if case .preview = $0 { true } else { false } } == 5)
  }

  @Test("live: the drawn face plays at its own pace, at most as often as was asked")
  func liveDemo() throws {
    let (worker, replies) = worker()
    worker.handle(.open(.demo, rate: 50))
    var steps = 0
    while glimpses(replies.all).count < 4, steps < 1_000_000 {
      let pause = try #require(worker.step())
      #expect(pause <= .seconds(1 / DemoFace.framesPerSecond))
      steps += 1
    }
    let frames = glimpses(replies.all).map { $0.time * DemoFace.framesPerSecond }
    #expect(frames.count == 4)
    #expect(frames.allSatisfy { abs($0 - $0.rounded()) < 1e-9 })
    #expect(zip(frames, frames.dropFirst()).allSatisfy { $1 - $0 > 0.5 })
  }

  @Test("live: who is registered before a picture that stays is known in it")
  func registeredMeanwhile() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let (template, _) = try #require(templates(answers(.enrol(.path(image), count: 1))).first)
    let clock = ManualClock()
    let (worker, replies) = worker(clock: clock)
    worker.handle(.open(.path(image), rate: 10))
    _ = worker.step()
    worker.handle(.gallery([GalleryEntry(person: 7, template: template)]))
    clock.now += .milliseconds(50)
    #expect(worker.step() == .milliseconds(450), "it is not hurried")
    #expect(glimpses(replies.all).count == 1)
    clock.now += .milliseconds(450)
    _ = worker.step()
    let seen = glimpses(replies.all)
    #expect(seen.map { $0.candidates.first?.person } == [nil, 7])
  }

  @Test("live: a frame of a film that stays for long is reported twice a second")
  func slowFilm() throws {
    let frames = [0.0, 2].map { DemoFace.render(at: $0, width: 320, height: 240) }
    let film = try scratch.write(
      ImageBytes.y4m(frames, width: 320, height: 240, rate: "1:5"), to: "slow.y4m")
    let clock = ManualClock()
    let (worker, replies) = worker(clock: clock)
    worker.handle(.open(.path(film), rate: 15))
    while glimpses(replies.all).count < 15 {
      let pause = try #require(worker.step())
      #expect(pause <= .milliseconds(500))
      clock.now += pause
    }
    let times = glimpses(replies.all).map(\.time)
    #expect(zip(times, times.dropFirst()).allSatisfy { 0.4...0.6 ~= $1 - $0 }, "\(times)")
    #expect(times.contains(5), "the second frame is shown when it is due")
  }

  @Test("live: a film that is decoded more slowly than it plays is never silent for long")
  func heavyFilm() throws {
    let face = DemoFace.render(at: 0, width: 80, height: 60)
    let film = try scratch.write(
      ImageBytes.y4m(
        [[UInt8]](repeating: face, count: 300), width: 80, height: 60, rate: "100:1"),
      to: "heavy.y4m")
    let clock = ManualClock()
    let replies = Replies()
    // Each look at the clock takes as long as two frames of the film.
    let worker = EyeWorker(
      eye: Eye(installation: Installation(weights: weights)),
      now: {
        clock.now += .milliseconds(20)
        return clock.now
      }
    ) { replies.all.append($0) }
    worker.handle(.open(.path(film), rate: 15))
    var steps = 0
    while replies.all.last != .ended, steps < 1000 {
      _ = worker.step()
      steps += 1
    }
    let places = glimpses(replies.all).map { Int(($0.time * 100).rounded()) }
    #expect(places.count > 10)
    #expect(zip(places, places.dropFirst()).allSatisfy { $1 - $0 <= 30 }, "\(places)")
  }

  @Test("a registered face is a candidate above the threshold, another is not")
  func enrolAndRecognise() throws {
    let folder = try scratch.folder("me")
    for (index, time) in [0.0, 2, 4].enumerated() {
      try scratch.write(ImageBytes.demoFace(at: time), to: "me/\(index).png")
    }
    let enrolment = answers(.enrol(.path(folder), count: 3))
    let (template, frames) = try #require(templates(enrolment).first)
    #expect(frames == 3)
    #expect(glimpses(enrolment).count == 3)
    #expect(glimpses(enrolment).allSatisfy { $0.face != nil && $0.logits == nil })
    let other = try #require(
      FacePatterns(counts: [UInt8](repeating: 2, count: FacePatterns.count)))
    let gallery = EyeRequest.gallery([
      GalleryEntry(person: 4, template: FaceTemplate(samples: [other])),
      GalleryEntry(person: 9, template: template),
    ])
    let image = try scratch.write(ImageBytes.demoFace(at: 3), to: "face.png")
    let glimpse = try #require(glimpses(answers(gallery, .once(.path(image)))).first)
    #expect(glimpse.candidates.map(\.person) == [9, 4])
    #expect(glimpse.candidates.first?.isMatch == true)
    #expect(glimpse.candidates.last?.isMatch == false)
    #expect(glimpse.timing.identify > 0)
  }

  @Test("enrolling needs no weights, and one good image will do")
  func enrolImage() throws {
    let image = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let replies = answers(.enrol(.path(image), count: 5), weights: "/nowhere")
    #expect(templates(replies).map { $0.1 } == [1])
  }

  @Test("enrolling without a face says so")
  func enrolNobody() throws {
    let image = try scratch.write(
      ImageBytes.png([UInt8](repeating: 99, count: 6400), width: 80, height: 80), to: "wall.png")
    let trouble = try #require(troubles(answers(.enrol(.path(image), count: 5))).first)
    #expect(trouble.kind == .noFace)
    #expect(trouble.message.contains("no face"))
  }

  @Test("enrolling in the dark says so")
  func enrolDark() throws {
    let dark = DemoFace.render(at: 0, width: 320, height: 240).map { $0 / 14 }
    let image = try scratch.write(ImageBytes.png(dark, width: 320, height: 240), to: "dark.png")
    let trouble = try #require(troubles(answers(.enrol(.path(image), count: 5))).first)
    #expect(trouble.kind == .noFace)
  }

  @Test("a picture of two people enrols nobody")
  func enrolTwo() throws {
    let one = DemoFace.render(at: 0, width: 320, height: 240)
    let two = (0..<240).flatMap { row -> [UInt8] in
      let line = Array(one[row * 320..<(row + 1) * 320])
      return line + line
    }
    let image = try scratch.write(ImageBytes.png(two, width: 640, height: 240), to: "two.png")
    let trouble = try #require(troubles(answers(.enrol(.path(image), count: 5))).first)
    #expect(trouble.kind == .noFace)
    #expect(trouble.message.contains("more than one face"))
    let glimpse = try #require(glimpses(answers(.once(.path(image)))).first)
    #expect(glimpse.faceCount == 2)
  }

  @Test(
    "a video enrols frames that differ, and plays to its end",
    .enabled(if: Place.video != nil, "needs a video"))
  func video() throws {
    let video = ImageSource.path(try #require(Place.video))
    let (template, frames) = try #require(
      templates(answers(.enrol(video, count: 5))).first)
    #expect(frames == 5)
    #expect(template.samples?.count == 5)
    let gallery = EyeRequest.gallery([GalleryEntry(person: 1, template: template)])
    let seen = glimpses(answers(gallery, .once(video)))
    #expect(seen.count == 5)
    #expect(seen.allSatisfy { $0.candidates.first?.isMatch == true })
  }
}
