import Perception
import TestSupport

/// Random messages of every case, for round trips through the framing.
extension SeededGenerator {
  mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &self) < probability
  }

  mutating func request(_ index: Int) -> EyeRequest {
    switch index % 10 {
    case 0: .open(source(), rate: number())
    case 1: .once(source())
    case 2: .enrol(source(), count: int())
    case 3: .preview(chance(0.3) ? nil : previewFormat())
    case 4: .gallery((0..<Int.random(in: 0...5, using: &self)).map { _ in entry() })
    case 5: .close
    case 6: .look(number: int(), path: text(), isCropped: chance(0.5))
    case 7: .classify(number: int(), picture())
    case 8: .learn(number: int(), lesson())
    default: .train(path: text(), seed: .random(in: 0...(.max), using: &self), lessons: int())
    }
  }

  mutating func reply(_ index: Int) -> EyeReply {
    switch index % 11 {
    case 10: .begun
    case 0:
      .opened(description: text(), width: int(), height: int(), framesPerSecond: number())
    case 1: .glimpse(glimpse())
    case 2: .preview(preview())
    case 3: .enrolled(template(), frames: int())
    case 4: .trouble(trouble())
    case 5: .ended
    case 6: .looked(number: int(), look())
    case 7: .refused(number: int(), trouble())
    case 8: .trained(figures())
    default: .training(number())
    }
  }

  mutating func glimpse() -> Glimpse {
    Glimpse(
      time: number(), frameWidth: int(), frameHeight: int(),
      face: chance(0.3) ? nil : face(), faceCount: int(), logits: floats(count: 7...7),
      embedding: floats(count: 0...40), candidates: candidates(),
      framesPerSecond: number(),
      timing: EyeTiming(
        capture: number(), detect: number(), identify: number(), classify: number()))
  }

  private mutating func look() -> Look {
    Look(
      width: int(), height: int(),
      faces: (0..<Int.random(in: 0...3, using: &self)).map { _ in
        SeenFace(
          face: face(), logits: floats(count: 7...7), embedding: floats(count: 0...40),
          candidates: candidates(), identify: number(), classify: number())
      }, capture: number(), detect: number())
  }

  private mutating func picture() -> GrayPicture {
    let (width, height) = (Int.random(in: 1...9, using: &self), Int.random(in: 1...9, using: &self))
    let levels = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &self) }
    guard let picture = GrayPicture(levels: levels, width: width, height: height) else {
      return picture()
    }
    return picture
  }

  private mutating func lesson() -> Lesson {
    Lesson(
      emotion: Emotion.allCases[Int.random(in: 0..<7, using: &self)], isHeldOut: chance(0.5),
      picture: chance(0.5) ? .gray(picture()) : .file(text(), isCropped: chance(0.5)))
  }

  private mutating func figures() -> TrainingFigures {
    TrainingFigures(
      learned: int(), confusion: (0..<7).map { _ in (0..<7).map { _ in int() } },
      accuracy: number(), macroF1: number(), calibrationError: number(), temperature: number(),
      bytes: int())
  }

  private mutating func trouble() -> EyeTrouble {
    EyeTrouble(
      kind: EyeTrouble.Kind(rawValue: UInt8.random(in: 0...4, using: &self)) ?? .eye,
      message: text())
  }

  private mutating func floats(count: ClosedRange<Int>) -> [Float]? {
    guard chance(0.7) else { return nil }
    return (0..<Int.random(in: count, using: &self)).map { _ in .random(in: -9...9, using: &self) }
  }

  private mutating func candidates() -> [IdentityCandidate] {
    (0..<Int.random(in: 0...4, using: &self)).map { _ in
      IdentityCandidate(
        person: Int64.random(in: .min ... .max, using: &self), score: number(),
        threshold: number())
    }
  }

  private mutating func face() -> Face {
    Face(
      box: Box(x: int(), y: int(), width: int(), height: int()), brightness: number(),
      contrast: number(), view: chance(0.5) ? .frontal : .profile)
  }

  private mutating func preview() -> Preview {
    let columns = Int.random(in: 0...9, using: &self)
    let rows = Int.random(in: 0...9, using: &self)
    let cells = (0..<(columns * rows)).map { _ in
      PreviewCell(
        glyph: UInt32.random(in: 0...0x10FFFF, using: &self), foreground: colour(),
        background: colour())
    }
    return Preview(columns: columns, rows: rows, cells: cells)
  }

  private mutating func previewFormat() -> PreviewFormat {
    PreviewFormat(
      columns: Int.random(in: 0...500, using: &self), rows: Int.random(in: 0...500, using: &self),
      glyphs: chance(0.5) ? .ascii : .blocks, colour: chance(0.5))
  }

  private mutating func entry() -> GalleryEntry {
    GalleryEntry(person: Int64.random(in: .min ... .max, using: &self), template: template())
  }

  private mutating func template() -> FaceTemplate {
    FaceTemplate(
      recogniser: text(),
      bytes: (0..<Int.random(in: 0...40, using: &self)).map { _ in
        UInt8.random(in: 0...255, using: &self)
      })
  }

  private mutating func source() -> ImageSource {
    switch Int.random(in: 0..<4, using: &self) {
    case 0: .camera(int())
    case 1: .path(text())
    case 2: .demo
    default: .none
    }
  }

  private mutating func colour() -> UInt32? {
    chance(0.3) ? nil : UInt32.random(in: 0...0xFFFFFF, using: &self)
  }

  private mutating func int() -> Int { Int(Int32.random(in: .min ... .max, using: &self)) }

  private mutating func number() -> Double { Double.random(in: -1e6...1e6, using: &self) }

  private mutating func text() -> String {
    let letters = Array("abc /.é\u{301}日本🎧\u{0}\n")
    return String(
      (0..<Int.random(in: 0...12, using: &self)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &self)]
      })
  }
}
