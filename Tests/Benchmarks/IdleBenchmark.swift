/// What the player costs while it runs: processor and memory, from /proc, with the camera off and
/// with the eye watching the drawn face; music goes to a null output in real time.
struct IdleBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    let alone = try measure(source: "none")
    let watched = try measure(source: "demo")
    var paused = Row("CPU, paused, camera off")
    paused.p50 = Figure.percent(alone.paused)
    paused = paused.aiming(at: "0.5 %", alone.paused <= 0.5)
    var playing = Row("CPU, playing, camera off")
    playing.p50 = Figure.percent(alone.playing)
    playing.memory = Figure.mebibytes(alone.resident)
    var seen = Row("CPU, playing, demo face, player alone")
    seen.p50 = Figure.percent(watched.playing)
    seen.memory = Figure.mebibytes(watched.resident)
    var eye = Row("CPU, playing, demo face, its eye")
    eye.p50 = Figure.percent(watched.eye)
    eye.memory = Figure.mebibytes(watched.eyeResident)
    return [paused, playing, seen, eye]
  }

  /// Percent of one core, MiB.
  private struct Figures {
    var playing = 0.0
    var eye = 0.0
    var paused = 0.0
    var resident = 0.0
    var eyeResident = 0.0
  }

  private func measure(source: String) throws -> Figures {
    let terminal = try PseudoTerminal(
      workspace.emus, ["--home", try workspace.home(.demo), "--source", source],
      environment: Workspace.environment)
    _ = try terminal.wait(for: "EMUS")
    // Three seconds of patience for a mood, then the first song.
    terminal.pass(seconds: 6)
    let player = ProcessFigures(pid: terminal.process.pid)
    let eye = try player.children.map(ProcessFigures.init).first
    var figures = Figures()
    (figures.playing, figures.eye) = try shares(player, eye, terminal, isPlaying: true)
    figures.resident = try player.resident
    figures.eyeResident = try eye?.resident ?? 0
    terminal.type(" ")
    terminal.pass(seconds: 2)
    (figures.paused, _) = try shares(player, nil, terminal, isPlaying: false)
    try terminal.end()
    return figures
  }

  private func shares(
    _ player: ProcessFigures, _ eye: ProcessFigures?, _ terminal: PseudoTerminal, isPlaying: Bool
  ) throws -> (player: Double, eye: Double) {
    let start = ContinuousClock.now
    let before = (try player.processorTime, try eye?.processorTime ?? 0)
    let bytes = terminal.pass(seconds: workspace.scale.seconds)
    let after = (try player.processorTime, try eye?.processorTime ?? 0)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    guard try terminal.process.poll() == nil else { throw BenchmarkError("the player has ended") }
    if isPlaying, bytes == 0 { throw BenchmarkError("the player does not play: nothing moves") }
    return ((after.0 - before.0) / seconds * 100, (after.1 - before.1) / seconds * 100)
  }
}
