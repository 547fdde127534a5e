import Perception

/// The labelled faces of a data set as lessons: first those to learn from, then those that are
/// held out, where the data set says which.
struct Lessons {
  /// What is learned from, and held out, where a table has these usages.
  private static let learned = "Training"
  private static let heldOut = "PublicTest"

  private let options: LabelledFacesOptions
  private let complain: (String) -> Void
  private var faces: LabelledFaces
  private var hasHeldOut: Bool
  private var isHeldOut = false
  private var badAmongLearned: [Omission] = []
  /// Lessons that were handed out.
  private(set) var delivered = 0

  init(_ options: LabelledFacesOptions, complain: @escaping (String) -> Void) throws {
    self.options = options
    self.complain = complain
    let all = try LabelledFaces(path: options.data, usage: options.usage, complain: complain)
    let usage = options.usage ?? (all.hasUsage ? Self.learned : nil)
    faces =
      usage == options.usage
      ? all : try LabelledFaces(path: options.data, usage: usage, complain: complain)
    hasHeldOut = all.hasUsage && usage?.lowercased() != Self.heldOut.lowercased()
  }

  /// The next lesson; nil at the end.
  mutating func next() throws -> Lesson? {
    if let face = try nextFace() {
      delivered += 1
      return Lesson(
        emotion: face.emotion, isHeldOut: isHeldOut, picture: .init(face, options.cropped))
    }
    guard hasHeldOut, !isHeldOut else { return nil }
    isHeldOut = true
    faces.omissions.summarise()
    badAmongLearned = faces.omissions.bad
    faces = try LabelledFaces(path: options.data, usage: Self.heldOut, complain: complain)
    return try next()
  }

  /// How much has been read, 0...1.
  var share: Double {
    guard hasHeldOut else { return faces.share }
    return ((isHeldOut ? 1 : 0) + faces.share) / 2
  }

  /// What could not be read until now, each row once.
  var bad: [Omission] {
    let lines = Set(badAmongLearned.compactMap(\.line))
    return badAmongLearned + faces.omissions.bad.filter { !lines.contains($0.line ?? -1) }
  }

  mutating func omit(_ omission: Omission) { faces.omit(omission) }

  /// Says how much was passed over; called once, at the end.
  func summarise() { faces.omissions.summarise() }

  private mutating func nextFace() throws -> LabelledFace? {
    // Where no row is held out, or none of them is any good, the eye holds out some of the others.
    guard !isHeldOut else { return try faces.nextIfAny() }
    do {
      return try faces.next()
    } catch let failure as Failure where failure.code == .usage {
      // Where nobody asked for a usage it is the data that lacks one.
      throw options.usage == nil ? Failure(.input, failure.description) : failure
    }
  }
}

extension Lesson.Picture {
  init(_ face: LabelledFace, _ isCropped: Bool) {
    switch face.picture {
    case .gray(let picture): self = .gray(picture)
    case .file(let path): self = .file(path, isCropped: isCropped)
    }
  }
}
