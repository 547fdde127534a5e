import Glibc
import LibraryFiles

/// How far a scan is: a bar for people, JSON lines for the player.
final class ScanProgressLine: Sendable {
  private let json: Bool
  private let line = ProgressLine()

  init(json: Bool) { self.json = json }

  func show(_ progress: ScanProgress) {
    if json {
      ProgressLine.write(
        "{\"done\":\(progress.done),\"total\":\(progress.total),\"failed\":\(progress.failed)}\n",
        to: STDOUT_FILENO)
      return
    }
    let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    line.show(share, "\(progress.done) of \(progress.total)\(failed)")
  }

  /// Leaves a clean line behind.
  func end() { line.end() }
}
