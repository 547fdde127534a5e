import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

/// Single pictures, as `emus look` and `emus evaluate faces` ask for them.
@Suite struct EyeLookTests {
  private let scratch: TemporaryFolder
  private let weights: String

  init() throws {
    scratch = try TemporaryFolder()
    weights = try scratch.write(OnnxBytes.network(), to: "emotion.onnx")
  }

  private final class Replies { var all: [EyeReply] = [] }

  private func answers(_ requests: EyeRequest..., weights: String? = nil) -> [EyeReply] {
    let replies = Replies()
    let eye = Eye(installation: Installation(weights: weights ?? self.weights))
    let worker = EyeWorker(eye: eye) { replies.all.append($0) }
    for request in requests { worker.handle(request) }
    #expect(worker.step() == nil)
    return replies.all
  }

  private func look(_ path: String, isCropped: Bool = false, weights: String? = nil) throws -> Look
  {
    let replies = answers(.look(number: 7, path: path, isCropped: isCropped), weights: weights)
    guard case .looked(7, let look)? = replies.first, replies.count == 1 else {
      throw Unexpected(replies: replies)
    }
    return look
  }

  private struct Unexpected: Error { var replies: [EyeReply] }

  @Test("every face of a picture comes, the largest first, each with its own reading")
  func allFaces() throws {
    var wall = [UInt8](repeating: 128, count: 640 * 300)
    for (width, x) in [(240, 0), (400, 240)] {
      let levels = DemoFace.render(at: 0, width: width, height: width * 3 / 4)
      for row in 0..<width * 3 / 4 {
        let start = row * 640 + x
        wall.replaceSubrange(start..<start + width, with: levels[row * width..<(row + 1) * width])
      }
    }
    let path = try scratch.write(ImageBytes.png(wall, width: 640, height: 300), to: "two.png")
    let look = try look(path)
    #expect(look.width == 640 && look.height == 300)
    #expect(look.capture > 0 && look.detect > 0)
    #expect(look.faces.count == 2)
    let widths = look.faces.map(\.face.box.width)
    #expect(widths == widths.sorted(by: >))
    for face in look.faces {
      #expect(face.logits?.count == 7)
      #expect(face.classify > 0)
      #expect(face.candidates.isEmpty)
    }
    #expect(look.faces.first?.logits != look.faces.last?.logits)
    #expect(try #require(look.faces.first).face.box.x >= 240)
  }

  @Test("the largest face is read as once reads it")
  func sameAsOnce() throws {
    let path = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let look = try look(path)
    let eye = Eye(installation: Installation(weights: weights))
    let glimpse = try eye.look(at: try FrameSource.image(at: path), follows: false, time: 0)
    let face = try #require(look.faces.first)
    #expect(face.face == glimpse.face)
    #expect(face.logits == glimpse.logits)
  }

  @Test("a cropped image is a face from edge to edge, of any size", arguments: [1, 5, 48, 200])
  func cropped(side: Int) throws {
    let levels = (0..<side * side).map { UInt8($0 % 251) }
    let path = try scratch.write(
      ImageBytes.png(levels, width: side, height: side), to: "crop.png")
    let look = try look(path, isCropped: true)
    let face = try #require(look.faces.first)
    #expect(look.faces.count == 1)
    #expect(face.face.box == Box(x: 0, y: 0, width: side, height: side))
    #expect(face.logits?.count == 7)
    // The same as bytes reads the same.
    let picture = try #require(GrayPicture(levels: levels, width: side, height: side))
    guard case .looked(3, let again)? = answers(.classify(number: 3, picture)).first else {
      Issue.record("the picture was not read")
      return
    }
    #expect(again.faces.first?.logits == face.logits)
  }

  @Test("who is registered is a candidate in a picture, too")
  func candidates() throws {
    let path = try scratch.write(ImageBytes.demoFace(), to: "me.png")
    let eye = Eye(installation: Installation(weights: weights))
    var samples: [FacePatterns] = []
    for time in [0.0, 2, 4] {
      let frame = try FrameSource.drawnFace(at: time)
      samples.append(try eye.patterns(of: try #require(try eye.faces(in: frame).first), in: frame))
    }
    eye.register([GalleryEntry(person: 9, template: FaceTemplate(samples: samples))])
    let look = try eye.look(atFile: path, isCropped: false)
    let best = try #require(look.faces.first?.candidates.first)
    #expect(best.person == 9 && best.isMatch)
  }

  @Test("what is no image is refused under its number, named, and the next is read")
  func refusals() throws {
    let good = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let bad = [
      (scratch.path + "/none.png", "no such file"),
      (try scratch.write(Array("no image".utf8), to: "text.png"), "not an image"),
      (try scratch.write([], to: "empty.png"), "not an image"),
      (try scratch.write(Array(ImageBytes.demoFace().prefix(9000)), to: "cut.png"), "damaged"),
      (scratch.path, "a folder: name the images in it"), ("/dev/null", "not an image file"),
      ("", "no such file"), ("a\u{0}b", "no"),
      (
        try scratch.write(ImageBytes.header(width: 10_000, height: 10_000), to: "claims.png"),
        "damaged"
      ),
      (
        try scratch.write(ImageBytes.header(width: 10_001, height: 10_000), to: "large.png"),
        "too many pixels"
      ),
    ]
    for (index, (path, reason)) in bad.enumerated() {
      let replies = answers(
        .look(number: index, path: path, isCropped: index % 2 == 1),
        .look(number: 99, path: good, isCropped: false))
      guard case .refused(index, let trouble)? = replies.first, replies.count == 2 else {
        Issue.record("\(path): \(replies)")
        continue
      }
      #expect(trouble.kind == .input)
      #expect(trouble.message.contains(reason), "\(trouble.message)")
      #expect(path.utf8.contains(0) || trouble.message.contains(path))
      if case .looked(99, let look)? = replies.last { #expect(look.faces.count == 1) }
    }
  }

  @Test("an image of a hundred million pixels is looked at like any other")
  func hundredMegapixels() throws {
    let bytes = ImageBytes.blackPng(width: 10_000, height: 10_000)
    #expect(bytes.count < 1 << 20)
    let path = try scratch.write(bytes, to: "large.png")
    let look = try look(path)
    #expect(look.width == 10_000 && look.height == 10_000)
    #expect(look.faces.isEmpty)
  }

  @Test("a face in a very large picture is where it is in a small one")
  func largeFace() throws {
    let levels = DemoFace.render(at: 0, width: 320, height: 240)
    var magnified: [UInt8] = []
    for row in 0..<240 {
      let line = levels[row * 320..<(row + 1) * 320].flatMap { repeatElement($0, count: 16) }
      for _ in 0..<16 { magnified += line }
    }
    let small = try look(try scratch.write(ImageBytes.demoFace(), to: "small.png"))
    let large = try look(
      try scratch.write(ImageBytes.pgm(magnified, width: 5120, height: 3840), to: "large.pgm"))
    #expect(large.width == 5120 && large.height == 3840)
    let (box, found) = (
      try #require(small.faces.first).face.box, try #require(large.faces.first).face.box
    )
    #expect(large.faces.count == small.faces.count)
    for (one, other) in [(box.x, found.x), (box.y, found.y), (box.width, found.width)] {
      #expect(abs(one * 16 - other) < 160, "\(box) \(found)")
    }
  }

  @Test(
    "nothing to see is no face",
    arguments: [(0, 320, 240), (255, 320, 240), (0, 1, 1), (255, 1, 900), (90, 900, 1)])
  func empty(level: Int, width: Int, height: Int) throws {
    let levels = [UInt8](repeating: UInt8(level), count: width * height)
    let path = try scratch.write(
      ImageBytes.png(levels, width: width, height: height), to: "plain.png")
    #expect(try look(path).faces.isEmpty)
    #expect(try look(path, isCropped: true).faces.first?.logits?.count == 7)
  }

  @Test("a network that answers with something that is no number leaves the reading out")
  func notANumber() throws {
    // Finite for the gray picture it is tried with, infinite for white.
    let sum = Float.greatestFiniteMagnitude / Float(48 * 48)
    let file = try scratch.write(OnnxBytes.network { _ in sum * 1.5 }, to: "large.onnx")
    let white = try scratch.write(
      ImageBytes.png([UInt8](repeating: 255, count: 48 * 48), width: 48, height: 48),
      to: "white.png")
    let look = try look(white, isCropped: true, weights: file)
    #expect(look.faces.count == 1)
    #expect(look.faces.first?.logits == nil)
    #expect(look.faces.first?.embedding == nil)
  }

  @Test("missing weights are no matter of one picture")
  func noWeights() throws {
    let path = try scratch.write(ImageBytes.demoFace(), to: "face.png")
    let replies = answers(
      .look(number: 1, path: path, isCropped: false), weights: "/nowhere/emotion.onnx")
    guard case .trouble(let trouble)? = replies.first else { throw Unexpected(replies: replies) }
    #expect(trouble.kind == .installation)
    #expect(trouble.message.contains("/nowhere/emotion.onnx"))
  }
}
