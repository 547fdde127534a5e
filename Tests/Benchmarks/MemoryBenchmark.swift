import Foundation

/// What the player holds in memory with a library, the camera off, and nothing played yet; what
/// cmus and MPD hold with the same files.
///
/// `set autoplay off`: the sound library is opened by the first song, and takes more than all else.
struct MemoryBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    let count = workspace.scale.tracks
    let folder = try workspace.library(count)
    let home = try workspace.home(.generated(count))
    let configuration = URL(fileURLWithPath: "\(home)/config/emusrc")
    try FileManager.default.createDirectory(
      at: configuration.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("set autoplay off\n".utf8).write(to: configuration)
    defer { unlinkQuietly(configuration) }
    let ours = try resident(home: home)
    var row = Row("resident, \(count) tracks, nothing played")
    row.memory = Figure.mebibytes(ours)
    var peers: [String] = []
    if let cmus = try Cmus(workspace, home: "cmus-memory") {
      _ = try cmus.add(folder, count: count)
      let (terminal, _) = try cmus.start()
      terminal.pass(seconds: 3)
      peers.append("cmus \(try figure(terminal))")
      try terminal.end()
    }
    if let mpd = try Mpd(workspace, home: "mpd-memory") {
      _ = try mpd.add(folder, count: count)
      peers.append("mpd \(Figure.mebibytes(try mpd.resident))")
    }
    row.peer = peers.joined(separator: "; ")
    return [row.aiming(at: "80 MB, goal 45", ours * 1.048_576 <= 80)]
  }

  private func resident(home: String) throws -> Double {
    let terminal = try PseudoTerminal(
      workspace.emus, ["--home", home, "--source", "none"], environment: Workspace.environment)
    _ = try terminal.wait(for: "EMUS")
    terminal.type("gl")
    _ = try terminal.wait(for: "Song 0")
    terminal.pass(seconds: 5)
    let resident = try ProcessFigures(pid: terminal.process.pid).resident
    try terminal.end()
    return resident
  }

  private func figure(_ terminal: PseudoTerminal) throws -> String {
    Figure.mebibytes(try ProcessFigures(pid: terminal.process.pid).resident)
  }

  private func unlinkQuietly(_ file: URL) {
    do {
      try FileManager.default.removeItem(at: file)
    } catch {
      workspace.note("left behind: \(file.path): \(error)")
    }
  }
}
