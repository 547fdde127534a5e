import Foundation

/// Face detection on labelled photographs, pictures without people, and films, through the
/// player's own detector: how many faces, how many ghosts, and what a frame takes.
///
/// Skips where `shared/data/faces` does not lie beside the checkout: the pictures show people and
/// are not part of the project.
struct DetectionBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    guard let folder = Self.folder(above: workspace.programs) else {
      workspace.note("detection: skipped, no shared/data/faces above \(workspace.programs)")
      return []
    }
    let figures = try DetectionFigures(folder: folder)
    return try [photographs(figures)] + withoutPeople(figures) + films(figures)
  }

  private func photographs(_ figures: DetectionFigures) throws -> Row {
    let photographs = try figures.photographs()
    let recall = Double(photographs.found) / Double(max(1, photographs.labelled))
    var row = Row(
      "faces found of \(photographs.labelled), and \(photographs.falseBoxes) false boxes")
    row.p50 = Figure.percent(100 * recall)
    return row.aiming(at: "95 %", recall >= 0.95)
  }

  private func withoutPeople(_ figures: DetectionFigures) throws -> [Row] {
    let outdoors = try figures.faces(ofFolder: "no-face")
    let indoors = try figures.faces(ofFolder: "no-face-indoor")
    var first = Row("false boxes in \(outdoors.images) pictures without people")
    first.p50 = "\(outdoors.faces)"
    var second = Row("false boxes in \(indoors.images) rooms without people")
    second.p50 = "\(indoors.faces)"
    return [first.aiming(at: "2", outdoors.faces <= 2), second]
  }

  private func films(_ figures: DetectionFigures) throws -> [Row] {
    let talking = try figures.film("fer_woman2.mp4")
    var rows = [
      Row("detect, following, processor time a frame", talking.cost)
        .aiming(at: "8 ms mean", talking.mean <= 8)
    ]
    let empty = try figures.emptyRooms(6, after: 20)
    var room = Row("share of a core for a room that has been empty for 20 s, 15 looks a second")
    room.p50 = Figure.percent(100 * empty.median)
    room.p99 = Figure.percent(100 * empty.quantile(0.99))
    rows.append(room.aiming(at: "20 %", empty.median <= 0.2))
    workspace.note("detection, following: \(Figure.milliseconds(talking.mean)) a frame on average")
    for name in ["fer_woman2.mp4", "d12.mp4", "d3.mp4", "short_hamilton_clip.mp4"] {
      let film = name == "fer_woman2.mp4" ? talking : try figures.film(name)
      var row = Row("frames with a face, \(name) (\(film.profile) of them not frontal)")
      row.p50 = Figure.percent(100 * film.seen)
      rows.append(row)
    }
    return try rows
      + ["fer_woman2.mp4", "d12.mp4", "d3.mp4"].map { name in
        let sides = try figures.sides(name)
        var row = Row("side of the followed face by the whole frame's, \(name)")
        row.p50 = Figure.ratio(sides.median)
        row.p99 = Figure.ratio(sides.quantile(0.99))
        return row.aiming(at: "0.95 to 1.05", (0.95...1.05).contains(sides.median))
      }
  }

  private static func folder(above programs: String) -> String? {
    var above = URL(fileURLWithPath: programs)
    while above.path != "/" {
      let faces = above.appendingPathComponent("shared/data/faces").path
      if FileManager.default.fileExists(atPath: faces) { return faces }
      above = above.deletingLastPathComponent()
    }
    return nil
  }
}
