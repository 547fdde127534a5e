import Foundation
import Session

/// `emus scan` run beside the player at low priority, its progress read from a pipe.
///
/// A crash in foreign code costs the scan, not the music. Ends with the player.
struct ScanProcess: Sendable {
  let executable: String
  let home: Home

  func run(_ folders: [String]) -> AsyncStream<Event> {
    AsyncStream { continuation in
      let thread = Thread { [self] in
        do {
          try scan(folders) { continuation.yield($0) }
        } catch {
          continuation.yield(.failed(.scan, "the scan could not be started: \(error)"))
        }
        continuation.finish()
      }
      thread.start()
    }
  }

  /// Blocks its own thread until the scan is over.
  private func scan(_ folders: [String], tell: (Event) -> Void) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/nice")
    var arguments = ["-n", "10", executable, "scan", "--json", "--report-progress"]
    if let root = home.root { arguments += ["--home", root] }
    process.arguments =
      arguments + ["--"] + folders.map { NSString(string: $0).expandingTildeInPath }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    var last: Result?
    for line in Lines(handle: output.fileHandleForReading) {
      if let result = try? JSONDecoder().decode(Result.self, from: line) {
        last = result
      } else if let progress = try? JSONDecoder().decode(Progress.self, from: line) {
        tell(.scanProgressed(ScanStatus(done: progress.done, total: progress.total)))
      }
    }
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard let last else {
      let text = String(decoding: complaint, as: UTF8.self).split(separator: "\n").first
      return tell(.failed(.scan, text.map(String.init) ?? "the scan ended without a result"))
    }
    tell(
      .scanned(
        ScanStatus(added: last.added, updated: last.updated, failed: last.failed.count)))
  }

  private struct Progress: Decodable {
    var done: Int
    var total: Int
  }

  private struct Result: Decodable {
    struct Failed: Decodable { var path: String }
    var added: Int
    var updated: Int
    var failed: [Failed]
  }
}

/// The lines of a pipe, until it ends.
private struct Lines: Sequence, IteratorProtocol {
  let handle: FileHandle
  private var rest = Data()

  init(handle: FileHandle) { self.handle = handle }

  mutating func next() -> Data? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = rest[rest.startIndex..<end]
        rest = rest[rest.index(after: end)...]
        return Data(line)
      }
      let more = handle.availableData
      guard !more.isEmpty else {
        defer { rest = Data() }
        return rest.isEmpty ? nil : rest
      }
      rest.append(more)
    }
  }
}
