import COpenCV
import Perception

/// The settings of the cascades, one for each way to look.
///
/// All figures of detection that were chosen by measurement stand here; the decision page on
/// faces that people can rely on has the tables. Sides are shares of the frame's longer side.
struct FaceSearch {
  let frame: Frame

  private var side: Int { max(frame.width, frame.height) }

  /// Faces of a seventh of the frame and larger, up to those that leave it on every side: a
  /// repeated edge stands in for what is cut off.
  var coarse: emus_search { whole(longSide: 256, step: 1.1, from: 1.0 / 7, padding: 0.25) }

  /// The same in a third of the time, for films: what is cut off now comes back.
  var quick: emus_search { whole(longSide: 256, step: 1.2, from: 1.0 / 7, padding: 0.12) }

  /// Faces of a twentieth to a seventh.
  var fine: emus_search {
    var search = whole(longSide: 512, step: 1.1, from: 1.0 / 20, padding: 0)
    search.largest = Int32(side * 15 / 100)
    return search
  }

  /// A face of about the same size within 0.4 of its side of where it was, at 40 pixels: the
  /// cascade's window is 20.
  func near(_ box: Box) -> emus_search {
    let margin = box.width * 2 / 5
    return emus_search(
      region: emus_box(
        Box(
          x: box.x - margin, y: box.y - margin, width: box.width + 2 * margin,
          height: box.height + 2 * margin)),
      long_side: Int32(clamping: max(1, side * 40 / max(1, box.width))), step: 1.1, neighbours: 3,
      smallest: Int32(clamping: box.width * 3 / 4), largest: Int32(clamping: box.width * 4 / 3),
      padding: 0.12, equalise: false, lean: 0, mirrored: false)
  }

  /// The same, but hardly beyond the frame: in a film a face at the edge is found as well so, and
  /// in half the time. The sizes are those that leave as many windows below a face as above it:
  /// with 3/4 to 4/3 each box drew the next one after it, to 1.17 of a whole frame's.
  func nearInside(_ box: Box) -> emus_search {
    var search = near(box)
    search.smallest = Int32(clamping: box.width * 7 / 10)
    search.largest = Int32(clamping: box.width * 7 / 5)
    let region = Box(search.region)
    let (left, top) = (max(0, region.x), max(0, region.y))
    search.region = emus_box(
      Box(
        x: left, y: top, width: min(frame.width, region.x + region.width) - left,
        height: min(frame.height, region.y + region.height) - top))
    return search
  }

  private func whole(
    longSide: Int32, step: Double, from smallest: Double, padding: Double
  ) -> emus_search {
    emus_search(
      region: emus_box(x: 0, y: 0, width: Int32(frame.width), height: Int32(frame.height)),
      long_side: longSide, step: step, neighbours: 1, smallest: Int32(Double(side) * smallest),
      largest: 0, padding: padding, equalise: false, lean: 0, mirrored: false)
  }
}

extension emus_search {
  func leaning(_ degrees: Double) -> emus_search {
    var search = self
    search.lean = degrees
    return search
  }

  func equalised() -> emus_search {
    var search = self
    search.equalise = true
    return search
  }

  func mirrored(_ isMirrored: Bool) -> emus_search {
    var search = self
    search.mirrored = isMirrored
    return search
  }

  func with(neighbours: Int32) -> emus_search {
    var search = self
    search.neighbours = neighbours
    return search
  }
}
