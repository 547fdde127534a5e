import COpenCV
import Perception

/// The faces in a picture that stands alone: the thorough way of `FaceDetector`, 100 to 150 ms.
///
/// It looks for large faces and for small ones. What few windows agreed on is believed where
/// another cascade confirms it. Only where that finds nobody it looks again, with the light
/// evened out, then for a head that leans, then for one seen from the side; what those find
/// must be confirmed, or be found by many windows.
struct StillFaces {
  /// So many overlapping windows need no confirmation.
  private static let certain: Int32 = 6
  /// Of the second cascade, where it confirms.
  private static let confirming: Int32 = 4
  /// Nothing confirms a face from the side.
  private static let certainProfile: Int32 = 6
  private static let leans = [20.0, -20.0]

  let cascades: FaceCascades
  let frame: Frame

  func sightings() throws(EyeTrouble) -> [FaceSighting] {
    let search = FaceSearch(frame: frame)
    var seen = try frontal([search.coarse, search.fine], certain: Self.certain)
    if seen.isEmpty { seen = try frontal([search.coarse.equalised()], certain: .max) }
    for lean in Self.leans where seen.isEmpty {
      seen = try frontal([search.coarse.leaning(lean)], certain: .max)
    }
    for isMirrored in [false, true] where seen.isEmpty {
      let search = search.coarse.mirrored(isMirrored).with(neighbours: Self.certainProfile)
      seen = try cascades.profile().faces(in: frame, search, view: .profile)
    }
    return seen.largestFirst()
  }

  /// The frontal faces of several searches, each once.
  private func frontal(
    _ searches: [emus_search], certain: Int32
  ) throws(EyeTrouble) -> [FaceSighting] {
    var kept: [FaceSighting] = []
    for search in searches {
      let hits = try cascades.frontal().hits(in: frame, search)
      for hit in hits.sorted(by: { $0.neighbours > $1.neighbours }) {
        let box = Box(hit.box)
        guard !kept.contains(where: { $0.box.isSameFace(as: box) }) else { continue }
        let isCertain = hit.neighbours >= certain
        guard try isCertain ? true : isConfirmed(box, as: search) else { continue }
        kept.append(FaceSighting(box: box))
      }
    }
    return kept
  }

  private func isConfirmed(_ box: Box, as search: emus_search) throws(EyeTrouble) -> Bool {
    var near = FaceSearch(frame: frame).near(box).with(neighbours: Self.confirming)
    near.lean = search.lean
    near.equalise = search.equalise
    return try cascades.second().faces(in: frame, near).contains { $0.box.isSameFace(as: box) }
  }
}
