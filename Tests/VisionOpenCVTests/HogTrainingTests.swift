import Foundation
import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

/// Learning as the player asks for it: lessons, then `train`.
@Suite struct HogTrainingTests {
  private let scratch: TemporaryFolder
  private let path: String

  init() throws {
    scratch = try TemporaryFolder()
    path = scratch.path + "/hog.svm"
  }

  private final class Replies { var all: [EyeReply] = [] }

  /// Lets an eye learn and train; answers what it says from `train` on.
  private func train(
    _ lessons: [Lesson], to path: String? = nil, seed: UInt64 = 1, sent: Int? = nil
  ) -> [EyeReply] {
    let replies = Replies()
    let eye = Eye(
      installation: Installation(classifier: .hog, weights: scratch.path + "/none.svm"))
    let worker = EyeWorker(eye: eye) { replies.all.append($0) }
    for (number, lesson) in lessons.enumerated() {
      worker.handle(.learn(number: number, lesson))
      guard case .looked(number, let look)? = replies.all.last, look.faces.count == 1 else {
        Issue.record("lesson \(number): \(replies.all)")
        return []
      }
    }
    replies.all = []
    worker.handle(
      .train(path: path ?? self.path, seed: seed, lessons: sent ?? lessons.count))
    while worker.step() != nil {}
    return replies.all
  }

  private func lessons(
    of emotions: [Emotion] = Emotion.allCases, each count: Int = 20, seed: UInt64 = 5
  ) throws -> [Lesson] {
    var generator = SeededGenerator(seed: seed)
    var lessons: [Lesson] = []
    for emotion in (0..<count).flatMap({ _ in emotions }) {
      let picture = try #require(Gratings.picture(of: emotion, &generator))
      lessons.append(Lesson(emotion: emotion, isHeldOut: false, picture: .gray(picture)))
    }
    return lessons
  }

  private func refusal(in replies: [EyeReply]) -> EyeTrouble? {
    if case .trouble(let trouble)? = replies.last { trouble } else { nil }
  }

  @Test("what has a direction of its own is told apart, also in pictures never seen")
  func tellsApart() throws {
    let replies = train(try lessons())
    #expect(
      replies.dropLast() == (1...7).map { .training(Double($0) / 7) }[...], "a word a machine")
    guard case .trained(let figures)? = replies.last else {
      Issue.record("\(replies)")
      return
    }
    #expect(figures.learned == 7 * 18 && figures.heldOut == 7 * 2)
    #expect(figures.accuracy > 0.9)
    #expect(figures.bytes == Int(try Data(contentsOf: URL(fileURLWithPath: path)).count))
    let classifier = try HogClassifier(weights: path)
    var generator = SeededGenerator(seed: 77)
    var right = 0
    for index in 0..<140 {
      let emotion = Emotion.allCases[index % 7]
      let answer = try #require(
        try classifier.answer(to: Gratings.levels(of: emotion, &generator)))
      #expect(answer.embedding.isEmpty)
      let reading = try #require(EmotionProbabilities(logits: answer.logits, temperature: 1))
      if reading.label == emotion { right += 1 }
    }
    #expect(right >= 133, "\(right) of 140")
  }

  @Test("an eye that has not heard every lesson refuses, says how many, and writes nothing")
  func forgotten() throws {
    for sent in [0, 55, 57] {
      let trouble = try #require(refusal(in: train(try lessons(each: 8), sent: sent)))
      #expect(trouble.kind == .eye)
      #expect(trouble.message.contains("56 of \(sent) lessons"), "\(trouble.message)")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("the same lessons and seed give the same file, another seed another")
  func deterministic() throws {
    let lessons = try lessons(each: 8)
    var files: [Data] = []
    for seed in [3, 3, 4] as [UInt64] {
      guard case .trained? = train(lessons, seed: seed).last else {
        Issue.record("seed \(seed) learned nothing")
        return
      }
      files.append(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    #expect(files[0] == files[1])
    #expect(files[0] != files[2])
  }

  @Test("faces that are held out are counted, and not learned from")
  func heldOut() throws {
    let learned = try lessons(each: 8)
    var machines: [[HogWeights.Machine]] = []
    for seed in [6, 7] as [UInt64] {
      let heldOut = try lessons(of: [.happy, .sad], each: 6, seed: seed).map { lesson in
        Lesson(emotion: lesson.emotion, isHeldOut: true, picture: lesson.picture)
      }
      guard case .trained(let figures)? = train(learned + heldOut).last else {
        Issue.record("nothing was learned")
        return
      }
      #expect(figures.learned == learned.count)
      #expect(figures.confusion.map { $0.reduce(0, +) } == [0, 0, 0, 6, 6, 0, 0])
      machines.append(try HogWeights(bytes: try Disk.bytes(of: path, limit: 1 << 20)).machines)
    }
    #expect(machines[0] == machines[1])
  }

  @Test("a seventh emotion that is missing or scarce is named, and nothing is written")
  func tooFew() throws {
    let scarce = try lessons(of: [.disgust], each: 3)
    let without = try lessons(of: Emotion.allCases.filter { $0 != .disgust && $0 != .neutral })
    for lessons in [[], without + scarce] {
      let trouble = try #require(refusal(in: train(lessons)))
      #expect(trouble.kind == .input)
      #expect(trouble.message.contains("disgust") && trouble.message.contains("neutral"))
      #expect(lessons.isEmpty == trouble.message.contains("happy"))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("what was not learned takes no old file's place")
  func keepsOldFile() throws {
    _ = try scratch.write(Array("the old weights".utf8), to: "hog.svm")
    let gray = try #require(
      GrayPicture(levels: Array(repeating: 90, count: 48 * 48), width: 48, height: 48))
    let alike = (0..<70).map {
      Lesson(emotion: Emotion.allCases[$0 % 7], isHeldOut: false, picture: .gray(gray))
    }
    // Held out under the name of another emotion each: all that was learned is wrong.
    let wrong = try lessons(each: 4, seed: 8).map { lesson in
      let place = try #require(Emotion.allCases.firstIndex(of: lesson.emotion))
      return Lesson(
        emotion: Emotion.allCases[(place + 1) % 7], isHeldOut: true, picture: lesson.picture)
    }
    for (lessons, reason) in [
      (alike, "nothing was learned"), (try lessons(each: 8) + wrong, "guessing"),
    ] {
      let trouble = try #require(refusal(in: train(lessons)))
      #expect(trouble.kind == .eye)
      #expect(trouble.message.contains(reason), "\(trouble.message)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "the old weights")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["hog.svm"])
  }

  @Test("a training that is given up leaves the old file, and lessons do not outlive it")
  func interrupted() throws {
    _ = try scratch.write(Array("the old weights".utf8), to: "hog.svm")
    let replies = Replies()
    let worker = EyeWorker(eye: Eye(installation: Installation(weights: "/none"))) {
      replies.all.append($0)
    }
    for (number, lesson) in try lessons(each: 8).enumerated() {
      worker.handle(.learn(number: number, lesson))
    }
    worker.handle(.train(path: path, seed: 1, lessons: 56))
    #expect(worker.step() != nil)
    worker.handle(.close)
    #expect(worker.step() == nil)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "the old weights")
    worker.handle(.train(path: path, seed: 1, lessons: 0))
    _ = worker.step()
    #expect(refusal(in: replies.all)?.kind == .input)
  }

  @Test(
    "a place that cannot be written is named",
    arguments: ["/none/hog.svm", "/proc/hog.svm", "/tmp"])
  func unwritable(place: String) throws {
    let trouble = try #require(refusal(in: train(try lessons(each: 6), to: place)))
    #expect(trouble.kind == .eye)
    #expect(trouble.message.contains("cannot be written") && trouble.message.contains(place))
  }

  @Test("an image file is a lesson too: found and cut, or taken whole; without a face it is none")
  func files() throws {
    let face = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let wall = try scratch.write(
      ImageBytes.png(Array(repeating: 90, count: 64 * 64), width: 64, height: 64), to: "wall.png")
    let eye = Eye(installation: Installation(weights: "/none"))
    var lessons = HogLessons()
    for (path, isCropped, kept) in [(face, false, 1), (wall, false, 1), (wall, true, 2)] {
      let lesson = Lesson(
        emotion: .happy, isHeldOut: false, picture: .file(path, isCropped: isCropped))
      let look = try lessons.take(lesson, with: eye)
      #expect(lessons.labels.count == kept)
      #expect(look.faces.isEmpty == (path == wall && !isCropped))
    }
    let frame = try FrameSource.image(at: face)
    let box = try #require(try eye.faces(in: frame).first)
    let levels = try frame.crop(box.scaled(by: HogClassifier.cropScale), side: 48)
    #expect(
      lessons.row(0) == (try HogClassifier.values(of: levels, layout: lessons.layout)),
      "as the player cuts it")
    let text = try scratch.write(Array("no image".utf8), to: "text.png")
    let bad = Lesson(emotion: .sad, isHeldOut: false, picture: .file(text, isCropped: true))
    let trouble = #expect(throws: EyeTrouble.self) { try lessons.take(bad, with: eye) }
    #expect(trouble?.kind == .input && trouble?.message.contains(text) == true)
    #expect(lessons.heard == 4, "also those of which nothing is kept")
  }
}
