import Foundation
import Testing

@Suite("The player in a terminal", .enabled(if: TerminalSession.isAvailable), .serialized)
struct PlayerTests {
  @Test("shows the demo face, a meter, songs and a moving bar; a rating survives kill -9")
  func wholePath() throws {
    let program = try Program()
    let session = try TerminalSession(program, "--source demo")
    try session.wait(for: "demo face")
    let playing = try session.wait(for: "♪")
    #expect(playing.contains("valence"))
    try session.wait(for: "0:02")
    try session.press("9")
    try session.wait(for: "9 stored")
    let pid = try session.player()
    let children = try TerminalSession.children(of: pid)
    #expect(!children.isEmpty)
    kill(pid, SIGKILL)
    try session.wait(for: "LEFT 137")
    let deadline = Date().addingTimeInterval(5)
    while children.contains(where: TerminalSession.isRunning), Date() < deadline {
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(!children.contains(where: TerminalSession.isRunning))
    let songs = try #require(
      try program.emus("--once", "--source", "none", "--json").object()["recommendations"]
        as? [[String: Any]])
    let reasons = songs.flatMap { $0["reasons"] as? [String] ?? [] }
    #expect(reasons.contains { $0.contains("9") }, "\(reasons)")
  }

  @Test("q gives the terminal back and exits 0; the next start goes on there")
  func quits() throws {
    let program = try Program()
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "♪")
    try session.wait(for: "0:02")
    try session.press("q")
    let left = try session.wait(for: "LEFT 0")
    #expect(!left.contains("EMUS"))
    let again = try TerminalSession(program, "--source none")
    try again.wait(for: "Space goes on where you left")
  }

  @Test("SIGTERM restores the terminal and leaves no child")
  func terminates() throws {
    let program = try Program()
    let session = try TerminalSession(program, "--source demo")
    try session.wait(for: "demo face")
    let pid = try session.player()
    let children = try TerminalSession.children(of: pid)
    kill(pid, SIGTERM)
    try session.wait(for: "LEFT 0")
    #expect(!children.contains(where: TerminalSession.isRunning))
  }

  @Test("follows the window's size, and says when it is too small")
  func resizes() throws {
    let session = try TerminalSession(try Program(), "--source none")
    try session.wait(for: "♪")
    try session.resize(columns: 60, rows: 20)
    try session.wait(for: "volume")
    try session.resize(columns: 30, rows: 8)
    try session.wait(for: "needs 40")
    try session.resize(columns: 120, rows: 40)
    try session.wait(for: "next")
  }

  @Test("a second player of one home names the first and changes nothing")
  func second() throws {
    let program = try Program()
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "EMUS")
    let pid = try session.player()
    let other = try TerminalSession(program, "--source none")
    let screen = try other.wait(for: "LEFT 1")
    #expect(screen.contains("\(pid)"))
  }

  @Test("a mistake in the configuration is named with its line, and the defaults hold")
  func configurationMistake() throws {
    let program = try Program()
    _ = try program.file(
      "home/config/emusrc", Array("set autoplay off\nset idntity off\n".utf8))
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "emusrc:2:")
    try session.wait(for: "Space plays")
  }

  @Test("music that comes into a known folder while it plays is read, without being asked for")
  func watches() throws {
    let program = try Program()
    let tone = try program.tone("music/one.wav", seconds: 60)
    #expect(try program.emus("scan", (tone as NSString).deletingLastPathComponent).status == 0)
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "♪")
    try session.press("g", "l")
    try session.wait(for: "one.wav")
    // The watch begins after the first picture: what came before it is noticed with what follows.
    for turn in 0..<5 {
      _ = try program.tone("music/sub \(turn)/new \(turn).wav")
      Thread.sleep(forTimeInterval: 1)
    }
    try session.wait(for: "new 4.wav")
  }

  @Test("what comes into a folder that was forgotten meanwhile does not make it known again")
  func forgotten() throws {
    let program = try Program()
    let folders = try ["music", "other"].map { name in
      (try program.tone("\(name)/one.wav", seconds: 60) as NSString).deletingLastPathComponent
    }
    for folder in folders { #expect(try program.emus("scan", folder).status == 0) }
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "♪")
    try session.press("g", "l")
    try session.wait(for: "one.wav")
    #expect(try program.emus("scan", "--forget", folders[1]).status == 0)
    for turn in 0..<5 {
      _ = try program.tone("other/other \(turn).wav")
      _ = try program.tone("music/new \(turn).wav")
      Thread.sleep(forTimeInterval: 1)
    }
    let screen = try session.wait(for: "new 4.wav")
    #expect(!screen.contains("other"))
    #expect(try program.emus("scan", "--forget", folders[1]).status == 66)
  }

  @Test(
    "what a scan could not read is in the log, a line each, with every byte of the name to be seen")
  func scanLog() throws {
    let program = try Program()
    let control = try program.file("music/a\u{1B}[31m\nb.mp3", Array("text".utf8))
    let folder = (control as NSString).deletingLastPathComponent
    let name = Array("\(folder)/c".utf8) + [0xE9] + Array(".mp3".utf8) + [0]
    close(creat(name.map { CChar(bitPattern: $0) }, 0o600))
    let session = try TerminalSession(program, "--source none")
    try session.wait(for: "♪")
    try session.press(":", "scan \(folder)", "Enter")
    try session.wait(for: "2 could not be read (see the log)")
    let log = try String(
      contentsOf: program.home.appendingPathComponent("state/emus.log"), encoding: .utf8)
    #expect(log.contains("scan: \(folder)/a\\u{1B}[31m\\u{A}b.mp3: no audio in it"), "\(log)")
    #expect(log.contains("scan: \(folder)/c\\xE9.mp3: the file is empty\n"), "\(log)")
    #expect(!log.unicodeScalars.contains("\u{1B}"))
  }

  @Test("without a camera the player says so and plays all the same")
  func noCamera() throws {
    let session = try TerminalSession(try Program(), "--source /dev/video77")
    try session.wait(for: "video77")
    try session.wait(for: "♪")
  }

  @Test("a database of somebody else's is named in plain text, and left as it is")
  func foreignDatabase() throws {
    let program = try Program()
    let path = try program.file("home/data/emus.db", Array("my diary".utf8))
    let session = try TerminalSession(program, "--source none", columns: 300)
    let screen = try session.wait(for: "LEFT 1")
    #expect(screen.contains("left untouched"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "my diary")
  }

  @Test("without a terminal it says so and exits 69")
  func noTerminal() throws {
    let result = try Program().emus("--source", "none")
    #expect(result.status == 69)
    #expect(result.errors.contains("needs a terminal"))
  }
}
