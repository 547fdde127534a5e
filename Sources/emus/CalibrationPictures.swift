import Perception
import Session
import Taste

/// What `emus calibrate` learns from image files: one look at each, so that whole pictures judge
/// what others taught, and a warning where they seem to show several people.
///
/// It keeps no picture, and only warns: the recogniser cannot always tell other light from
/// another face.
struct CalibrationPictures {
  /// Pictures that are compared with each other at most.
  private static let mostCompared = 60

  private let eye: EyeSession
  private let known: KnownFaces
  private let owner: CalibrationOwner
  private let settings: MoodSettings
  /// Those whose faces are compared; their numbers stand in the gallery as people of their own.
  private let compared: [String]
  private let gallery: [GalleryEntry]
  private var groups: FaceGroups
  /// Places in `compared` of the pictures that taught something.
  private var taught: Set<Int> = []

  /// Has the recogniser note the faces of the pictures, unless nobody is to be recognised.
  init(
    _ pictures: [String], _ eye: EyeSession, _ known: KnownFaces, _ owner: CalibrationOwner,
    _ settings: MoodSettings
  ) async throws {
    (self.eye, self.known, self.owner, self.settings) = (eye, known, owner, settings)
    let step = max(1, (pictures.count + Self.mostCompared - 1) / Self.mostCompared)
    let chosen = pictures.enumerated().filter { $0.offset % step == 0 }.map(\.element)
    compared = known.asksIdentity && chosen.count > 1 ? chosen : []
    let templates = compared.isEmpty ? [] : try await eye.templates(of: compared)
    gallery = templates.enumerated().compactMap { place, template in
      template.map { GalleryEntry(person: Self.person(place), template: $0) }
    }
    groups = FaceGroups(count: compared.count)
  }

  /// One look at each picture of an expression.
  ///
  /// Pictures that teach nothing are named; throws 66 where those left are too few, and where there
  /// is none, why.
  mutating func looks(
    at pictures: [String], of source: ImageSource, showing emotion: Emotion
  ) async throws -> [CalibrationSample] {
    let line = ProgressLine()
    defer { line.end() }
    var samples: [CalibrationSample] = []
    var refusals: [Failure] = []
    var rest = pictures[...]
    var count = 0
    line.show(0, "reading \(emotion.rawValue) pictures")
    try await eye.look(gallery: known.gallery + gallery) {
      rest.popFirst().map { (item: $0, picture: EyePicture.file($0, isCropped: false)) }
    } answer: { path, answer in
      count += 1
      line.show(Double(count) / Double(pictures.count), "reading \(emotion.rawValue) pictures")
      do {
        let look = try answer.mapError { Failure($0) }.get()
        samples.append(try sample(in: look, of: path, showing: emotion, at: Double(count)))
      } catch let failure as Failure {
        refusals.append(failure)
      }
    }
    line.end()
    try Self.check(samples, refusals, source, emotion)
    return samples
  }

  /// What to tell where the faces that taught are not all alike; nil where they are.
  var warning: String? {
    let found = groups.among(taught)
    guard found.count > 1, let first = found[0].first, let second = found[1].first else {
      return nil
    }
    return "the faces in the pictures fall into \(found.count) groups that are not alike, such as "
      + "\(compared[first]) and \(compared[second]): a calibration is one person's "
      + "(other light or years part pictures of one person too)"
  }

  private mutating func sample(
    in look: Look, of path: String, showing emotion: Emotion, at time: Double
  ) throws -> CalibrationSample {
    var glimpse = look.glimpse
    glimpse.time = time
    if let name = known.somebodyElse(than: owner.listener, among: glimpse.candidates) {
      throw Failure(.usage, "\(path): \(name)'s face, which \(Arguments.user(name)) calibrates")
    }
    let isRecognised = known.match(among: glimpse.candidates) != nil
    do throws(UnsureReason) {
      let sample = try CalibrationSample(
        glimpse, showing: emotion, isRecognised: isRecognised, settings: settings)
      compare(path, glimpse.candidates)
      return sample
    } catch {
      throw Failure(.noFace, "\(path): \(error.rawValue)")
    }
  }

  /// Notes which other pictures show a face that the recogniser takes for this one.
  private mutating func compare(_ path: String, _ candidates: [IdentityCandidate]) {
    guard let place = compared.firstIndex(of: path),
      gallery.contains(where: { $0.person == Self.person(place) })
    else { return }
    taught.insert(place)
    for other in compared.indices {
      guard let candidate = candidates.first(where: { $0.person == Self.person(other) }),
        candidate.isMatch
      else { continue }
      groups.join(place, other)
    }
  }

  /// A number that no listener has.
  private static func person(_ place: Int) -> Int64 { -1 - Int64(place) }

  private static func check(
    _ samples: [CalibrationSample], _ refusals: [Failure], _ source: ImageSource, _ emotion: Emotion
  ) throws {
    if samples.isEmpty, let first = refusals.first {
      guard refusals.count > 1 else { throw first }
      throw Failure(
        first.code,
        "\(source.argument): none of its \(refusals.count) pictures can be learnt from; \(first)")
    }
    for refusal in refusals { Failure.complain("\(refusal): left out") }
    let count = samples.differing.count
    guard count >= CalibrationFit.leastFrames else {
      let fault = CalibrationFault.tooFewPictures(emotion, count)
      throw Failure(.input, "\(source.argument): \(fault)")
    }
  }
}
