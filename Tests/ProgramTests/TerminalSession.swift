import Foundation
import Testing

/// The player in a real terminal: tmux draws it, keys are typed, the screen is read as text.
final class TerminalSession {
  private let program: Program
  private let name = "emus-\(UUID().uuidString.prefix(8))"

  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux") }

  /// Starts the player inside a shell, so that what it leaves behind can be seen.
  init(
    _ program: Program, _ arguments: String, columns: Int = 100, rows: Int = 30,
    emus: String = Program.binaries.appendingPathComponent("emus").path
  ) throws {
    self.program = program
    try tmux(
      "new-session", "-d", "-s", name, "-x", "\(columns)", "-y", "\(rows)",
      "env PS1='$ ' EMUS_AUDIO=null LC_ALL=C.UTF-8 sh -c '\(emus) --home \(program.home.path) "
        + "\(arguments); echo LEFT $?; exec sh'")
  }

  deinit {
    do {
      try tmux("kill-session", "-t", name)
    } catch {
      print("no session to end: \(error)")
    }
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    // The server outlives its client: with Foundation's own descriptor in its hands, waiting for
    // the client would never end.
    let closing = "for f in /proc/$$/fd/*; do n=${f##*/}; [ $n -gt 2 ] && eval \"exec $n>&-\"; done"
    return try program.run(
      "/bin/bash", ["-c", "\(closing); exec /usr/bin/tmux \"$@\"", "tmux", "-L", name] + arguments
    ).output
  }

  var screen: String {
    get throws { try tmux("capture-pane", "-p", "-t", name) }
  }

  func press(_ keys: String...) throws {
    for key in keys { try tmux("send-keys", "-t", name, key) }
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-t", name, "-x", "\(columns)", "-y", "\(rows)")
  }

  /// Waits until the screen holds a text; returns that screen. At most half a minute.
  @discardableResult
  func wait(for text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let deadline = Date().addingTimeInterval(30)
    var last = ""
    while Date() < deadline {
      last = try screen
      if last.contains(text) { return last }
      Thread.sleep(forTimeInterval: 0.05)
    }
    Issue.record("never saw '\(text)' in:\n\(last)", sourceLocation: sourceLocation)
    return last
  }

  /// The process number of the player itself.
  func player() throws -> Int32 {
    let home = program.home.path
    for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      guard let pid = Int32(entry),
        let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
      else { continue }
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      if words.first?.hasSuffix("/emus") == true, words.contains(home) { return pid }
    }
    throw CocoaError(.fileNoSuchFile)
  }

  /// The processes that a process started.
  static func children(of pid: Int32) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { entry in
      guard let child = Int32(entry),
        let status = FileManager.default.contents(atPath: "/proc/\(child)/stat"),
        // The name in brackets may hold anything; the parent follows the state after it.
        let rest = String(decoding: status, as: UTF8.self).split(separator: ")").last
      else { return nil }
      let fields = rest.split(separator: " ")
      return fields.count > 1 && Int32(fields[1]) == pid ? child : nil
    }
  }

  static func isRunning(_ pid: Int32) -> Bool {
    guard let status = FileManager.default.contents(atPath: "/proc/\(pid)/stat"),
      let rest = String(decoding: status, as: UTF8.self).split(separator: ")").last
    else { return false }
    return !rest.hasPrefix(" Z")
  }
}
