import Foundation
import GeneratedLibrary
import Synchronization

/// What the benchmarks share: a folder that is gone afterwards, the built programs, a library of
/// generated files, and homes that know it. Each is made when somebody first asks.
final class Workspace: Sendable {
  let scale: Scale
  let folder: String
  /// The folder that holds `emus` and `emus-eye`: where this program lies.
  let programs: String
  private let kept = Mutex(Kept())

  private struct Kept {
    var notes: [String] = []
    var libraries: [Int: String] = [:]
    var homes: [Music: String] = [:]
  }

  /// What a home knows.
  enum Music: Hashable {
    case demo
    /// So many songs.
    case generated(Int)
  }

  init(scale: Scale) throws {
    self.scale = scale
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    programs = URL(fileURLWithPath: own).deletingLastPathComponent().path
    folder = NSTemporaryDirectory() + "emus-bench-\(UUID().uuidString.prefix(8))"
    for program in ["emus", "emus-eye"]
    where !FileManager.default.isExecutableFile(atPath: "\(programs)/\(program)") {
      throw BenchmarkError("no \(program) in \(programs): make build")
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  func remove() {
    do {
      try FileManager.default.removeItem(atPath: folder)
    } catch {
      note("left behind: \(folder): \(error)")
    }
  }

  var notes: [String] { kept.withLock { $0.notes } }

  /// Says something below the table, once.
  func note(_ text: String) {
    kept.withLock { if !$0.notes.contains(text) { $0.notes.append(text) } }
  }

  var emus: String { programs + "/emus" }
  var eye: String { programs + "/emus-eye" }

  /// The folder of the demo pieces.
  func demoMusic() throws(BenchmarkError) -> String { try checkedOut("Library/music") }

  /// The emotion network.
  func network() throws(BenchmarkError) -> String { try checkedOut("Weights/emotion.onnx") }

  /// What lies in the checkout, some folders above the programs.
  private func checkedOut(_ name: String) throws(BenchmarkError) -> String {
    var above = URL(fileURLWithPath: programs)
    for _ in 0..<6 {
      let path = above.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: path) { return path }
      above = above.deletingLastPathComponent()
    }
    throw BenchmarkError("no \(name) above \(programs)")
  }

  func music(_ kind: Music) throws -> String {
    switch kind {
    case .demo: try demoMusic()
    case .generated(let count): try library(count)
    }
  }

  /// A folder with so many generated songs, all of them on the disk.
  func library(_ count: Int) throws -> String {
    if let known = kept.withLock({ $0.libraries[count] }) { return known }
    let path = "\(folder)/music-\(count)"
    try GeneratedLibrary.write(count: count, to: path)
    // Music lies on the disk for long: whoever waits for the disk shall not wait for these.
    sync()
    kept.withLock { $0.libraries[count] = path }
    return path
  }

  /// A home of emus that knows the music.
  func home(_ music: Music) throws -> String {
    if let known = kept.withLock({ $0.homes[music] }) { return known }
    let home: String
    switch music {
    case .demo: home = "\(folder)/home-demo"
    case .generated(let count): home = "\(folder)/home-\(count)"
    }
    switch music {
    case .demo: try runEmus(["--once", "--source", "none", "--json"], home: home)
    case .generated(let count): try runEmus(["scan", try library(count)], home: home)
    }
    kept.withLock { $0.homes[music] = home }
    return home
  }

  /// Runs `emus` to its end, which must be a good one.
  @discardableResult
  func runEmus(_ arguments: [String], home: String) throws -> ChildProcess.Ending {
    let ending = try ChildProcess.run(
      emus, arguments + ["--home", home], environment: Self.environment,
      output: "\(folder)/output")
    guard ending.status == 0 else {
      throw BenchmarkError("emus \(arguments.joined(separator: " ")) exits \(ending.status)")
    }
    return ending
  }

  /// Where a program lies that the path finds; nil where it does not.
  static func program(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first(where: FileManager.default.isExecutableFile)
  }

  /// Our own environment with nothing in it that changes what is measured.
  static var environment: [String: String] {
    var environment = ProcessInfo.processInfo.environment
    environment["EMUS_AUDIO"] = "null"
    environment["TERM"] = "xterm-256color"
    environment["LC_ALL"] = "C.UTF-8"
    for name in ["NO_COLOR", "EMUS_HOME", "LINES", "COLUMNS"] { environment[name] = nil }
    return environment
  }
}
