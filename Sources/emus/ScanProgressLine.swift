import Foundation
import Glibc
import LibraryFiles
import Synchronization

/// How far a scan is: a bar on stderr where that is a terminal, JSON lines for the player.
final class ScanProgressLine: Sendable {
  private let json: Bool
  private let isTerminal = isatty(2) == 1
  private let hasShown = Mutex(false)

  init(json: Bool) { self.json = json }

  func show(_ progress: ScanProgress) {
    if json {
      let line =
        "{\"done\":\(progress.done),\"total\":\(progress.total),\"failed\":\(progress.failed)}\n"
      FileHandle.standardOutput.write(Data(line.utf8))
      return
    }
    guard isTerminal else { return }
    hasShown.withLock { $0 = true }
    let width = 30
    let filled = progress.total > 0 ? progress.done * width / progress.total : 0
    let bar =
      String(repeating: "━", count: filled) + String(repeating: "─", count: width - filled)
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    FileHandle.standardError.write(
      Data("\r\u{1B}[K\(bar) \(progress.done) of \(progress.total)\(failed)".utf8))
  }

  /// Leaves a clean line behind.
  func end() {
    guard hasShown.withLock({ $0 }) else { return }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
  }
}
