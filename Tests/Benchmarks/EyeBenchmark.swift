import Foundation
import Glibc
import Perception
import Synchronization
import WatcherProcess

/// Detecting and classifying the drawn face at 640x480, through the eye's own program on one core.
///
/// A folder of images is looked at frame by frame, each for itself; a film as a camera is, where
/// the face is first sought where it was.
struct EyeBenchmark {
  let workspace: Workspace

  private static let images = 5

  func rows() async throws -> [Row] {
    let folder = "\(workspace.folder)/faces"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for image in 0..<Self.images {
      try DemoPicture.writeImage(to: "\(folder)/\(image).pgm", at: Double(image) * 1.3)
    }
    let film = "\(workspace.folder)/face.y4m"
    try DemoPicture.writeFilm(to: film, frames: workspace.scale.frames)

    let eye = try EyeWatch(program: workspace.eye, weights: workspace.network())
    var stills = Sample()
    // The first look loads cascade and network.
    for round in 0...max(2, workspace.scale.frames / Self.images) {
      let timings = try await eye.timings(of: .once(.path(folder)))
      if round > 0 { for timing in timings { stills.add(timing.detect + timing.classify) } }
    }
    var followed = Sample()
    for timing in try await eye.timings(of: .open(.path(film), rate: 120)) {
      followed.add(timing.detect + timing.classify)
    }
    let memory = try eye.memory()
    await eye.stop()
    workspace.note("the eye after \(stills.count + followed.count) looks: \(memory) resident")
    var rows = [
      row("detect + classify, following", followed), row("detect + classify, whole frame", stills),
    ]
    rows[0].memory = memory
    return rows
  }

  private func row(_ what: String, _ sample: Sample) -> Row {
    Row("\(what), 640x480", sample).aiming(at: "25 ms p50", sample.median <= 25)
  }
}

/// The eye on one core of those that we may use.
private struct EyeWatch {
  private let watcher: Watcher

  init(program: String, weights: String) throws {
    let core = try Self.firstCore()
    watcher = Watcher.live(
      executable: "/usr/bin/taskset", arguments: ["-c", core, program, "--weights", weights],
      log: { _ in })
  }

  /// What each look of a job took.
  func timings(of job: EyeRequest) async throws -> [EyeTiming] {
    watcher.send(job)
    var timings: [EyeTiming] = []
    for await reply in watcher.replies() {
      switch reply {
      case .glimpse(let glimpse):
        guard glimpse.face != nil else { continue }
        timings.append(glimpse.timing)
      case .trouble(let trouble): throw BenchmarkError("the eye: \(trouble.message)")
      case .ended:
        guard !timings.isEmpty else { throw BenchmarkError("the eye found no face") }
        return timings
      case .begun, .opened, .preview, .enrolled, .looked, .refused, .trained, .training: continue
      }
    }
    throw BenchmarkError("the eye ended")
  }

  func memory() throws -> String {
    guard let pid = try ProcessFigures(pid: getpid()).children.first else {
      throw BenchmarkError("the eye is gone")
    }
    let figures = ProcessFigures(pid: pid)
    let now = Figure.mebibytes(try figures.resident)
    return "\(now) (peak \(Figure.mebibytes(try figures.peak)))"
  }

  func stop() async { await watcher.stop() }

  private static func firstCore() throws -> String {
    let status = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: "/proc/self/status")), as: UTF8.self)
    for line in status.split(separator: "\n") where line.hasPrefix("Cpus_allowed_list:") {
      let digits = line.drop { !$0.isNumber }.prefix { $0.isNumber }
      if !digits.isEmpty { return String(digits) }
    }
    throw BenchmarkError("/proc/self/status names no core")
  }
}
