import Foundation
import GRDB
import GeneratedLibrary
import Glibc
import TestSupport
import Testing

/// What a scan leaves behind when it is killed, when the disk is full, and when it may no longer
/// read: a whole database, all of the listener's, and work for the next scan.
@Suite("Faults of a scan", .serialized)
struct ScanFaultTests {
  private let program: Program
  private let music: String

  init() throws {
    program = try Program()
    music = program.folder.appendingPathComponent("music").path
  }

  private static let emus = Program.binaries.appendingPathComponent("emus").path

  private func scan() throws -> [String: Any] {
    let result = try program.emus("scan", music, "--json")
    #expect(result.status == 0, "\(result.errors)")
    return try result.object()
  }

  /// The verdicts of SQLite, and the ratings with the titles of what they are of.
  private func examine() throws -> [String] {
    let queue = try DatabaseQueue(
      path: program.home.appendingPathComponent("data/emus.db").path)
    return try queue.read { db in
      #expect(try String.fetchAll(db, sql: "PRAGMA integrity_check") == ["ok"])
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      return try String.fetchAll(
        db,
        sql: """
          SELECT title || ' ' || value FROM feedback JOIN track ON track = track.id ORDER BY feedback.number
          """)
    }
  }

  /// The files that lists show.
  private func shown() throws -> Set<String> {
    let queue = try DatabaseQueue(
      path: program.home.appendingPathComponent("data/emus.db").path)
    return try queue.read { db in
      Set(
        try Data.fetchAll(db, sql: "SELECT path FROM track WHERE is_missing = 0 AND is_demo = 0")
          .map { String(decoding: $0, as: UTF8.self) })
    }
  }

  private func files() throws -> Set<String> {
    let found = FileManager.default.enumerator(atPath: music)?.compactMap { $0 as? String } ?? []
    return Set(found.filter { $0.hasSuffix(".mp3") }.map { "\(music)/\($0)" })
  }

  private func rateThree() throws -> [String] {
    for index in [3, 7, 11] {
      #expect(try program.emus("rate", "9", "Song \(index)").status == 0)
    }
    return try examine()
  }

  // MARK: - Killed

  @Test("killed at any instant, it leaves a whole database, and the next scan completes")
  func killed() throws {
    let runs = ProcessInfo.processInfo.environment["EMUS_FAULT_RUNS"].flatMap { Int($0) } ?? 20
    var random = SeededGenerator(seed: 7)
    try GeneratedLibrary.write(count: 60, to: music)
    let began = ContinuousClock.now
    _ = try scan()
    // As long as a scan of these takes: the kills fall into it from its start to its end.
    let length = min(5, (ContinuousClock.now - began) / .seconds(1))
    let ratings = try rateThree()
    #expect(ratings.count == 3)
    var serial = 1000
    for _ in 0..<runs {
      try change(&serial, &random)
      try killDuringScan(after: length * Double.random(in: 0..<1, using: &random))
      #expect(try examine() == ratings)
    }
    _ = try scan()
    #expect(try examine() == ratings)
    #expect(try shown() == files())
    #expect(try scan()["unchanged"] as? Int == files().count)
  }

  /// New files, changed ones, one that moved and one that goes.
  private func change(_ serial: inout Int, _ random: inout SeededGenerator) throws {
    let manager = FileManager.default
    for _ in 0..<20 {
      serial += 1
      let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, 15] + Array("TIT2".utf8)
      let title = [3] + Array("\(serial)".utf8)
      let frame = [0, 0, 0, UInt8(title.count), 0, 0] + title
      try Data(tag + frame + GeneratedLibrary.silence(frames: 40 + serial % 40))
        .write(to: URL(fileURLWithPath: "\(music)/new \(serial).mp3"))
    }
    let new = try files().filter { $0.contains("/new ") }.sorted()
    let place = Int.random(in: 0..<new.count, using: &random)
    try manager.moveItem(atPath: new[place], toPath: "\(music)/new moved \(serial).mp3")
    if let other = new.first, other != new[place] { try manager.removeItem(atPath: other) }
    let old = try files().filter { !$0.contains("/new ") }.sorted()
    for path in old.prefix(20) {
      let times = [FileAttributeKey.modificationDate: Date(timeIntervalSince1970: Double(serial))]
      try manager.setAttributes(times, ofItemAtPath: path)
    }
  }

  private func killDuringScan(after seconds: Double) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.emus)
    process.arguments = ["scan", music, "--home", program.home.path]
    process.environment = Program.environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    usleep(UInt32(seconds * 1_000_000))
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  // MARK: - No room

  @Test("on a full disk it says so, loses nothing, and goes on when there is room")
  func fullDisk() throws {
    let home = program.home.path
    let mounted = try program.run(
      "/usr/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "emus-test", home])
    guard mounted.status == 0 else {
      return print("skipped: nothing can be mounted here: \(mounted.errors)")
    }
    defer { unmount(home) }
    try GeneratedLibrary.write(count: 20, to: music)
    _ = try scan()
    let ratings = try rateThree()
    try GeneratedLibrary.write(count: 4000, to: music)
    let full = try program.emus("scan", music)
    #expect(full.status == 1)
    #expect(full.errors.contains("emus.db"), "\(full.errors)")
    #expect(full.errors.split(separator: "\n").count == 1, "\(full.errors)")
    #expect(full.errors.contains("stored before is kept, and the next scan goes on from there"))
    try fill("\(home)/filler")
    let backup = program.folder.appendingPathComponent("all.jsonl").path
    let export = try program.emus("export", "--all", backup, "--json")
    #expect(export.status == 0, "\(export.errors)")
    #expect(try export.object()["ratings"] as? Int == 3)
    let stats = try program.emus("stats")
    #expect(stats.status == 0, "\(stats.errors)")
    try FileManager.default.removeItem(atPath: "\(home)/filler")
    let larger = try program.run("/usr/bin/mount", ["-o", "remount,size=64m", home])
    #expect(larger.status == 0, "\(larger.errors)")
    #expect(try examine() == ratings)
    _ = try scan()
    #expect(try examine() == ratings)
    #expect(try shown() == files())
  }

  /// Takes what room is left on the disk.
  private func fill(_ path: String) throws {
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    defer { close(file) }
    for size in [4096, 1] {
      let block = [UInt8](repeating: 0, count: size)
      while Glibc.write(file, block, size) > 0 {}
    }
  }

  private func unmount(_ folder: String) {
    do {
      let result = try program.run("/usr/bin/umount", ["--lazy", folder])
      #expect(result.status == 0, "\(result.errors)")
    } catch { Issue.record(error) }
  }

  // MARK: - No permission

  @Test("folders that close during it are named, what they hold is not missing, and is read later")
  func permission() throws {
    // The last of so many are not read before the first are written.
    try GeneratedLibrary.write(count: 9000, to: music)
    #expect(chown(program.home.path, 65534, 65534) == 0 || getuid() != 0)
    guard try canRunAsNobody() else { return }
    let closed = try FileManager.default.contentsOfDirectory(atPath: music).sorted().suffix(5)
      .map { "\(music)/\($0)" }
    defer { for folder in closed { chmod(folder, 0o755) } }
    let last = try scanAsNobody { for folder in closed { chmod(folder, 0) } }
    let failed = try #require(last["failed"] as? [[String: String]])
    #expect(!failed.isEmpty && last["missing"] as? Int == 0)
    #expect(failed.allSatisfy { $0["reason"]?.contains("Permission denied") == true })
    let again = try scanAsNobody {}
    #expect((again["failed"] as? [[String: String]])?.map { $0["path"] } == closed)
    #expect(again["missing"] as? Int == 0 && again["added"] as? Int == 0)
    for folder in closed { chmod(folder, 0o755) }
    _ = try scanAsNobody {}
    _ = try examine()
    #expect(try shown() == files())
  }

  @Test("a folder that may not be looked into is named, and keeps none of the others")
  func closedRoot() throws {
    try GeneratedLibrary.write(count: 3, to: music)
    let other = (music as NSString).deletingLastPathComponent + "/other"
    try GeneratedLibrary.write(count: 2, to: other)
    #expect(chown(program.home.path, 65534, 65534) == 0 || getuid() != 0)
    func scan(_ arguments: String...) throws -> Program.Result {
      try runAsNobody(["scan"] + arguments + ["--json", "--home", program.home.path])
    }
    guard try canRunAsNobody() else { return }
    chmod(other, 0)
    defer { chmod(other, 0o755) }
    let named = try scan(other, music)
    #expect(named.status == 66 && named.errors == "emus: \(other): Permission denied\n")
    #expect(try named.object()["added"] as? Int == 3)
    chmod(other, 0o755)
    #expect(try scan(other).object()["added"] as? Int == 2)
    chmod(other, 0)
    let known = try scan()
    #expect(known.status == 0, "\(known.errors)")
    let object = try known.object()
    #expect(object["unchanged"] as? Int == 3 && object["missing"] as? Int == 0)
    #expect((object["failed"] as? [[String: String]])?.map { $0["path"] } == [other])
    chmod(music, 0)
    defer { chmod(music, 0o755) }
    #expect(try scan().status == 66)
  }

  @Test("what may be listed and not entered, and links into it, are named and not gone")
  func closedInside() throws {
    try GeneratedLibrary.write(count: 3, to: music)
    let inner = music + "/inner"
    let hidden = program.folder.appendingPathComponent("hidden").path
    for folder in [inner, hidden] { try GeneratedLibrary.write(count: 2, to: folder) }
    try FileManager.default.createSymbolicLink(
      atPath: music + "/link", withDestinationPath: hidden + "/Artist 0000")
    #expect(chown(program.home.path, 65534, 65534) == 0 || getuid() != 0)
    guard try canRunAsNobody() else { return }
    let scan = {
      try runAsNobody(["scan", music, "--prune", "--json", "--home", program.home.path]).object()
    }
    #expect(try scan()["added"] as? Int == 7)
    chmod(inner, 0o644)
    chmod(hidden, 0)
    defer { for folder in [inner, hidden] { chmod(folder, 0o755) } }
    let object = try scan()
    #expect(object["missing"] as? Int == 0 && object["unchanged"] as? Int == 3)
    #expect(((object["pruned"] as? [String: Any])?["forgotten"] as? [Any])?.isEmpty == true)
    let failed = (object["failed"] as? [[String: String]])?.compactMap { $0["path"] }
    #expect(Set(failed ?? []) == [inner, music + "/link"])
    for folder in [inner, hidden] { chmod(folder, 0o755) }
    #expect(try scan()["unchanged"] as? Int == 7)
  }

  @Test("a home that may not be made says so in the system's words")
  func closedHome() throws {
    let closed = program.folder.appendingPathComponent("closed").path
    try FileManager.default.createDirectory(atPath: closed, withIntermediateDirectories: false)
    chmod(closed, 0o555)
    guard try canRunAsNobody() else { return }
    let result = try runAsNobody(["stats", "--home", closed + "/home"])
    #expect(result.status == 1)
    #expect(result.errors.contains("cannot make the folder"))
    #expect(result.errors.hasSuffix(": Permission denied\n"), "\(result.errors)")
  }

  private static let asNobody = ["--reuid=65534", "--clear-groups", emus]

  private func runAsNobody(_ arguments: [String]) throws -> Program.Result {
    try program.run("/usr/bin/setpriv", Self.asNobody + arguments)
  }

  /// Says so where it cannot be done.
  private func canRunAsNobody() throws -> Bool {
    let canRun = try getuid() == 0 && runAsNobody(["--version"]).status == 0
    if !canRun { print("skipped: another user cannot run emus here") }
    return canRun
  }

  /// The result of a scan by somebody without rights; `meanwhile` is called when it has begun to
  /// write.
  private func scanAsNobody(_ meanwhile: () -> Void) throws -> [String: Any] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
    process.arguments =
      Self.asNobody + ["scan", music, "--json", "--report-progress", "--home", program.home.path]
    process.environment = Program.environment
    process.standardOutput = output
    try process.run()
    var text = Data()
    var hasBegun = false
    while true {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      text += more
      if !hasBegun, String(decoding: text, as: UTF8.self).contains(/"done":[1-9]/) {
        hasBegun = true
        meanwhile()
      }
    }
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let line = try #require(text.split(separator: UInt8(ascii: "\n")).last)
    return try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
  }
}
