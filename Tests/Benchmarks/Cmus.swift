import Foundation
import Glibc

/// cmus beside us, with a home of its own: the player to beat at starting.
///
/// Its output is named, or it looks for a sound server for seconds; its list of songs is the first
/// view, as ours is measured. Without a D-Bus it asks for Enter before it paints, which it gets at once.
struct Cmus {
  private let program: String
  private let remote: String
  private let home: String

  /// Nil where cmus is not installed: then the table does without.
  init?(_ workspace: Workspace, home name: String) throws {
    guard let program = Workspace.program("cmus"), let remote = Workspace.program("cmus-remote")
    else {
      workspace.note("cmus is not installed: no peer")
      return nil
    }
    self.program = program
    self.remote = remote
    home = "\(workspace.folder)/\(name)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    let settings = "set output_plugin=alsa\nset mpris=false\nset start_view=sorted\n"
    try Data(settings.utf8).write(to: URL(fileURLWithPath: "\(home)/rc"))
  }

  private var output: String { "\(home)/output" }

  private var environment: [String: String] {
    var environment = Workspace.environment
    environment["CMUS_HOME"] = home
    environment["CMUS_SOCKET"] = "\(home)/socket"
    environment["XDG_RUNTIME_DIR"] = home
    return environment
  }

  /// Starts it in a terminal; answers the milliseconds until it had painted as well.
  func start() throws -> (terminal: PseudoTerminal, painted: Double) {
    let terminal = try PseudoTerminal(program, [], environment: environment)
    _ = try terminal.wait(for: "Library", "Press <enter>")
    if terminal.hasWritten("Press <enter>") { terminal.type("\n") }
    return (terminal, try terminal.wait(for: "Library"))
  }

  /// Bytes of its library and of its cache of tags.
  var catalogue: Double { get throws { try FileCount.bytes(["\(home)/cache", "\(home)/lib.pl"]) } }

  /// What reading a folder took until all files were known.
  struct Added {
    var milliseconds: Double
    /// Seconds.
    var processor: Double
    /// MiB, at the end.
    var resident: Double
  }

  /// Has it read a folder, and write what it knows when it leaves.
  ///
  /// It is over when it stopped working, and only then asked how much it knows: asked meanwhile, it
  /// would be kept from its work.
  func add(_ folder: String, count: Int) throws -> Added {
    let (terminal, _) = try start()
    terminal.pass(seconds: 0.2)
    let figures = ProcessFigures(pid: terminal.process.pid)
    let start = ContinuousClock.now
    try tell("add \(folder)")
    let before = try figures.processorTime
    var (worked, used) = (start, before)
    while true {
      terminal.pass(seconds: 0.002)
      let now = ContinuousClock.now
      let time = try figures.processorTime
      if time > used {
        (worked, used) = (now, time)
      } else if now - worked > Self.silence {
        if try known() >= count { break }
        guard now - start < .seconds(120) else {
          throw BenchmarkError("cmus knows \(try known()) of \(count) files after two minutes")
        }
        used = try figures.processorTime
      }
    }
    let added = Added(
      milliseconds: (worked - start) / .milliseconds(1), processor: used - before,
      resident: try figures.resident)
    try terminal.end()
    return added
  }

  /// Longer than a busy machine keeps a program waiting.
  private static let silence = Duration.milliseconds(300)

  /// How many files its library holds, as it prints them when asked. Named a file, it would keep
  /// its library there from then on.
  private func known() throws -> Int {
    try tell("save -l -")
    let bytes = FileManager.default.contents(atPath: output) ?? Data()
    return bytes.count { $0 == UInt8(ascii: "\n") }
  }

  private func tell(_ command: String) throws {
    let ending = try ChildProcess.run(
      remote, ["-C", command], environment: environment, output: output)
    guard ending.status == 0 else { throw BenchmarkError("cmus-remote exits \(ending.status)") }
  }
}
