import Foundation
import Testing

@Suite("An export of all and its import")
struct ArchiveTests {
  @Test("an export taken back into a fresh home gives the same bytes again")
  func archive() throws {
    let (program, folder) = try Program.withTwoTones()
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    #expect(try program.emus("rate", "3", "two.wav").status == 0)
    let list = try program.file("mix.m3u8", Array("\(folder)/one.wav\n/gone.mp3\n".utf8))
    #expect(try program.emus("import", list).status == 0)
    let table = try program.file(
      "t.csv", Array("path,valence,arousal\n\(folder)/two.wav,0.1,-0.3\n".utf8))
    #expect(try program.emus("import", table).status == 0)
    let first = program.folder.appendingPathComponent("first.jsonl").path
    #expect(try program.emus("export", "--all", first).status == 0)

    let fresh = try Program()
    let back = try fresh.emus("import", first, "--json")
    #expect(back.status == 0, "\(back.errors)")
    #expect(try back.object()["ratings"] as? Int == 2)
    let second = fresh.folder.appendingPathComponent("second.jsonl").path
    #expect(try fresh.emus("export", "--all", second).status == 0)
    #expect(try Program.contents(second) == Program.contents(first))

    let full = try program.emus("import", first)
    #expect(full.status == 1)
    #expect(full.errors.contains("new --home"), "\(full.errors)")
    let newer = try Program.contents(first).replacingOccurrences(
      of: "\"version\":1}", with: "\"version\":2}")
    let refused = try Program()
    let result = try refused.emus("import", try refused.file("n.jsonl", Array(newer.utf8)))
    #expect(result.status == 1)
    #expect(result.errors.contains("newer EMUS"), "\(result.errors)")
    let short = try Program.contents(first).split(separator: "\n").dropLast(3).joined(
      separator: "\n")
    let cut = try refused.emus("import", try refused.file("c.jsonl", Array(short.utf8)))
    #expect(cut.status == 66)
    #expect(try refused.emus("stats", "--json").object()["heard"] as? Int == 0)
    let stats = try fresh.emus("stats", "--json").object()
    #expect((stats["ratings"] as? [String: Any])?["mean"] as? Double == 6)
  }

  @Test("ratings find their songs where the music lies elsewhere", arguments: [true, false])
  func movedMusic(scansFirst: Bool) throws {
    let program = try Program()
    let tone = try program.tone("music/one.wav")
    // Of songs that sound alike nobody could tell which was rated.
    _ = try program.tone("music/two.wav", seconds: 2)
    let folder = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", folder).status == 0)
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    let export = program.folder.appendingPathComponent("all.jsonl").path
    #expect(try program.emus("export", "--all", export).status == 0)
    let elsewhere = program.folder.appendingPathComponent("elsewhere").path
    try FileManager.default.moveItem(atPath: folder, toPath: elsewhere)

    let fresh = try Program()
    let steps = [["scan", elsewhere], ["import", export]]
    for step in scansFirst ? steps : steps.reversed() {
      #expect(try fresh.emus(step[0], step[1]).status == 0)
    }
    let again = fresh.folder.appendingPathComponent("again.jsonl").path
    #expect(try fresh.emus("export", "--all", again).status == 0)
    let lines = try Program.contents(again).split(separator: "\n")
    #expect(
      lines.filter { $0.contains("\"type\":\"track\"") }.map {
        $0.contains("\"path\":\"\(elsewhere)/one.wav\"")
      } == [true])
  }

  @Test("a list that cannot be read is left out of an export and named; all else is in it")
  func unreadableList() throws {
    let (program, folder) = try Program.withTwoTones()
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    let list = try program.file("mix.m3u8", Array("\(folder)/one.wav\n".utf8))
    #expect(try program.emus("import", list).status == 0)
    let torn = try program.file("home/data/playlists/torn.m3u8", [0xFF, 0xFE, 0x61, 0])
    let file = program.folder.appendingPathComponent("all.jsonl").path
    let result = try program.emus("export", "--all", file, "--json")
    #expect(result.status == 66)
    #expect(result.errors.contains("\(torn): the text is UTF-16"), "\(result.errors)")
    let object = try result.object()
    #expect(object["playlists"] as? Int == 1 && object["ratings"] as? Int == 1)
    let unreadable = try #require(object["unreadable"] as? [[String: String]])
    #expect(unreadable.map { $0["playlist"] } == ["torn"])
    #expect(unreadable.first?["reason"]?.contains("UTF-16") == true)
    #expect(
      try program.emus("export", "--all", file, "--force").output
        .contains("; 1 playlist left out"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: torn)) == Data([0xFF, 0xFE, 0x61, 0]))
    let alone = try program.emus("export", folder + "/torn.pls")
    #expect(alone.status == 66 && alone.errors.contains("left as it is"), "\(alone.errors)")
    let fresh = try Program()
    #expect(try fresh.emus("import", file).status == 0)
    #expect(try fresh.emus("stats", "--json").output.contains("\"count\":1"))
  }

  @Test("smart playlists are counted apart from lists of paths")
  func smartPlaylists() throws {
    let program = try Program()
    let lines = [
      #"{"type":"emus","version":1}"#,
      #"{"m3u8":"/gone.mp3\n","name":"mix","type":"playlist"}"#,
      #"{"name":"best","query":"rating:>=9","type":"smart_playlist"}"#,
      #"{"name":"new","query":"year:2020..","type":"smart_playlist"}"#,
      #"{"lines":5,"type":"end"}"#,
    ]
    let file = try program.file("in.jsonl", Array(lines.joined(separator: "\n").utf8))
    let words = "1 playlist, 2 smart ones"
    let read = try program.emus("import", file)
    #expect(read.output.contains(words), "\(read.errors) \(read.output)")
    let out = program.folder.appendingPathComponent("out.jsonl").path
    let report = try program.emus("export", "--all", out, "--json").object()
    #expect(report["playlists"] as? Int == 1 && report["smart_playlists"] as? Int == 2)
    #expect(try program.emus("export", "--all", out, "--force").output.contains(words))
  }

  @Test("a value that no listener can have given is refused with its line")
  func tampered() throws {
    let (program, _) = try Program.withTwoTones()
    #expect(try program.emus("rate", "9", "one.wav").status == 0)
    let archive = program.folder.appendingPathComponent("all.jsonl").path
    #expect(try program.emus("export", "--all", archive).status == 0)
    let whole = try Program.contents(archive)
    let bad = whole.replacingOccurrences(of: "\"value\":9", with: "\"value\":99")
    #expect(bad != whole)
    let place = bad.split(separator: "\n").firstIndex { $0.contains("\"value\":99") }
    let line = try #require(place) + 1
    let fresh = try Program()
    let result = try fresh.emus("import", try fresh.file("bad.jsonl", Array(bad.utf8)))
    #expect(result.status == 66)
    #expect(
      result.errors.contains("bad.jsonl: line \(line): a rating is 1 to 10"), "\(result.errors)")
  }
}
