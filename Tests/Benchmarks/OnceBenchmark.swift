/// `emus --once` on an image, the whole process: what a script waits for.
struct OnceBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    let image = "\(workspace.folder)/face.pgm"
    try DemoPicture.writeImage(to: image)
    let home = try workspace.home(.demo)
    return [
      try row("emus --once, PGM of 640x480", source: image, home: home)
        .aiming(at: "600 ms, goal 300"),
      try row("emus --once, no source", source: "none", home: home).row,
    ]
  }

  private struct Timed {
    var row: Row
    var sample: Sample

    func aiming(at target: String) -> Row { row.aiming(at: target, sample.median <= 600) }
  }

  private func row(_ what: String, source: String, home: String) throws -> Timed {
    let arguments = ["--once", "--source", source, "--json"]
    try workspace.runEmus(arguments, home: home)
    var sample = Sample()
    var peak = 0.0
    for _ in 0..<workspace.scale.starts {
      let ending = try workspace.runEmus(arguments, home: home)
      sample.add(ending.milliseconds)
      peak = max(peak, ending.peak)
    }
    var row = Row(what, sample)
    row.memory = Figure.mebibytes(peak)
    return Timed(row: row, sample: sample)
  }
}
