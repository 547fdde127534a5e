/// How long a listener looks at an empty terminal, in ours and in cmus, by turns.
///
/// From `posix_spawn` to the first bytes with the player's own text, read from a pseudo-terminal of
/// 100x30. The first song in the list is another thing: EMUS shows it when asked (`gl` is typed as
/// soon as it has painted), cmus in the view it starts with.
struct PaintBenchmark {
  let workspace: Workspace

  private struct Starts {
    var painted = Sample()
    var listed = Sample()
    var resident = Sample()

    mutating func add(_ start: Start) {
      painted.add(start.painted)
      resident.add(start.resident)
      if let song = start.listed { listed.add(song) }
    }
  }

  func rows() throws -> [Row] {
    let demo = try rows("demo library", .demo, song: nil)
    return try demo
      + workspace.scale.libraries.flatMap { count in
        try rows(
          "\(count) tracks", .generated(count), song: (ours: "Song 0", theirs: ". Song "))
      }
  }

  /// A title as the lists write it; cmus begins where it was, EMUS at the top.
  private typealias Song = (ours: String, theirs: String)

  private func rows(_ label: String, _ music: Workspace.Music, song: Song?) throws -> [Row] {
    let home = try workspace.home(music)
    let cmus = try Cmus(workspace, home: "cmus-paint-\(label.prefix { $0 != " " })")
    if let cmus {
      let folder = try workspace.music(music)
      _ = try cmus.add(folder, count: try FileCount.music(below: folder))
    }
    var ours = Starts()
    var theirs = Starts()
    // The first round fills the caches.
    for round in 0...workspace.scale.starts {
      let ourStart = try startEmus(home: home, song: song?.ours)
      let theirStart = try cmus.map { try start($0, song: song?.theirs) }
      guard round > 0 else { continue }
      ours.add(ourStart)
      if let theirStart { theirs.add(theirStart) }
    }
    var painted = row("first screen, \(label)", ours.painted, theirs.painted)
    painted.memory = Figure.mebibytes(ours.resident.median)
    if cmus != nil { painted.peer += ", \(Figure.mebibytes(theirs.resident.median))" }
    guard song != nil else { return [painted] }
    return [painted, row("first song listed, \(label)", ours.listed, theirs.listed)]
  }

  private func row(_ what: String, _ ours: Sample, _ theirs: Sample) -> Row {
    var row = Row(what, ours)
    guard theirs.count > 0 else { return row }
    let ratio = ours.median / theirs.median
    row.peer = "cmus \(Figure.milliseconds(theirs.median)), ratio \(Figure.ratio(ratio))"
    return row.aiming(at: "cmus, goal 0.6x", ratio <= 1)
  }

  private struct Start {
    var painted: Double
    var listed: Double?
    var resident: Double
  }

  private func startEmus(home: String, song: String?) throws -> Start {
    let terminal = try PseudoTerminal(
      workspace.emus, ["--home", home, "--source", "none"], environment: Workspace.environment)
    let painted = try terminal.wait(for: "EMUS")
    if song != nil { terminal.type("gl") }
    return try finish(terminal, painted: painted, song: song)
  }

  private func start(_ cmus: Cmus, song: String?) throws -> Start {
    let (terminal, painted) = try cmus.start()
    return try finish(terminal, painted: painted, song: song)
  }

  private func finish(_ terminal: PseudoTerminal, painted: Double, song: String?) throws -> Start {
    let listed = try song.map { try terminal.wait(for: $0) }
    terminal.pass(seconds: 0.3)
    let resident = try ProcessFigures(pid: terminal.process.pid).resident
    try terminal.end()
    return Start(painted: painted, listed: listed, resident: resident)
  }
}
