import Foundation
import Glibc
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test(
    "what is not understood exits 64",
    arguments: [
      ["--bogus"], ["frobnicate"], ["rate", "11"], ["--json"], ["--play"], ["--source", ""],
      ["user", "add"], ["evaluate", "faces", "--data", "x", "--usage", ""],
      ["train", "hog", "--data", "x", "--out", ""],
      ["calibrate", "--undo", "--also", "happy=0"],
      ["calibrate", "--source", "0", "--also", "happy=demo"],
      ["calibrate", "--source", "demo", "--also", "happy=0"],
    ])
  func usage(arguments: [String]) throws {
    let program = try Program()
    let path = Program.binaries.appendingPathComponent("emus").path
    #expect(try program.run(path, arguments).status == 64)
  }

  @Test(
    "an option of the player is refused by name where a command does not take it",
    arguments: [
      ("--source", ["look", "--source", "demo", "face.png"]),
      ("--source", ["--source=demo", "stats"]), ("--once", ["stats", "--once"]),
      ("--demo-fallback", ["--demo-fallback", "user", "list"]),
      ("--classifier", ["doctor", "--classifier", "hog"]),
    ])
  func stray(option: String, arguments: [String]) throws {
    let program = try Program()
    let path = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(path, ["--home", program.home.path] + arguments)
    #expect(result.status == 64, "\(result.output)")
    #expect(result.errors.contains("\(option) does not go with"), "\(result.errors)")
  }

  @Test("what follows -- is no option")
  func afterDashes() throws {
    let program = try Program()
    let path = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(path, ["--home", program.home.path, "look", "--", "--source"])
    #expect(result.status == 66, "\(result.errors)")
  }

  @Test("scan counts, names what cannot be read, and leaves the unchanged alone")
  func scan() throws {
    let program = try Program()
    let tone = try program.tone("music/one.wav")
    _ = try program.tone("music/sub/two.wav")
    _ = try program.file("music/broken.mp3", Array("this is text".utf8))
    _ = try program.file("music/empty.flac", [])
    let folder = (tone as NSString).deletingLastPathComponent
    let first = try program.emus("scan", folder, "--json")
    #expect(first.status == 0, "\(first.errors)")
    let object = try first.object()
    #expect(
      Set(object.keys) == [
        "added", "updated", "unchanged", "moved", "returned", "missing", "playlists",
        "playlists_followed", "failed", "seconds",
      ])
    #expect(object["added"] as? Int == 2)
    let failed = try #require(object["failed"] as? [[String: String]])
    #expect(failed.count == 2)
    #expect(failed.allSatisfy { $0["reason"]?.isEmpty == false && $0["path"] != nil })
    let second = try program.emus("--json", "scan").object()
    #expect(second["unchanged"] as? Int == 2)
    #expect(second["added"] as? Int == 0)
  }

  @Test("the player's scan ends with the player, even while it waits for another scan")
  func scanEndsWithParent() throws {
    let program = try Program()
    let tone = try program.tone("music/one.wav")
    let lock = open(try program.file("home/state/scan.lock", []), O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX) == 0)
    // A shell in the player's place, which leaves once the scan waits.
    let script = #"""
      "$0" scan --report-progress --home "$1" "$2" 2>"$1/errors" >/dev/null &
      for turn in $(seq 600); do grep -q 'another scan' "$1/errors" && break; sleep 0.05; done
      grep -q 'another scan' "$1/errors" && echo $!
      """#
    let shell = try program.run(
      "/bin/sh",
      [
        "-c", script, Program.binaries.appendingPathComponent("emus").path, program.home.path,
        (tone as NSString).deletingLastPathComponent,
      ])
    let pid = try #require(
      Int32(shell.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(shell.errors)")
    let deadline = ContinuousClock.now + .seconds(20)
    while Self.isRunning(pid), ContinuousClock.now < deadline { usleep(10_000) }
    #expect(!Self.isRunning(pid))
    if Self.isRunning(pid) { kill(pid, SIGKILL) }
  }

  /// Whether the process exists and is more than a zombie that nobody has reaped.
  private static func isRunning(_ pid: Int32) -> Bool {
    guard let status = FileManager.default.contents(atPath: "/proc/\(pid)/status") else {
      return false
    }
    return !String(decoding: status, as: UTF8.self).contains("State:\tZ")
  }

  @Test("a scan whose progress nobody reads ends without a trap")
  func scanWithoutReader() throws {
    let program = try Program()
    let tone = try program.tone("music/one.wav")
    let script = #"""
      "$0" scan --json --report-progress --home "$1" "$2" | exec true; echo ${PIPESTATUS[0]}
      """#
    let shell = try program.run(
      "/bin/bash",
      [
        "-c", script, Program.binaries.appendingPathComponent("emus").path, program.home.path,
        (tone as NSString).deletingLastPathComponent,
      ])
    let status = shell.output.trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(["0", "\(128 + SIGPIPE)"].contains(status), "\(status) \(shell.errors)")
  }

  @Test("a failed path that is not UTF-8 is told in its bytes too")
  func failedBytes() throws {
    let program = try Program()
    let folder = program.folder.appendingPathComponent("music").path
    let made = try program.run(
      "/bin/sh", ["-c", #"mkdir -p "$0" && : > "$0/$(printf 'a\377.flac')""#, folder])
    #expect(made.status == 0, "\(made.errors)")
    let object = try program.emus("scan", folder, "--json").object()
    let failed = try #require((object["failed"] as? [[String: String]])?.first)
    let bytes = try #require(failed["path_bytes"].flatMap { Data(base64Encoded: $0) })
    #expect(Array(bytes.suffix(7)) == [0x61, 0xFF] + Array(".flac".utf8))
  }

  @Test("a folder that is missing exits 66 and names it")
  func missingFolder() throws {
    let result = try Program().emus("scan", "/nonexistent/music")
    #expect(result.status == 66)
    #expect(result.errors.contains("/nonexistent/music"))
  }

  @Test("of songs that one name fits the first five are named, with their numbers")
  func rateAmbiguous() throws {
    let program = try Program()
    var folder = ""
    for number in 1...6 {
      let tone = try program.tone("music/rain \(number).wav", seconds: Double(number))
      folder = (tone as NSString).deletingLastPathComponent
    }
    #expect(try program.emus("scan", folder).status == 0)
    let result = try program.emus("rate", "9", "rain")
    #expect(result.status == 64)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.first?.contains("6 tracks match 'rain'") == true)
    #expect(lines.count == 6)
    for line in lines.dropFirst() {
      #expect(line.contains(/^emus: \d+  .* - rain \d\.wav, .*\/music\/rain \d\.wav$/), "\(line)")
    }
  }

  @Test("own music takes the place of the demo pieces")
  func demoLeaves() throws {
    let program = try Program()
    let tone = try program.tone("music/own.wav")
    let before = try program.emus("--once", "--source", "none", "--json").object()
    #expect((before["recommendations"] as? [Any])?.count == 5)
    _ = try program.emus("scan", (tone as NSString).deletingLastPathComponent)
    let after = try program.emus("--once", "--source", "none", "--json").object()
    let songs = try #require(after["recommendations"] as? [[String: Any]])
    #expect(songs.map { $0["title"] as? String } == ["own.wav"])
  }

  @Test("a rating from the shell changes the next recommendation of that listener only")
  func rate() throws {
    let program = try Program()
    let tone = try program.tone("music/first.wav")
    _ = try program.tone("music/second.wav")
    _ = try program.emus("scan", (tone as NSString).deletingLastPathComponent)
    #expect(try program.emus("rate", "9").status == 66)
    let rated = try program.emus("rate", "10", "second", "--json")
    #expect(rated.status == 0, "\(rated.errors)")
    #expect(try rated.object()["title"] as? String == "second.wav")
    let again = try program.emus("rate", "9", "--json")
    #expect(try again.object()["title"] as? String == "second.wav", "the song rated last")
    let songs = try #require(
      try program.emus("--once", "--source", "none", "--json").object()["recommendations"]
        as? [[String: Any]])
    #expect(songs.first?["title"] as? String == "second.wav")
    #expect(try program.emus("rate", "5", "nothing of this name").status == 66)
  }

  @Test("the default listener is always there; unknown names are refused")
  func users() throws {
    let program = try Program()
    let list = try program.emus("user", "list")
    #expect(list.status == 0)
    #expect(list.output.contains("default"))
    #expect(try program.emus("user", "remove", "nobody").status == 64)
    let plain = try program.plainImage()
    let add = try program.emus("user", "add", "mia", "--source", plain)
    #expect(add.status == 2, "\(add.status) \(add.errors)")
  }

  @Test("a file that is no database is named and left untouched; a fresh one only when asked")
  func foreignDatabase() throws {
    let program = try Program()
    let path = try program.file("home/data/emus.db", Array("my diary".utf8))
    let refused = try program.emus("--once", "--source", "none")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("emus.db"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "my diary")
    let asked = try program.emus("--once", "--source", "none", "--fresh-database")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "my diary")
  }

  @Test("a database damaged past its header is left for a fresh one when asked")
  func damagedDatabase() throws {
    let program = try Program()
    #expect(try program.emus("--once", "--source", "none").status == 0)
    let path = program.home.appendingPathComponent("data/emus.db")
    var bytes = try Data(contentsOf: path)
    #expect(bytes.count > 40_000)
    for place in 12_288..<bytes.count { bytes[place] = 0xAA }
    try bytes.write(to: path)
    #expect(try program.emus("--once", "--source", "none").status == 1)
    let asked = try program.emus("--once", "--source", "none", "--fresh-database")
    #expect(asked.status == 0, "\(asked.errors)")
    let tone = try program.tone("music/own.wav")
    let folder = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", folder, "--fresh-database").status == 0)
  }

  @Test("doctor says where no database can be made, and counts no demo pieces")
  func doctorOfDatabase() throws {
    let program = try Program()
    _ = try program.emus("stats")
    let here = try program.emus("doctor")
    #expect(here.output.contains("0 tracks"), "\(here.output)")
    let file = try program.file("a-file", [1])
    let emus = Program.binaries.appendingPathComponent("emus").path
    let there = try program.run(emus, ["doctor", "--home", file])
    #expect(there.status == 69 && there.output.contains("cannot be made"), "\(there.output)")
  }

  @Test("faces are measured where there is no home at all, and an empty EMUS_HOME is none")
  func noHome() throws {
    let program = try Program()
    let set = (try program.drawnFaces("set/sad", from: 25, count: 1) as NSString)
      .deletingLastPathComponent
    let emus = Program.binaries.appendingPathComponent("emus").path
    let measured = try program.run(
      "/usr/bin/env", ["-u", "HOME", emus, "evaluate", "faces", "--data", set, "--json"])
    #expect(measured.status == 0, "\(measured.errors)")
    let known = try program.run(
      "/usr/bin/env", ["EMUS_HOME=", "HOME=\(program.folder.path)", emus, "user"])
    #expect(known.status == 0, "\(known.errors)")
  }

  @Test("doctor looks at everything and says what to do")
  func doctor() throws {
    let result = try Program().emus("doctor", "--json")
    #expect(result.status == 0, "\(result.output)")
    let checks = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    let names = Set(checks.compactMap { $0["name"] as? String })
    #expect(names == ["terminal", "camera", "eye", "hog", "sound", "demo music", "database"])
    for check in checks where check["state"] as? String == "optional" {
      #expect(check["advice"] != nil)
    }
  }

  @Test("emus links nothing that is slow to load")
  func links() throws {
    let path = Program.binaries.appendingPathComponent("emus").path
    let headers = try Program().run("/usr/bin/readelf", ["-d", path]).output
    let needed = headers.split(separator: "\n").filter { $0.contains("(NEEDED)") }
    #expect(!needed.isEmpty)
    for library in ["opencv", "mpv", "avcodec", "avformat", "avutil", "chafa"] {
      #expect(!needed.contains { $0.contains("lib\(library)") }, "\(library)")
    }
  }

  @Test(
    "a result that cannot be written is one line and exit 1",
    arguments: ["--once --source none --json", "--once --source none", "user list", "stats"])
  func fullDisk(words: String) throws {
    let program = try Program()
    let emus = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(
      "/bin/sh",
      [
        "-c", #""$1" \#(words) --home "$2" > /dev/full"#, "sh", emus,
        program.home.path,
      ])
    #expect(result.status == 1)
    #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    #expect(result.errors.contains("cannot be written"))
  }
}
