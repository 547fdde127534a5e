import Foundation
import GeneratedLibrary
import Testing

@Suite("Import, export and statistics")
struct ImportExportTests {
  @Test("a playlist comes in, says what it found, and goes out in each format")
  func playlist() throws {
    let (program, folder) = try Program.withTwoTones()
    let list = try program.file(
      "music/Road trip.m3u8",
      Array("#EXTM3U\r\none.wav\r\nC:\\Music\\x.mp3\r\n./gone.wav\r\n".utf8))
    let dry = try program.emus("import", list, "--json", "--dry-run").object()
    #expect(dry["dry_run"] as? Bool == true)
    let first = try program.emus("import", list, "--json")
    #expect(first.status == 0, "\(first.errors)")
    let object = try first.object()
    #expect(object["playlist"] as? String == "Road trip")
    #expect(object["songs"] as? Int == 3)
    let matched = try #require(object["matched"] as? [[String: Any]])
    #expect(matched.map { $0["path"] as? String } == [folder + "/one.wav"])
    #expect(matched.first?["by"] as? String == "path")
    let unmatched = try #require(object["unmatched"] as? [[String: Any]])
    #expect(unmatched.map { $0["entry"] as? Int } == [2, 3])
    #expect(unmatched.map { $0["place"] as? String } == ["C:\\Music\\x.mp3", folder + "/gone.wav"])

    let again = try program.emus("import", list)
    #expect(again.status == 1)
    #expect(again.errors.contains("--name"))
    for ending in ["m3u", "m3u8", "pls", "xspf"] {
      let file = folder + "/out.\(ending)"
      let export = try program.emus("export", file, "--playlist", "Road trip")
      #expect(export.status == 0, "\(export.errors)")
      let back = try program.emus("import", file, "--json", "--name", "Again \(ending)").object()
      #expect((back["matched"] as? [Any])?.count == 1)
      #expect((back["unmatched"] as? [Any])?.count == 2)
    }
    #expect(try Program.contents(folder + "/out.m3u8").contains("\none.wav\n"))
  }

  @Test("what cannot be read or is not there exits 66, what is not understood 64")
  func exitCodes() throws {
    let (program, folder) = try Program.withTwoTones()
    #expect(try program.emus("import", folder + "/gone.m3u8").status == 66)
    #expect(try program.emus("import", folder + "/one.wav").status == 64)
    #expect(try program.emus("import", try program.file("x.xspf", Array("<a>".utf8))).status == 66)
    #expect(try program.emus("import", try program.file("x.csv", Array("a,b\n".utf8))).status == 66)
    #expect(
      try program.emus("import", try program.file("x.jsonl", Array("{}\n".utf8))).status == 66)
    #expect(try program.emus("export", folder + "/none.m3u8").status == 66)
    #expect(try program.emus("export", folder + "/nowhere/none.m3u8").status == 66)
    #expect(try program.emus("export", folder + "/x.mp3").status == 64)
    #expect(try program.emus("export", "--all", folder + "/x.m3u8").status == 64)
    #expect(try program.emus("stats", "--user", "guest").status == 64)
  }

  @Test("a table of details is matched, reported by lines, and written unless it is a dry run")
  func table() throws {
    let (program, folder) = try Program.withTwoTones()
    let file = try program.file(
      "tracks.csv",
      Array(
        """
        path,title,artist,valence,energy,rating
        \(folder)/one.wav,,,0.25,0.75,4
        ,Song,Nobody,0.5,0.5,1
        \(folder)/two.wav,,,high,0.5,1

        """.utf8))
    for isDry in [true, false] {
      let arguments = ["import", file, "--json", "--home", program.home.path]
      let path = Program.binaries.appendingPathComponent("emus").path
      let result = try program.run(path, arguments + (isDry ? ["--dry-run"] : []))
      #expect(result.status == 0, "\(result.errors)")
      let object = try result.object()
      #expect(object["rows"] as? Int == 3)
      #expect(object["described"] as? Int == 1)
      let scale = try #require(object["scale"] as? [String: Any])
      #expect(scale["rated"] as? Int == 2 && scale["ratings_fitting"] as? Int == 2)
      #expect(
        scale.compactMapValues { $0 as? String } == [
          "valence": "unit", "arousal": "unit", "arousal_from": "energy", "rating": "stars",
          "reason": "energy",
        ])
      let lines = ["matched", "unmatched", "refused"].map { key in
        (object[key] as? [[String: Any]])?.compactMap { $0["line"] as? Int }
      }
      #expect(lines == [[2], [3], [4]])
      let archive = program.folder.appendingPathComponent("all-\(isDry).jsonl").path
      #expect(try program.emus("export", "--all", archive).status == 0)
      #expect(try Program.contents(archive).contains("\"type\":\"details\"") == !isDry)
    }
  }

  @Test("a table parted by semicolons or tabs is read, and the report says which")
  func separators() throws {
    let (program, folder) = try Program.withTwoTones()
    for (name, mark, word) in [("a.csv", ";", "semicolon"), ("b.tsv", "\t", "tab")] {
      let lines = [["path", "valence", "energy"], [folder + "/one.wav", "0,25", "0,5"]]
      let text = lines.map { $0.joined(separator: mark) }.joined(separator: "\n")
      let file = try program.file(name, Array(text.utf8))
      let object = try program.emus("import", file, "--json").object()
      #expect(object["separator"] as? String == word)
      #expect(object["described"] as? Int == 1)
      #expect(try program.emus("import", file).output.contains("fields parted by \(word)s"))
    }
  }

  @Test("bytes that are no playlist are refused with file, line and cause, and nothing is kept")
  func garbage() throws {
    let program = try Program()
    let page = try program.file("page.m3u", Array("\n<!DOCTYPE html>\n".utf8))
    let bytes = try program.file("bytes.m3u", Array((0...255).map { UInt8($0) }))
    let head = try program.file("head.pls", Array("File1=a.mp3\n".utf8))
    for (file, cause) in [
      (page, "line 2: HTML or XML, and no list of paths"), (bytes, "line 1: not a text file"),
      (head, "line 1: no PLS playlist: [playlist] is missing"),
    ] {
      let result = try program.emus("import", file)
      #expect(result.status == 66)
      #expect(result.errors.contains("\(file): \(cause)"), "\(result.errors)")
    }
    let all = program.folder.appendingPathComponent("all.jsonl").path
    #expect(try program.emus("export", "--all", all, "--json").object()["playlists"] as? Int == 0)
  }

  @Test("an export writes over a file only where it is told to; what is no file needs no leave")
  func existing() throws {
    let (program, folder) = try Program.withTwoTones()
    let list = try program.file("mix.m3u8", Array("\(folder)/one.wav\n".utf8))
    #expect(try program.emus("import", list).status == 0)
    for options in [[list], ["--all", try program.file("all.jsonl", Array("mine\n".utf8))]] {
      let file = options[options.count - 1]
      let before = try Program.contents(file)
      let path = Program.binaries.appendingPathComponent("emus").path
      let home = ["--home", program.home.path]
      let refused = try program.run(path, ["export"] + options + home)
      #expect(refused.status == 73)
      #expect(
        refused.errors.contains("\(file) is there already: --force"), "\(refused.errors)")
      #expect(try Program.contents(file) == before)
      #expect(try program.run(path, ["export", "--force"] + options + home).status == 0)
      #expect(try Program.contents(file) != before)
    }
  }

  @Test("comments come in and go out; a format without a place for them says so")
  func comments() throws {
    let (program, folder) = try Program.withTwoTones()
    let text = "# soft\n#EXTGRP:x\n\(folder)/one.wav\n#EXTVLCOPT:start-time=5\n/gone.flac\n# end\n"
    let list = try program.file("mix.m3u8", Array(text.utf8))
    #expect(try program.emus("import", list).status == 0)
    let m3u = program.folder.appendingPathComponent("out.m3u8").path
    let plain = try program.emus("export", m3u, "--playlist", "mix", "--json").object()
    #expect(plain["comments_left_out"] as? Int == 0 && plain["pieces_as_files"] as? Int == 0)
    let lines = try Program.contents(m3u).split(separator: "\n").filter { !$0.hasPrefix("#EXTINF") }
    #expect(
      lines.dropFirst(2) == [
        "# soft", "#EXTGRP:x", "music/one.wav", "#EXTVLCOPT:start-time=5", "/gone.flac", "# end",
      ])
    let pls = program.folder.appendingPathComponent("out.pls").path
    let words = try program.emus("export", pls, "--playlist", "mix").output
    #expect(
      words.contains("1 piece of cue sheets as the whole file, 3 comments left out"), "\(words)")
  }

  @Test("a song that names no file and is not in the library is kept as a comment")
  func nowhere() throws {
    let (program, folder) = try Program.withTwoTones()
    let text = """
      <playlist><trackList>
      <track><creator>Ada</creator><title>Rain</title><annotation>first</annotation></track>
      <track><location>\(folder)/one.wav</location><annotation>second</annotation></track>
      <track><title>Snow</title></track>
      </trackList></playlist>
      """
    let file = try program.file("mix.xspf", Array(text.utf8))
    let report = try program.emus("import", file)
    #expect(report.output.contains("Ada - Rain: kept as a comment: it names no file"))
    let list = program.home.appendingPathComponent("data/playlists/mix.m3u8").path
    let lines = try Program.contents(list).split(separator: "\n").filter {
      !$0.hasPrefix("#EXTINF")
    }
    #expect(
      lines.dropFirst(2) == [
        "# first", "# Ada - Rain", "# second", "\(folder)/one.wav", "# Snow",
      ])
  }

  @Test("pieces of a cue sheet go out and come back as themselves")
  func pieces() throws {
    let program = try Program()
    let album = try program.tone("music/album.wav", seconds: 10)
    let sheet = """
      PERFORMER "Ada"
      FILE "album.wav" WAVE
        TRACK 01 AUDIO
          TITLE "One"
          INDEX 01 00:00:00
        TRACK 02 AUDIO
          TITLE "Two"
          INDEX 01 00:03:11
        TRACK 03 AUDIO
          TITLE "Three"
          INDEX 01 00:07:00
      """
    _ = try program.file("music/album.cue", Array(sheet.utf8))
    #expect(
      try program.emus("scan", program.folder.appendingPathComponent("music").path).status == 0)
    let text = """
      #EXTVLCOPT:start-time=3.147
      \(album)
      #EXTVLCOPT:stop-time=3
      \(album)
      #EXTVLCOPT:start-time=7
      \(album)
      \(album)
      """
    var file = try program.file("mix.m3u8", Array(text.utf8))
    for format in ["m3u", "xspf", "m3u8"] {
      let name = "as \(format)"
      let object = try program.emus("import", file, "--json", "--name", name).object()
      let matched = try #require(object["matched"] as? [[String: Any]])
      #expect(matched.map { $0["title"] as? String } == ["Two", "One", "Three"])
      #expect(matched.allSatisfy { $0["by"] as? String == "path" })
      // The whole file is no song of the library.
      #expect((object["unmatched"] as? [[String: Any]])?.map { $0["entry"] as? Int } == [4])
      file = program.folder.appendingPathComponent("out.\(format)").path
      #expect(try program.emus("export", file, "--playlist", name).status == 0)
    }
    #expect(
      try Program.contents(file).contains("#EXTVLCOPT:start-time=3.147\n#EXTVLCOPT:stop-time=7\n"))
  }

  @Test("a row with a title alone is the one song that has it, with less certainty")
  func titleAlone() throws {
    let program = try Program()
    func frame(_ name: String, _ text: String) -> [UInt8] {
      Array(name.utf8) + [0, 0, 0, UInt8(text.utf8.count + 1), 0, 0, 3] + Array(text.utf8)
    }
    for (name, title, artist) in [("1", "Rain", "A"), ("2", "Rain", "B"), ("3", "Snow", "A")] {
      let body = frame("TIT2", title) + frame("TPE1", artist)
      let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, UInt8(body.count)] + body
      let sound = GeneratedLibrary.silence(frames: 40 + (Int(name) ?? 0))
      _ = try program.file("music/\(name).mp3", tag + sound)
    }
    #expect(
      try program.emus("scan", program.folder.appendingPathComponent("music").path).status == 0)
    let table = try program.file("t.csv", Array("title,rating\nsnow,4\nRain,5\nHail,5\n".utf8))
    let object = try program.emus("import", table, "--json").object()
    let matched = try #require(object["matched"] as? [[String: Any]])
    #expect(matched.map { $0["line"] as? Int } == [2])
    #expect(matched.first?["by"] as? String == "title")
    #expect(matched.first?["certainty"] as? Double == 0.5)
    let unmatched = try #require(object["unmatched"] as? [[String: Any]])
    #expect(
      unmatched.map { $0["reason"] as? String } == [
        "several songs fit", "no such song in the library",
      ])
    let words = try program.emus("import", table, "--dry-run").output
    #expect(words.contains("line 2: taken to be A - Snow, by the title alone"), "\(words)")
  }

  @Test("a report tells of odd ratings, songs that come twice, other encodings and files by name")
  func tableReport() throws {
    let (program, folder) = try Program.withTwoTones()
    let file = try program.file(
      "t.csv",
      Array("path,rating\n\(folder)/one.wav,10\n\(folder)/two.wav,99\n".utf8)
        + Array("\(folder)/one.wav,8\n/gone/J".utf8) + [0xF3] + Array("ga.mp3,7\n".utf8))
    let report = try program.emus("import", file, "--dry-run")
    #expect(report.status == 0, "\(report.errors)")
    for line in [
      "4 rows, 2 matched, 1 unmatched, 1 refused; details for 1 track\n",
      "rating read as 0 to 10, which holds 3 of 4 ratings (--rating-scale says otherwise)",
      "read as Latin-1", "line 3: refused: rating 99 is not from 0 to 10",
      "line 4: the same song as line 2", "line 5: /gone/Jóga.mp3: no such song in the library",
    ] {
      #expect(report.output.contains(line), "\(line) in \(report.output)")
    }
    let percent = try program.emus("import", file, "--dry-run", "--rating-scale", "100", "--json")
    let object = try percent.object()
    #expect((object["scale"] as? [String: Any])?["rating"] as? String == "percent")
    #expect((object["refused"] as? [Any])?.isEmpty == true)
    #expect(object["encoding"] as? String == "latin-1")
    let repeated = object["repeated"] as? [[String: Int]]
    #expect(repeated == [["line": 4, "first": 2]])
  }

  @Test("the help names every exit code that there is")
  func helpOfExitCodes() throws {
    let help = try Program().emus("--help").output
    let words = help.replacing(/\s+/, with: " ")
    for code in [
      "0 done", "1 failed", "2 no face", "3 face not", "4 nothing", "64 usage", "66 input",
      "69 a device", "73 the file to write is there",
    ] {
      #expect(words.contains(" \(code)"), "\(help)")
    }
  }

  @Test("an option that a file has no use for is wrong usage")
  func uselessOptions() throws {
    let program = try Program()
    let table = try program.file("t.csv", Array("title,rating\n".utf8))
    let list = try program.file("l.m3u", Array("x.mp3\n".utf8))
    for arguments in [
      [table, "--name", "foo"], [list, "--scale", "unit"], [list, "--rating-scale", "5"],
      [table, "--rating-scale", "7"],
    ] {
      let path = Program.binaries.appendingPathComponent("emus").path
      let result = try program.run(
        path, ["import"] + arguments + ["--home", program.home.path])
      #expect(result.status == 64, "\(arguments) \(result.errors)")
    }
  }

  @Test(
    "a song is rated by its path, absolute, roundabout or through a link; the last rating counts")
  func rateByPath() throws {
    let (program, folder) = try Program.withTwoTones()
    let link = program.folder.appendingPathComponent("link.wav").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder + "/one.wav")
    for (value, path) in [
      ("9", folder + "/one.wav"), ("7", folder + "/../music/./one.wav"), ("8", link),
    ] {
      let result = try program.emus("rate", value, path, "--json")
      #expect(result.status == 0, "\(path): \(result.errors)")
      if result.status == 0 { #expect(try result.object()["title"] as? String == "one.wav") }
    }
    let ratings = try program.emus("stats", "--json").object()["ratings"] as? [String: Any]
    #expect(ratings?["count"] as? Int == 1)
    #expect(ratings?["mean"] as? Double == 8)
    let other = try program.file("other.wav", [0])
    let unknown = try program.emus("rate", "8", other)
    #expect(unknown.status == 66)
    #expect(unknown.errors.contains("scan its folder first"), "\(unknown.errors)")
  }

  @Test("a path is read from the folder in which the command is given")
  func rateByRelativePath() throws {
    let (program, folder) = try Program.withTwoTones()
    let emus = Program.binaries.appendingPathComponent("emus").path
    let command =
      "cd '\(folder)/..' && '\(emus)' rate 6 music/two.wav --home '\(program.home.path)'"
    let result = try program.run("/bin/sh", ["-c", command])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("6 stored for two.wav"))
  }
}
