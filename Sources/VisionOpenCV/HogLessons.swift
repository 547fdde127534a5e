import Perception

/// The labelled faces that HOG and SVM learn from: what each looks like in numbers, no picture.
///
/// A face is found and cut as the player does it.
struct HogLessons {
  /// Ten times FER2013's training part: 1.1 GB, and while a machine learns from all of it as much
  /// again.
  private static let limit = 300_000

  let layout: HogLayout
  /// Row by row, `layout.count` values each.
  private(set) var values: [Float] = []
  /// The place of each row's emotion in `Emotion.allCases`.
  private(set) var labels: [Int] = []
  private var heldOut: [Bool] = []
  /// Lessons that were asked to be taken, also those of which nothing was kept.
  private(set) var heard = 0

  init(layout: HogLayout = .standard) { self.layout = layout }

  var columns: Int { layout.count(side: HogClassifier.side) }

  /// What row `index` holds.
  func row(_ index: Int) -> [Float] { Array(values[index * columns..<(index + 1) * columns]) }

  /// Keeps a lesson; the look says where its face is, and has none where none was found.
  mutating func take(_ lesson: Lesson, with eye: Eye) throws(EyeTrouble) -> Look {
    heard += 1
    guard labels.count < Self.limit else {
      throw EyeTrouble(kind: .input, message: "no more than \(Self.limit) faces can be learned")
    }
    let (look, levels) = try Self.face(of: lesson.picture, with: eye)
    if let levels { try add(levels, emotion: lesson.emotion, isHeldOut: lesson.isHeldOut) }
    return look
  }

  /// Keeps a face of 48 x 48 gray levels.
  mutating func add(
    _ levels: [UInt8], emotion: Emotion, isHeldOut: Bool = false
  ) throws(EyeTrouble) {
    values += try HogClassifier.values(of: levels, layout: layout)
    labels.append(Emotion.allCases.firstIndex(of: emotion) ?? 0)
    heldOut.append(isHeldOut)
  }

  /// The rows to learn from and those to test on; where none was held out, a tenth of each emotion
  /// is, as the generator draws it.
  func parts(
    _ generator: inout some RandomNumberGenerator
  ) -> (learned: [Int], heldOut: [Int]) {
    guard !heldOut.contains(true) else {
      return (labels.indices.filter { !heldOut[$0] }, labels.indices.filter { heldOut[$0] })
    }
    var parts: (learned: [Int], heldOut: [Int]) = ([], [])
    for emotion in Emotion.allCases.indices {
      let rows = labels.indices.filter { labels[$0] == emotion }.shuffled(using: &generator)
      let count = rows.count < 2 ? 0 : max(1, rows.count / 10)
      parts.heldOut += rows.prefix(count)
      parts.learned += rows.dropFirst(count)
    }
    return parts
  }

  private static func face(
    of picture: Lesson.Picture, with eye: Eye
  ) throws(EyeTrouble) -> (Look, levels: [UInt8]?) {
    let frame: Frame
    let isFace: Bool
    switch picture {
    case .gray(let picture): (frame, isFace) = (try Frame(picture), true)
    case .file(let path, let isCropped):
      (frame, isFace) = (try FrameSource.image(at: path), isCropped)
    }
    var look = Look(width: frame.width, height: frame.height)
    guard let box = isFace ? frame.whole : try eye.faces(in: frame).first else {
      return (look, nil)
    }
    look.faces = [SeenFace(face: try eye.face(in: box, of: frame))]
    let cut = isFace ? box : box.scaled(by: HogClassifier.cropScale)
    return (look, try frame.face(in: cut, side: HogClassifier.side))
  }
}
