import Foundation
import GRDB
import Testing

/// `emus scan` beyond counting: files that move, forgetting, cue sheets.
@Suite("emus scan")
struct ScanTests {
  private let program: Program
  private let music: String

  init() throws {
    program = try Program()
    music = program.folder.appendingPathComponent("music").path
  }

  private func scan(_ options: String...) throws -> [String: Any] {
    let path = Program.binaries.appendingPathComponent("emus").path
    let result = try program.run(
      path, ["scan", music, "--json", "--home", program.home.path] + options)
    #expect(result.status == 0, "\(result.errors)")
    return try result.object()
  }

  private func database() throws -> DatabaseQueue {
    try DatabaseQueue(path: program.home.appendingPathComponent("data/emus.db").path)
  }

  /// The files of what was rated, in the order of the ratings.
  private func rated() throws -> [String] {
    try database().read { db in
      try Data.fetchAll(
        db, sql: "SELECT path FROM feedback JOIN track ON track = track.id ORDER BY feedback.number"
      ).map { String(decoding: $0, as: UTF8.self).replacingOccurrences(of: music + "/", with: "") }
    }
  }

  private func move(_ from: String, _ to: String) throws {
    let target = URL(fileURLWithPath: "\(music)/\(to)")
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.moveItem(at: URL(fileURLWithPath: "\(music)/\(from)"), to: target)
  }

  private func counts(_ object: [String: Any]) -> [String: Int] {
    object.compactMapValues { $0 as? Int }.filter { $0.value != 0 }
  }

  @Test("playlists among the music are found, counted, named where they are torn, and forgotten")
  func playlists() throws {
    _ = try program.tone("music/one.wav")
    _ = try program.file("music/Mix.m3u", Array("one.wav\n".utf8))
    let torn = try program.file("music/torn.xspf", Array("<playlist".utf8))
    let first = try scan()
    #expect(first["playlists"] as? Int == 1)
    let failed = try #require(first["failed"] as? [[String: String]])
    #expect(failed.map { $0["path"] } == [torn])
    let listed = try database().read { db in
      try Data.fetchAll(db, sql: "SELECT path FROM found_playlist ORDER BY path")
        .map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(listed == [music + "/Mix.m3u", torn])
    try FileManager.default.removeItem(atPath: torn)
    try move("Mix.m3u", "lists/Mix.m3u")
    #expect(try scan()["failed"] as? [String] == [])
    let text = try program.emus("scan", music)
    #expect(text.output.contains("1 playlist found"), "\(text.output)")
  }

  @Test("a file that moved, and one that was retagged and moved, keep their ratings")
  func moved() throws {
    _ = try program.tone("music/one.wav", seconds: 1)
    _ = try program.tone("music/two.wav", seconds: 2)
    _ = try program.tone("music/three.wav", seconds: 3)
    #expect(counts(try scan()) == ["added": 3])
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    #expect(try program.emus("rate", "8", "two.wav").status == 0)

    try move("one.wav", "sub/first.wav")
    try move("two.wav", "zwei.wav")
    // A chunk more behind the sound, as a tagger writes it.
    let tagged = URL(fileURLWithPath: "\(music)/zwei.wav")
    let chunk = Array("LIST".utf8) + [16, 0, 0, 0] + Array("INFOINAM".utf8) + [4, 0, 0, 0]
    try (Data(contentsOf: tagged) + chunk + Array("Zwei".utf8)).write(to: tagged)
    #expect(counts(try scan()) == ["moved": 2, "unchanged": 1])
    #expect(try rated() == ["sub/first.wav", "zwei.wav"])
    #expect(counts(try scan()) == ["unchanged": 3])
  }

  @Test("a copy is a new track; with two copies and the first one gone nothing is guessed")
  func copies() throws {
    let tone = try program.tone("music/one.wav")
    _ = try scan()
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    try FileManager.default.copyItem(atPath: tone, toPath: "\(music)/copy.wav")
    #expect(counts(try scan()) == ["added": 1, "unchanged": 1])
    try FileManager.default.copyItem(atPath: tone, toPath: "\(music)/x.wav")
    try FileManager.default.copyItem(atPath: tone, toPath: "\(music)/y.wav")
    try FileManager.default.removeItem(atPath: tone)
    #expect(counts(try scan()) == ["added": 2, "missing": 1, "unchanged": 1])
    #expect(try rated() == ["one.wav"])
  }

  @Test("a file that moved from one known folder to another is known there")
  func betweenFolders() throws {
    let tone = try program.tone("other/one.wav")
    _ = try program.tone("music/two.wav", seconds: 2)
    let other = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", music, other).status == 0)
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    try FileManager.default.moveItem(atPath: tone, toPath: "\(music)/moved.wav")
    #expect(counts(try scan()) == ["moved": 1, "unchanged": 1])
    #expect(try rated() == ["moved.wav"])
  }

  @Test("pruning forgets what is gone and has no history, and keeps the rest for its return")
  func prune() throws {
    let tone = try program.tone("music/one.wav", seconds: 1)
    let two = try program.tone("music/two.wav", seconds: 2)
    _ = try program.tone("music/three.wav", seconds: 3)
    _ = try scan()
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    for path in [tone, two] {
      try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
    }
    #expect(counts(try scan()) == ["missing": 2, "unchanged": 1])
    let object = try scan("--prune")
    let pruned = try #require(object["pruned"] as? [String: Any])
    #expect((pruned["forgotten"] as? [[String: String]])?.map { $0["path"] } == [two])
    #expect(pruned["kept"] as? Int == 1 && pruned["kept_with_rating"] as? Int == 1)
    let plain = try program.emus("scan", "--prune")
    #expect(plain.output.contains("0 files forgotten"))
    #expect(plain.output.contains("1 missing track kept, 1 of them rated"))
    try FileManager.default.moveItem(atPath: tone + ".away", toPath: tone)
    #expect(counts(try scan()) == ["returned": 1, "unchanged": 1])
    #expect(try rated() == ["one.wav"])
  }

  @Test("of a folder that holds no music at all nothing is forgotten: its disk may be away")
  func pruneEmpty() throws {
    let tone = try program.tone("music/one.wav")
    _ = try scan()
    try FileManager.default.moveItem(atPath: tone, toPath: tone + ".away")
    let object = try scan("--prune")
    let pruned = try #require(object["pruned"] as? [String: Any])
    #expect((pruned["forgotten"] as? [Any])?.isEmpty == true)
    #expect((pruned["refused"] as? [[String: String]])?.map { $0["path"] } == [music])
    try FileManager.default.moveItem(atPath: tone + ".away", toPath: tone)
    #expect(counts(try scan()) == ["returned": 1])
  }

  @Test("a known folder that is gone below another is forgotten by --prune, which its line says")
  func goneFolder() throws {
    let inner = (try program.tone("music/inner/one.wav") as NSString).deletingLastPathComponent
    _ = try program.tone("music/two.wav", seconds: 2)
    #expect(try program.emus("scan", inner).status == 0)
    #expect(try program.emus("scan", music).status == 0)
    try FileManager.default.removeItem(atPath: inner)
    let line = "\(inner): No such file or directory; emus scan --prune forgets it"
    #expect(try program.emus("scan").output.contains(line))
    let object = try program.emus("scan", "--prune", "--json").object()
    #expect((object["failed"] as? [Any])?.isEmpty == true)
    let pruned = try #require(object["pruned"] as? [String: Any])
    #expect((pruned["folders"] as? [[String: String]])?.map { $0["path"] } == [inner])
    #expect(try program.emus("scan").output.contains(" 0 failed"))
  }

  @Test("a known folder that is not there is named, and the others are scanned")
  func absent() throws {
    let tone = try program.tone("other/one.wav")
    _ = try program.tone("music/two.wav", seconds: 2)
    let other = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", music, other).status == 0)
    try FileManager.default.moveItem(atPath: other, toPath: other + ".away")
    let object = try program.emus("scan", "--json", "--prune").object()
    #expect(counts(object) == ["unchanged": 1])
    #expect((object["failed"] as? [[String: String]])?.map { $0["path"] } == [other])
    #expect(
      (object["failed"] as? [[String: String]])?.first?["reason"]
        == "No such file or directory; passed over until it is there again")
    #expect(try titles() == ["one.wav", "two.wav"])
    try FileManager.default.moveItem(atPath: music, toPath: music + ".away")
    let none = try program.emus("scan")
    #expect(none.status == 66)
    for folder in [music, other] {
      #expect(none.errors.contains("emus: \(folder): No such file or directory; its songs stay"))
    }
    #expect(try titles() == ["one.wav", "two.wav"])
  }

  @Test("a folder without a name is wrong usage")
  func emptyName() throws {
    let result = try program.emus("scan", "")
    #expect(result.status == 64 && result.errors.contains("a folder's name is empty"))
  }

  @Test("of folders that were named, one that is not there keeps none of the others: 66 at the end")
  func absentNamed() throws {
    let tone = try program.tone("other/one.wav")
    let other = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", other).status == 0)
    try FileManager.default.moveItem(atPath: other, toPath: other + ".away")
    _ = try program.tone("music/two.wav", seconds: 2)
    let some = try program.emus("scan", other, music, "--json", "--prune")
    #expect(some.status == 66)
    #expect(some.errors == "emus: \(other): No such file or directory\n")
    let object = try some.object()
    #expect(counts(object) == ["added": 1])
    #expect((object["failed"] as? [[String: String]])?.map { $0["path"] } == [other])
    #expect(try titles() == ["one.wav", "two.wav"])
    let gone = music + "/gone"
    let none = try program.emus("scan", other, gone)
    #expect(none.status == 66 && none.output.isEmpty)
    for folder in [other, gone] { #expect(none.errors.contains("\(folder): No such file")) }
    try FileManager.default.moveItem(atPath: other + ".away", toPath: other)
    #expect(counts(try program.emus("scan", "--json").object()) == ["unchanged": 2])
  }

  @Test("a disk that comes back is told as such, and nothing of it as changed")
  func returned() throws {
    let tone = try program.tone("music/one.wav")
    _ = try program.tone("music/two.wav", seconds: 2)
    _ = try scan()
    let away = program.folder.appendingPathComponent("away").path
    try FileManager.default.moveItem(atPath: music, toPath: away)
    try FileManager.default.createDirectory(atPath: music, withIntermediateDirectories: false)
    #expect(counts(try scan()) == ["missing": 2])
    try FileManager.default.removeItem(atPath: music)
    try FileManager.default.moveItem(atPath: away, toPath: music)
    let text = try program.emus("scan", music).output
    #expect(text.hasPrefix("0 added, 0 updated, 0 unchanged, 0 moved, 2 back, 0 missing, 0 failed"))
    try FileManager.default.moveItem(atPath: tone, toPath: tone + ".away")
    _ = try scan()
    try FileManager.default.moveItem(atPath: tone + ".away", toPath: tone)
    #expect(counts(try scan()) == ["returned": 1, "unchanged": 1])
  }

  @Test("what cannot be read is named with every byte of its name to be seen")
  func strangeNames() throws {
    _ = try program.file("music/a\u{1B}[31m.mp3", Array("text".utf8))
    let line = "  \(music)/a\\u{1B}[31m.mp3: no audio in it"
    #expect(try program.emus("scan", music).output.contains(line))
  }

  @Test(
    "a known folder is forgotten on request: its songs are missing, keep their ratings, and return")
  func forget() throws {
    let tone = try program.tone("other/one.wav")
    _ = try program.file("other/Mix.m3u", Array("one.wav\n".utf8))
    _ = try program.tone("music/two.wav", seconds: 2)
    let other = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", music, other).status == 0)
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    let forgotten = try program.emus("scan", "--forget", other + "/../other/", "--json").object()
    #expect((forgotten["folders"] as? [[String: String]])?.map { $0["path"] } == [other])
    #expect(forgotten["missing"] as? Int == 1)
    #expect(try titles() == ["two.wav"])
    _ = try program.tone("other/three.wav", seconds: 3)
    #expect(counts(try program.emus("scan", "--json").object()) == ["unchanged": 1])
    #expect(FileManager.default.fileExists(atPath: tone))
    let again = try program.emus("scan", "--forget", other)
    #expect(again.status == 66)
    #expect(again.errors == "emus: \(other): no known folder; those are: \(music)\n")
    let returned = try program.emus("scan", other, "--json").object()
    #expect(counts(returned) == ["added": 1, "returned": 1, "playlists": 1])
    #expect(try titles() == ["one.wav", "three.wav", "two.wav"])
    #expect(try rated() == [tone])
  }

  @Test("of a forgotten folder stays what lies in another known one")
  func forgetAround() throws {
    let tone = try program.tone("music/inner/one.wav")
    _ = try program.tone("music/two.wav", seconds: 2)
    let inner = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", inner).status == 0)
    #expect(try program.emus("scan", music).status == 0)
    let result = try program.emus("scan", "--forget", music)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("\(music): no known folder any more\n1 file left the lists;"))
    #expect(try titles() == ["one.wav"])
    #expect(counts(try program.emus("scan", "--json").object()) == ["unchanged": 1])
  }

  @Test("forgetting needs folders, and scans nothing")
  func forgetUsage() throws {
    #expect(try program.emus("scan", "--forget").status == 64)
    #expect(try program.emus("scan", "--forget", "--prune", music).status == 64)
    let none = try program.emus("scan", "--forget", music)
    #expect(none.status == 66)
    #expect(none.errors == "emus: \(music): no folder is known\n")
  }

  @Test("a cue sheet makes pieces, which replace the file, move with it and go with the sheet")
  func cueSheet() throws {
    _ = try program.tone("music/album.wav", seconds: 3)
    #expect(counts(try scan()) == ["added": 1])
    let sheet = """
      FILE "album.wav" WAVE
      TRACK 01 AUDIO
      TITLE "First piece"
      INDEX 01 00:00:00
      TRACK 02 AUDIO
      TITLE "Second piece"
      INDEX 01 00:01:00
      """
    let cue = try program.file("music/album.cue", Array(sheet.utf8))
    #expect(counts(try scan()) == ["updated": 1])
    #expect(counts(try scan()) == ["unchanged": 1])
    #expect(try titles() == ["First piece", "Second piece"])
    #expect(try program.emus("rate", "9", "second piece").status == 0)
    try move("album.wav", "sub/album.wav")
    try move("album.cue", "sub/album.cue")
    let moved = try scan()
    #expect(counts(moved) == ["moved": 1])
    #expect(try titles() == ["First piece", "Second piece"])
    #expect(try rated() == ["sub/album.wav"])
    #expect(!FileManager.default.fileExists(atPath: cue))
    try FileManager.default.removeItem(atPath: "\(music)/sub/album.cue")
    _ = try scan()
    #expect(try titles() == ["album.wav"])
  }

  /// What recommendations may be made of.
  private func titles() throws -> [String] {
    let object = try program.emus("--once", "--source", "none", "--json").object()
    let songs = object["recommendations"] as? [[String: Any]] ?? []
    return songs.compactMap { $0["title"] as? String }.sorted()
  }
}
