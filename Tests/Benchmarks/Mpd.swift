import Foundation
import Glibc

/// MPD beside us, with a home of its own: the daemon to beat at reading folders again.
///
/// Its sound goes nowhere, and its music is behind a link, so that it starts with nothing and reads
/// everything when it is told to.
final class Mpd {
  private let client: String
  private let home: String
  private let process: ChildProcess

  /// Nil where MPD or its client `mpc` is not installed: then the table does without.
  init?(_ workspace: Workspace, home name: String) throws {
    guard let program = Workspace.program("mpd"), let client = Workspace.program("mpc") else {
      workspace.note("mpd and mpc are not installed: no such peer")
      return nil
    }
    self.client = client
    home = "\(workspace.folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: "\(home)/music", withIntermediateDirectories: true)
    let settings = """
      music_directory "\(home)/music"
      db_file "\(home)/database"
      state_file "\(home)/state"
      log_file "\(home)/log"
      log_level "warning"
      bind_to_address "\(home)/socket"
      follow_outside_symlinks "yes"
      auto_update "no"
      zeroconf_enabled "no"
      audio_output {
        type "null"
        name "null"
      }
      """
    try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(home)/conf"))
    process = try ChildProcess.start(
      program, ["--no-daemon", "\(home)/conf"], environment: Workspace.environment
    ) { actions in
      for descriptor: Int32 in 0...2 {
        posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
      }
    }
    let deadline = ContinuousClock.now + .seconds(20)
    while try ask(["version"]).status != 0 {
      guard ContinuousClock.now < deadline else { throw BenchmarkError("mpd does not answer") }
      usleep(20_000)
    }
  }

  deinit {
    kill(process.pid, SIGTERM)
    waitpid(process.pid, nil, 0)
  }

  /// Its resident memory, in MiB.
  var resident: Double {
    get throws(BenchmarkError) { try ProcessFigures(pid: process.pid).resident }
  }

  /// Bytes of its catalogue.
  var catalogue: Double { get throws { try FileCount.bytes(["\(home)/database"]) } }

  /// Seconds of processor time that it has had.
  var processorTime: Double {
    get throws(BenchmarkError) { try ProcessFigures(pid: process.pid).processorTime }
  }

  /// Has it read a folder; answers the milliseconds until it knew all files, which is checked.
  func add(_ folder: String, count: Int) throws -> Double {
    try FileManager.default.createSymbolicLink(
      atPath: "\(home)/music/all", withDestinationPath: folder)
    let milliseconds = try update()
    _ = try ask(["stats"])
    let answer = FileManager.default.contents(atPath: "\(home)/answer") ?? Data()
    let line = String(decoding: answer, as: UTF8.self).split(separator: "\n")
      .first { $0.hasPrefix("Songs:") }
    guard let known = line?.split(separator: " ").last, Int(known) == count else {
      throw BenchmarkError("mpd knows \(line ?? "nothing"), not \(count) songs")
    }
    return milliseconds
  }

  /// Has it read its folders again.
  func update() throws(BenchmarkError) -> Double {
    let ending = try ask(["--wait", "update"])
    guard ending.status == 0 else { throw BenchmarkError("mpc exits \(ending.status)") }
    return ending.milliseconds
  }

  private func ask(_ words: [String]) throws(BenchmarkError) -> ChildProcess.Ending {
    try ChildProcess.run(
      client, ["--host=\(home)/socket"] + words, environment: Workspace.environment,
      output: "\(home)/answer")
  }
}
