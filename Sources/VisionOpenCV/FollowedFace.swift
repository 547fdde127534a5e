import COpenCV
import Perception

/// The face that a film shows, from one frame to the next.
///
/// It is looked for where it was: upright, then leaning to either side, and by its likeness to
/// what it was. Where that is, the profile cascade may see it from the side. A detection keeps it;
/// the likeness alone does for a second (`patience`), and the side view for half a minute, so that
/// it never settles on a curtain.
struct FollowedFace {
  /// Seconds that a face may live without a cascade that sees it.
  static let patience = 1.0
  /// Seconds that a face may live without being seen from the front.
  static let patienceFromTheSide = 30.0
  /// Degrees. The cascade by itself sees heads that lean by up to some 15.
  private static let leans = [0.0, 20, -20]
  /// Side of a frontal face's box as found in a whole frame by that of one found nearby; measured.
  /// Classifier and recogniser know the former.
  private static let scale = 0.93

  private(set) var sighting: FaceSighting
  private var track: FaceTrack
  private var detected: Double
  private var detectedFrontal: Double

  /// A face just detected.
  init(_ sighting: FaceSighting, in frame: Frame, at time: Double) throws(EyeTrouble) {
    self.sighting = sighting
    (detected, detectedFrontal) = (time, time)
    track = try FaceTrack(of: sighting.box, in: frame)
  }

  /// The same face in the next frame; nil where it is gone.
  func next(
    in frame: Frame, at time: Double, _ cascades: FaceCascades
  ) throws(EyeTrouble) -> FollowedFace? {
    let near = FaceSearch(frame: frame).nearInside(sighting.box)
    for lean in Self.leans {
      let search = near.with(neighbours: 2).leaning(lean)
      if var face = try cascades.frontal().faces(in: frame, search).first {
        face.box = face.box.scaled(by: Self.scale)
        return try FollowedFace(face, in: frame, at: time)
      }
    }
    guard (0...Self.patience).contains(time - detected),
      (0...Self.patienceFromTheSide).contains(time - detectedFrontal),
      let place = try track.place(from: sighting.box, in: frame),
      place.likeness >= FaceTrack.leastLikenessConfirmed
    else { return nil }
    for isMirrored in [false, true] {
      let search = near.mirrored(isMirrored)
      let faces = try cascades.profile().faces(in: frame, search, view: .profile)
      guard let face = faces.first(where: { $0.box.isSameFace(as: place.box) }) else { continue }
      var turned = try FollowedFace(face, in: frame, at: time)
      turned.detectedFrontal = detectedFrontal
      return turned
    }
    guard place.likeness >= FaceTrack.leastLikeness else { return nil }
    var moved = self
    moved.sighting = FaceSighting(box: place.box, view: .profile)
    return moved
  }
}
