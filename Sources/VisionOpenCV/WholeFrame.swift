import COpenCV
import Perception

/// The faces in a whole frame, whatever was seen before.
///
/// What few windows agreed on is believed where another cascade confirms it. `thoroughly` looks
/// for large faces and for small ones, and only where that finds nobody it looks again: with the
/// light evened out, for a head that leans, and for one seen from the side.
struct WholeFrame {
  /// So many overlapping windows need no confirmation.
  private static let certain: Int32 = 8
  /// So many of the second cascade confirm.
  private static let confirming: Int32 = 6
  /// So many of the profile cascade, which nothing confirms.
  private static let certainProfile: Int32 = 6
  /// Degrees. The cascade by itself sees heads that lean by up to some 15.
  private static let leans = [20.0, -20.0]

  private let cascades: FaceCascades
  private let frame: Frame
  private let search: FaceSearch

  init(_ frame: Frame, _ cascades: FaceCascades) {
    self.cascades = cascades
    self.frame = frame
    search = FaceSearch(frame: frame)
  }

  /// Large frontal faces, in a quarter of the time.
  func quickly() throws(EyeTrouble) -> [FaceSighting] {
    try frontal([search.quick]).largestFirst()
  }

  /// All faces of a twentieth of the frame and larger.
  func thoroughly() throws(EyeTrouble) -> [FaceSighting] {
    var seen = try frontal([search.coarse, search.fine])
    if seen.isEmpty { seen = try frontal([search.quick.equalised()]) }
    for lean in Self.leans where seen.isEmpty {
      seen = try frontal([search.quick.leaning(lean)])
    }
    if seen.isEmpty { seen = try fromTheSide() }
    return seen.largestFirst()
  }

  private func fromTheSide() throws(EyeTrouble) -> [FaceSighting] {
    var seen: [FaceSighting] = []
    for isMirrored in [false, true] where seen.isEmpty {
      let search = search.quick.mirrored(isMirrored).with(neighbours: Self.certainProfile)
      seen = try cascades.profile().faces(in: frame, search, view: .profile)
    }
    return seen
  }

  /// The frontal faces of several searches, each once.
  private func frontal(_ searches: [emus_search]) throws(EyeTrouble) -> [FaceSighting] {
    var kept: [FaceSighting] = []
    for search in searches {
      let hits = try cascades.frontal().hits(in: frame, search)
      for hit in hits.sorted(by: { $0.neighbours > $1.neighbours }) {
        let box = Box(hit.box)
        guard !kept.contains(where: { $0.box.isSameFace(as: box) }) else { continue }
        let isCertain = hit.neighbours >= Self.certain
        guard try isCertain ? true : isConfirmed(box, as: search) else { continue }
        kept.append(FaceSighting(box: box))
      }
    }
    return kept
  }

  private func isConfirmed(_ box: Box, as search: emus_search) throws(EyeTrouble) -> Bool {
    var near = self.search.near(box).with(neighbours: Self.confirming)
    near.lean = search.lean
    near.equalise = search.equalise
    return try cascades.second().faces(in: frame, near).contains { $0.box.isSameFace(as: box) }
  }
}
