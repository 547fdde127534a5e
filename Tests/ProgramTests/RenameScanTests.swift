import Foundation
import GRDB
import GeneratedLibrary
import Testing

/// Songs that change places: what was done with a song stays with its sound, and no other song gets
/// it.
@Suite("Renamed songs")
struct RenameScanTests {
  private let program: Program
  private let music: String

  init() throws {
    program = try Program()
    music = program.folder.appendingPathComponent("music").path
  }

  /// A song whose sound nobody else has, if nobody else has its length.
  private func write(
    _ name: String, _ title: String, frames: Int, artist: String = "Ann"
  ) throws {
    func frame(_ name: String, _ text: String) -> [UInt8] {
      let content = [3] + Array(text.utf8)
      return Array(name.utf8) + [0, 0, 0, UInt8(content.count), 0, 0] + content
    }
    let body = frame("TIT2", title) + frame("TPE1", artist)
    let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, UInt8(body.count)] + body
    _ = try program.file("music/\(name).mp3", tag + GeneratedLibrary.silence(frames: frames))
  }

  private func move(_ from: String, _ to: String) throws {
    try FileManager.default.moveItem(
      atPath: "\(music)/\(from).mp3", toPath: "\(music)/\(to).mp3")
  }

  /// The counts of a scan that are not 0.
  private func scan() throws -> [String: Int] {
    let result = try program.emus("scan", music, "--json")
    #expect(result.status == 0, "\(result.errors)")
    return try result.object().compactMapValues { $0 as? Int }.filter { $0.value != 0 }
  }

  private func rate(_ value: Int, _ title: String) throws {
    #expect(try program.emus("rate", "\(value)", title).status == 0)
  }

  private func read<Value>(_ sql: String, _ value: (Row) -> Value) throws -> [Value] {
    let queue = try DatabaseQueue(path: program.home.appendingPathComponent("data/emus.db").path)
    return try queue.read { try Row.fetchAll($0, sql: sql).map(value) }
  }

  /// The ratings in their order: where, what and how much; "gone" for what is missing.
  private func ratings() throws -> [String] {
    let rows = try read(
      """
      SELECT path, title, value, is_missing FROM feedback JOIN track ON track = track.id
      ORDER BY feedback.number
      """
    ) { row -> String in
      let path = String(decoding: row["path"] as Data, as: UTF8.self)
      let name = path.replacingOccurrences(of: music + "/", with: "")
        .replacingOccurrences(of: ".mp3", with: "")
      let place = (row["is_missing"] as Bool) ? "gone" : name
      return "\(place): \(row["title"] as String) \(row["value"] as Int)"
    }
    return rows
  }

  @Test("a song whose double was deleted some time ago is known again where it goes")
  func deletedDouble() throws {
    try write("x", "song", frames: 60)
    try write("y", "song", frames: 60)
    _ = try scan()
    #expect(try program.emus("rate", "9", "\(music)/x.mp3").status == 0)
    #expect(try program.emus("rate", "2", "\(music)/y.mp3").status == 0)
    try FileManager.default.removeItem(atPath: "\(music)/y.mp3")
    #expect(try scan()["missing"] == 1)
    try move("x", "z")
    #expect(try scan()["moved"] == 1)
    #expect(try ratings() == ["z: song 9", "gone: song 2"])
  }

  @Test("of doubles that were deleted together a copy that comes back is the rated one")
  func ratedDouble() throws {
    try write("x", "song", frames: 60)
    try write("y", "song", frames: 60)
    _ = try scan()
    #expect(try program.emus("rate", "9", "\(music)/y.mp3").status == 0)
    try move("y", "z")
    try FileManager.default.removeItem(atPath: "\(music)/x.mp3")
    #expect(try scan()["moved"] == 1)
    #expect(try ratings() == ["z: song 9"])
  }

  /// Three songs, rated 9, 5 and 1.
  private func writeThree() throws {
    try write("01", "Tone 2", frames: 41)
    try write("02", "New title 4", frames: 42)
    try write("03", "Tone 7", frames: 43)
    #expect(try scan() == ["added": 3])
    try rate(9, "Tone 2")
    try rate(5, "New title 4")
    try rate(1, "Tone 7")
  }

  @Test("in a chain of renames each song keeps its rating")
  func chain() throws {
    try writeThree()
    try move("03", "04")
    try move("02", "03")
    try move("01", "02")
    #expect(try scan() == ["moved": 3])
    #expect(try ratings() == ["02: Tone 2 9", "03: New title 4 5", "04: Tone 7 1"])
    #expect(try scan() == ["unchanged": 3])
    #expect(try read("SELECT 1 FROM track") { _ in 1 }.count == 3)
  }

  @Test("in a swap and in a ring each song keeps its rating, tags changed and all")
  func ring() throws {
    try writeThree()
    try move("01", "x")
    try move("02", "01")
    try move("x", "02")
    #expect(try scan() == ["moved": 2, "unchanged": 1])
    #expect(try ratings() == ["02: Tone 2 9", "01: New title 4 5", "03: Tone 7 1"])
    try write("01", "Tone 7 again", frames: 43)
    try write("02", "New title 5", frames: 42)
    try write("03", "Tone 2 as well", frames: 41)
    #expect(try scan() == ["moved": 3])
    #expect(try ratings() == ["03: Tone 2 as well 9", "02: New title 5 5", "01: Tone 7 again 1"])
  }

  @Test("a new song in the place of one that moved gets nothing of it")
  func newInPlace() throws {
    try writeThree()
    try move("01", "11")
    try write("01", "Tone 99", frames: 50)
    #expect(try scan() == ["added": 1, "moved": 1, "unchanged": 2])
    #expect(try ratings() == ["11: Tone 2 9", "02: New title 4 5", "03: Tone 7 1"])
  }

  @Test("a song in whose place there is another is missing, and comes back with its sound")
  func overwritten() throws {
    try writeThree()
    try write("01", "Tone 99", frames: 50)
    #expect(try scan() == ["added": 1, "missing": 1, "unchanged": 2])
    #expect(try ratings()[0] == "gone: Tone 2 9")
    #expect(try scan() == ["unchanged": 3])
    try write("elsewhere", "Tone 2", frames: 41)
    #expect(try scan() == ["moved": 1, "unchanged": 3])
    #expect(try ratings()[0] == "elsewhere: Tone 2 9")
  }

  @Test("a song in the place of one that is gone gets nothing of it, and the same song all")
  func afterwards() throws {
    try writeThree()
    try move("01", "../away")
    #expect(try scan() == ["missing": 1, "unchanged": 2])
    try write("01", "Tone 99", frames: 50)
    #expect(try scan() == ["added": 1, "unchanged": 2])
    #expect(try ratings()[0] == "gone: Tone 2 9")
    try FileManager.default.removeItem(atPath: "\(music)/01.mp3")
    try move("../away", "01")
    #expect(try scan() == ["moved": 1, "missing": 1, "unchanged": 2])
    #expect(try ratings()[0] == "01: Tone 2 9")
  }

  @Test("other tags on the same sound, and another sound under title and artist, are the same song")
  func edited() throws {
    try writeThree()
    try write("01", "Another title", frames: 41)
    try write("02", "New title 4", frames: 60)
    #expect(try scan() == ["updated": 2, "unchanged": 1])
    #expect(try ratings() == ["01: Another title 9", "02: New title 4 5", "03: Tone 7 1"])
    try write("02", "New title 4", frames: 61, artist: "Ben")
    #expect(try scan() == ["added": 1, "missing": 1, "unchanged": 2])
    #expect(try ratings()[1] == "gone: New title 4 5")
  }

  @Test("where a sound is in two new places nothing is guessed")
  func doubt() throws {
    try writeThree()
    try write("01", "Tone 2", frames: 50)
    try write("x", "Tone 2", frames: 41)
    try write("y", "Tone 2", frames: 41)
    #expect(try scan() == ["added": 3, "missing": 1, "unchanged": 2])
    #expect(try ratings()[0] == "gone: Tone 2 9")
  }

  @Test("songs of which nobody knows the sound yet are known by title and artist alone")
  func unheard() throws {
    try writeThree()
    let queue = try DatabaseQueue(path: program.home.appendingPathComponent("data/emus.db").path)
    try queue.write { try $0.execute(sql: "UPDATE track SET fingerprint = NULL") }
    try queue.close()
    try move("01", "x")
    try move("02", "01")
    try move("x", "02")
    try write("03", "Tone 7", frames: 70)
    #expect(try scan() == ["added": 2, "missing": 2, "updated": 1])
    #expect(try ratings() == ["gone: Tone 2 9", "gone: New title 4 5", "03: Tone 7 1"])
  }

  @Test("what was stopped when songs had made room is found by the next scan")
  func stopped() throws {
    try writeThree()
    try move("01", "x")
    try move("02", "01")
    try move("x", "02")
    let queue = try DatabaseQueue(path: program.home.appendingPathComponent("data/emus.db").path)
    try queue.write { db in
      for (name, number) in [("01", 1), ("02", 2)] {
        let path = "\(music)/\(name).mp3"
        try db.execute(
          sql: "UPDATE track SET path = ?, is_missing = 1 WHERE path = ?",
          arguments: [Data("\(path)/.\(number)/\(name).mp3".utf8), Data(path.utf8)])
        #expect(db.changesCount == 1)
      }
    }
    try queue.close()
    #expect(try scan() == ["moved": 2, "unchanged": 1])
    #expect(try ratings() == ["02: Tone 2 9", "01: New title 4 5", "03: Tone 7 1"])
  }

  @Test("pruning names a forgotten song by the path that it had")
  func pruned() throws {
    try writeThree()
    try write("04", "Unrated", frames: 44)
    _ = try scan()
    try write("04", "Tone 99", frames: 50)
    let object = try program.emus("scan", music, "--prune", "--json").object()
    let pruned = try #require(object["pruned"] as? [String: Any])
    #expect(
      (pruned["forgotten"] as? [[String: String]])?.map { $0["path"] } == ["\(music)/04.mp3"])
  }

  @Test("a corrected time in a cue sheet leaves the ratings on the pieces")
  func correctedCue() throws {
    _ = try program.tone("music/a.wav", seconds: 4)
    let sheet = """
      PERFORMER "Ann"
      FILE "a.wav" WAVE
      TRACK 01 AUDIO
      TITLE "A One"
      INDEX 01 00:00:00
      TRACK 02 AUDIO
      TITLE "A Two"
      INDEX 01 00:01:00
      TRACK 03 AUDIO
      TITLE "A Three"
      INDEX 01 00:02:00
      """
    _ = try program.file("music/a.cue", Array(sheet.utf8))
    #expect(try scan() == ["added": 1])
    try rate(9, "A Two")
    try rate(3, "A One")
    let corrected = sheet.replacingOccurrences(of: "00:01:00", with: "00:01:30")
    _ = try program.file("music/a.cue", Array(corrected.utf8))
    #expect(try scan() == ["updated": 1])
    #expect(try ratings() == ["a.wav: A Two 9", "a.wav: A One 3"])
    #expect(try read("SELECT 1 FROM track") { _ in 1 }.count == 3)
    let begins = try read("SELECT begins FROM track WHERE title = 'A Two'") {
      $0["begins"] as Double
    }
    #expect(begins == [1.4])
  }

  // MARK: - Playlists

  private func playlist(_ name: String) throws -> [String] {
    let path = program.home.appendingPathComponent("data/playlists/\(name).m3u8").path
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.replacingOccurrences(of: music + "/", with: "") }
  }

  private func keep(_ name: String, _ songs: String...) throws {
    let lines = songs.map { "\(music)/\($0).mp3\n" }.joined()
    let file = try program.file("\(name).m3u8", Array(lines.utf8))
    #expect(try program.emus("import", file).status == 0)
  }

  @Test("one's own playlists follow files that moved, in a chain and in a swap too")
  func followingLists() throws {
    try writeThree()
    try keep("all", "01", "02", "03")
    try keep("one", "03")
    try move("02", "new")
    var counts = try scan()
    #expect(counts == ["moved": 1, "unchanged": 2, "playlists_followed": 1])
    #expect(try playlist("all") == ["01.mp3", "new.mp3", "03.mp3"])
    try move("03", "x")
    try move("01", "03")
    try move("x", "01")
    counts = try scan()
    #expect(counts == ["moved": 2, "unchanged": 1, "playlists_followed": 2])
    #expect(try playlist("all") == ["03.mp3", "new.mp3", "01.mp3"])
    #expect(try playlist("one") == ["01.mp3"])
    #expect(try scan() == ["unchanged": 3])
    #expect(try playlist("all") == ["03.mp3", "new.mp3", "01.mp3"])
  }

  @Test("a playlist among the music is never written, whatever moves")
  func foundList() throws {
    try writeThree()
    let text = "\(music)/01.mp3\n02.mp3\n"
    let list = try program.file("music/mine.m3u", Array(text.utf8))
    try move("01", "11")
    #expect(try scan() == ["moved": 1, "unchanged": 2, "playlists": 1])
    #expect(try String(contentsOfFile: list, encoding: .utf8) == text)
  }

  @Test("a song that another one took the place of leaves the list to that one")
  func replacedSong() throws {
    try writeThree()
    try keep("all", "01", "02")
    try write("01", "Another", frames: 77, artist: "Bob")
    _ = try scan()
    #expect(try playlist("all") == ["01.mp3", "02.mp3"])
    // The old song comes back elsewhere: who is meant by the name by now nobody can say.
    try write("back", "Tone 2", frames: 41)
    #expect(try scan()["moved"] == 1)
    #expect(try playlist("all") == ["01.mp3", "02.mp3"])
  }
}
