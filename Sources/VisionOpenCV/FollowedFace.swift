import COpenCV
import Perception

/// The face that a film shows, from one frame to the next.
///
/// It is looked for where it was: upright, then leaning to either side, then from the side, and
/// where no cascade sees it, by its likeness. A detection keeps it for as long as it lasts; the
/// likeness alone for a second (`patience`), so that it never drifts onto a curtain.
struct FollowedFace {
  /// Seconds that a face may live without a cascade that sees it.
  static let patience = 1.0
  /// Degrees. The cascade by itself sees heads that lean by up to some 15.
  private static let leans = [20.0, -20.0]

  private(set) var sighting: FaceSighting
  private var track: FaceTrack
  private var detected: Double

  /// A face just detected.
  init(_ sighting: FaceSighting, in frame: Frame, at time: Double) throws(EyeTrouble) {
    self.sighting = sighting
    detected = time
    do {
      track = try FaceTrack(of: sighting.box, in: frame)
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
  }

  /// The same face in the next frame; nil where it is gone.
  func next(
    in frame: Frame, at time: Double, _ cascades: FaceCascades
  ) throws(EyeTrouble) -> FollowedFace? {
    if let found = try detection(in: frame, cascades) {
      return try FollowedFace(found, in: frame, at: time)
    }
    guard (0...Self.patience).contains(time - detected) else { return nil }
    do {
      guard let place = try track.place(from: sighting.box, in: frame) else { return nil }
      var moved = self
      moved.sighting = FaceSighting(box: place, view: .profile)
      return moved
    } catch {
      throw EyeTrouble(kind: .eye, message: "face: \(error.message)")
    }
  }

  private func detection(
    in frame: Frame, _ cascades: FaceCascades
  ) throws(EyeTrouble) -> FaceSighting? {
    let near = FaceSearch(frame: frame).near(sighting.box)
    let frontal = try cascades.frontal()
    for lean in [0] + Self.leans {
      if let face = try frontal.faces(in: frame, near.leaning(lean)).first { return face }
    }
    let profile = try cascades.profile()
    for isMirrored in [false, true] {
      let search = near.mirrored(isMirrored)
      if let face = try profile.faces(in: frame, search, view: .profile).first { return face }
    }
    return nil
  }
}
