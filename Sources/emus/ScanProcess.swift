import Foundation
import Music
import Session
import Synchronization

/// `emus scan` run beside the player at low priority, its progress read from a pipe.
///
/// A crash in foreign code costs the scan, not the music. Ends when nobody reads its events any
/// more, and with the player, whatever the player dies of. What it complains of goes to the log.
struct ScanProcess: Sendable {
  let executable: String
  let home: Home

  func run(_ folders: [String]) -> AsyncStream<Event> {
    AsyncStream { continuation in
      let child = Child(arguments: arguments(folders))
      continuation.onTermination = { @Sendable reason in
        if case .cancelled = reason { child.end() }
      }
      // The thread that starts the scan lives as long as the scan: the kernel ends it with it.
      Thread { @Sendable [self] in
        do {
          try follow(child) { continuation.yield($0) }
        } catch {
          continuation.yield(.failed(.scan, "the scan could not be started: \(error)"))
        }
        continuation.finish()
      }.start()
    }
  }

  private func arguments(_ folders: [String]) -> [String] {
    var arguments = ["-n", "10", executable, "scan", "--json", "--report-progress"]
    if let root = home.root { arguments += ["--home", root] }
    return arguments + ["--"] + folders.map { NSString(string: $0).expandingTildeInPath }
  }

  /// Blocks its own thread until the scan is over.
  private func follow(_ child: Child, tell: (Event) -> Void) throws {
    let log = LogFile(path: home.log)
    let output = Pipe()
    let errors = Pipe()
    guard try child.start(output: output, errors: errors) else { return }
    let complaints = Complaints(of: errors, log: log)
    var isTold = false
    for line in PipeLines(output) {
      do {
        switch try JSONDecoder().decode(ScanLine.self, from: Data(line)) {
        case .progress(let status): tell(.scanProgressed(status))
        case .result(let status, let failed):
          for file in failed { log.write("scan: \(PathText.escaped(file.path)): \(file.reason)") }
          // What the process does from here on is for later scans.
          tell(.scanned(status))
          isTold = true
        }
      } catch {
        log.write("scan: not understood: \(String(decoding: line, as: UTF8.self))")
      }
    }
    let complaint = complaints.first()
    child.wait()
    if !isTold { tell(.failed(.scan, complaint ?? "the scan ended without a result")) }
  }
}

/// The process of one scan, which may be ended from any thread, even before it was started.
private final class Child: Sendable {
  private enum Phase { case waiting, running(Process), ended }

  private let arguments: [String]
  private let phase = Mutex(Phase.waiting)

  init(arguments: [String]) { self.arguments = arguments }

  /// False where it was ended before its start.
  func start(output: Pipe, errors: Pipe) throws -> Bool {
    try phase.withLock { phase in
      guard case .waiting = phase else { return false }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/nice")
      process.arguments = arguments
      process.standardOutput = output
      process.standardError = errors
      process.standardInput = FileHandle.nullDevice
      try process.run()
      phase = .running(process)
      return true
    }
  }

  func wait() {
    let process: Process? = phase.withLock { phase in
      guard case .running(let process) = phase else { return nil }
      return process
    }
    process?.waitUntilExit()
  }

  /// Asks it to end in good order: what was read so far is kept.
  func end() {
    phase.withLock { phase in
      switch phase {
      case .waiting: phase = .ended
      case .running(let process): if process.isRunning { process.terminate() }
      case .ended: break
      }
    }
  }
}

/// What a scan writes to stderr, read beside its progress, so that neither pipe fills up.
private final class Complaints: Sendable {
  private let firstLine = Mutex<String?>(nil)
  private let isOver = DispatchSemaphore(value: 0)

  init(of pipe: Pipe, log: LogFile) {
    Thread { @Sendable [self] in
      for line in PipeLines(pipe) {
        let text = String(decoding: line, as: UTF8.self)
        log.write("scan: \(text)")
        let plain = text.hasPrefix("emus: ") ? String(text.dropFirst(6)) : text
        firstLine.withLock { $0 = $0 ?? plain }
      }
      isOver.signal()
    }.start()
  }

  /// Waits for the end of the pipe; nil where nothing was complained of.
  func first() -> String? {
    isOver.wait()
    return firstLine.withLock(\.self)
  }
}

/// A line of `emus scan --json --report-progress`: how far it is, or, as the last, its result.
private enum ScanLine: Decodable {
  case progress(ScanStatus)
  case result(ScanStatus, failed: [Failed])

  struct Failed: Decodable {
    var path: [UInt8]
    var reason: String

    private enum Key: String, CodingKey {
      case path, reason
      case bytes = "path_bytes"
    }

    init(from decoder: any Decoder) throws {
      let file = try decoder.container(keyedBy: Key.self)
      let bytes = try file.decodeIfPresent(Data.self, forKey: .bytes)
      path = try bytes.map(Array.init) ?? Array(file.decode(String.self, forKey: .path).utf8)
      reason = try file.decode(String.self, forKey: .reason)
    }
  }

  private enum Key: CodingKey { case done, total, added, updated, moved, returned, missing, failed }

  init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Key.self)
    guard line.contains(.added) else {
      self = .progress(
        ScanStatus(
          done: try line.decode(Int.self, forKey: .done),
          total: try line.decode(Int.self, forKey: .total)))
      return
    }
    let failed = try line.decode([Failed].self, forKey: .failed)
    self = .result(
      ScanStatus(
        added: try line.decode(Int.self, forKey: .added),
        updated: try line.decode(Int.self, forKey: .updated),
        moved: try line.decode(Int.self, forKey: .moved),
        returned: try line.decode(Int.self, forKey: .returned),
        missing: try line.decode(Int.self, forKey: .missing),
        failed: failed.count), failed: failed)
  }
}
