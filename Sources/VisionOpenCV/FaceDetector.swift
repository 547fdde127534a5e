import COpenCV
import Perception

/// Finds the faces of a frame with Haar cascades (Viola and Jones 2001).
///
/// The second step of the eye. A picture that stands alone is looked at thoroughly
/// (`sightings(in:)`); in a film the face is looked for where it was, which takes a fraction of
/// the time, and over the whole frame when that fails and every tenth time (`follow(in:at:)`), so
/// that nobody who is nearer now is overlooked. An empty room is looked at less often
/// (`SearchPace`). It does not say who it is.
package final class FaceDetector {
  private let cascades: FaceCascades
  private var followed: FollowedFace?
  private var frameSize = (width: 0, height: 0)
  private var facesInFrame = 0
  private var looksNearby = 0
  private var pace = SearchPace()

  /// Reads the frontal cascade; throws `.installation` with the name of a missing or foreign file.
  package init(
    cascade path: String = Installation.systemCascade
  ) throws(EyeTrouble) {
    cascades = try FaceCascades(FaceCascadePaths(frontal: path))
  }

  /// The boxes of `sightings(in:)`.
  package func faces(in frame: Frame) throws(EyeTrouble) -> [Box] {
    try sightings(in: frame).map(\.box)
  }

  /// The faces in a picture that stands alone, the largest first.
  package func sightings(in frame: Frame) throws(EyeTrouble) -> [FaceSighting] {
    try WholeFrame(frame, cascades).thoroughly()
  }

  /// The face of the listener in a frame that follows the one before, and how many there are that
  /// may be the listener's. `time` is in seconds.
  package func follow(
    in frame: Frame, at time: Double
  ) throws(EyeTrouble) -> (face: FaceSighting?, count: Int) {
    if frameSize != (frame.width, frame.height) { forget() }
    frameSize = (frame.width, frame.height)
    followed = try followed?.next(in: frame, at: time, cascades)
    if let followed, looksNearby < 9 {
      looksNearby += 1
      return (followed.sighting, facesInFrame)
    }
    if followed != nil { return try lookAround(.quick, in: frame, at: time) }
    guard let search = pace.next(at: time) else { return (nil, 0) }
    return try lookAround(search, in: frame, at: time)
  }

  /// The next frame has nothing to do with the last.
  package func forget() {
    followed = nil
    pace.restart()
    looksNearby = 0
  }

  private func lookAround(
    _ search: SearchPace.Search, in frame: Frame, at time: Double
  ) throws(EyeTrouble) -> (face: FaceSighting?, count: Int) {
    let whole = WholeFrame(frame, cascades)
    var seen = try search == .thorough ? whole.thoroughly() : whole.quickly()
    looksNearby = 0
    if let followed {
      // Who is followed is not left for a coarser box around the same face.
      seen.removeAll { $0.box.isSameFace(as: followed.sighting.box) }
      seen.append(followed.sighting)
    }
    seen = seen.largestFirst()
    facesInFrame = seen.countOfNear
    if let largest = seen.first, largest != followed?.sighting {
      followed = try FollowedFace(largest, in: frame, at: time)
    }
    if followed != nil { pace.restart() }
    return (followed?.sighting, facesInFrame)
  }
}

extension Cascade {
  /// What it finds, as frontal faces unless said otherwise, the largest first.
  func faces(
    in frame: Frame, _ search: emus_search, view: FaceView = .frontal
  ) throws(EyeTrouble) -> [FaceSighting] {
    try hits(in: frame, search).map { FaceSighting(box: Box($0.box), view: view) }.largestFirst()
  }

  func hits(in frame: Frame, _ search: emus_search) throws(EyeTrouble) -> [emus_hit] {
    do {
      return try find(in: frame, search)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face detection: \(error.message)")
    }
  }
}
