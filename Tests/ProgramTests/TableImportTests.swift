import Foundation
import Testing

/// What `emus import` says of a table: how it was read, and what of it means nothing.
@Suite("emus import of a table")
struct TableImportTests {
  private let program: Program
  private let folder: String

  init() throws {
    program = try Program()
    let tone = try program.tone("music/one.wav")
    _ = try program.tone("music/two.wav", seconds: 2)
    folder = (tone as NSString).deletingLastPathComponent
    #expect(try program.emus("scan", folder).status == 0)
  }

  private func table(_ text: String) throws -> String {
    try program.file("t.csv", Array(text.replacingOccurrences(of: "@", with: folder).utf8))
  }

  /// What is printed of a table in which `@` is the folder with the music.
  private func report(_ text: String, _ options: String...) throws -> String {
    let result = try imported(text, options)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return result.output
  }

  private func imported(_ text: String, _ options: [String] = []) throws -> Program.Result {
    let path = Program.binaries.appendingPathComponent("emus").path
    return try program.run(
      path, ["import", try table(text), "--home", program.home.path] + options)
  }

  @Test(
    "a table of which every row is refused is input that cannot be read; unmatched rows are not")
  func allRefused() throws {
    let refused = "path,tempo\n@/one.wav,0x50\n@/two.wav,9\nalone\n"
    for options in [[], ["--dry-run"], ["--json"]] {
      let result = try imported(refused, options)
      #expect(result.status == 66)
      #expect(result.errors.hasSuffix("/t.csv: all of its 3 rows are refused\n"))
      if !options.contains("--json") {
        #expect(
          result.output.contains(
            """
              line 2: refused: tempo '0x50' is no number
              line 3: refused: tempo 9 is not from 20 to 400
              line 4: refused: 1 field where the header has 2
            """), "\(result.output)")
      } else {
        let object = try result.object()
        #expect((object["refused"] as? [Any])?.count == 3)
      }
    }
    let single = try imported("path,tempo\n@/one.wav,x\n")
    #expect(single.status == 66 && single.errors.contains("t.csv: its only row is refused"))
    _ = try report("path,tempo\n/gone.wav,80\n")
    _ = try report("path,tempo\n/gone.wav,80\n@/one.wav,x\n")
    _ = try report("path,tempo\n@/one.wav,x\n@/two.wav,80\n")
  }

  @Test("what is said of lines comes in the order of the lines, whatever it is")
  func order() throws {
    let text = try report(
      """
      path,title,mood,rating
      /gone.wav,,happy,1
      @/one.wav,,happy,much
      @/one.wav,,blorp,1
      /gone.mp3,,sad,1
      @/two.wav,,happy,x
      @/one.wav,,sad,2
      @/two.wav,,grumpish,3

      """)
    let lines = text.split(separator: "\n").filter { $0.hasPrefix("  line ") }
    #expect(
      lines.map { $0.dropFirst(7).prefix { $0 != ":" } } == ["2", "3", "4", "5", "6", "7", "8"],
      "\(text)")
  }

  @Test("danceability tells the scale, which the report says, and is among what is not read")
  func danceability() throws {
    let text = "path,Danceability,valence\n@/one.wav,0.5,0.5\n"
    let words = try report(text)
    #expect(words.contains("column 2 'Danceability' told the scale, and is not kept\n"), "\(words)")
    let object = try imported(text, ["--json"]).object()
    #expect(object["columns"] as? [String] == ["path", "valence"])
    let unread = try #require((object["columns_not_read"] as? [[String: Any]])?.first)
    #expect(unread["name"] as? String == "Danceability" && unread["column"] as? Int == 2)
    #expect(unread["for"] is NSNull && unread["for_column"] is NSNull)
    let beside = try report("path,energy,Danceability,valence\n@/one.wav,0.5,0.5,0.5\n")
    #expect(beside.contains("column 3 'Danceability' is not kept\n"), "\(beside)")
  }

  @Test("a mood that is not known is told with its line, kept, and found by it")
  func unknownMoods() throws {
    let file = try table(
      "path,mood\n@/one.wav,grumpish\n@/two.wav,melancholiac\n@/one.wav,grumpish\n/x,blorp\n")
    let object = try program.emus("import", file, "--json").object()
    let unknown = try #require(object["unknown_moods"] as? [[String: Any]])
    #expect(unknown.map { $0["line"] as? Int } == [2, 4])
    #expect(unknown.allSatisfy { $0["mood"] as? String == "grumpish" })
    let text = try program.emus("import", file).output
    #expect(
      text.contains(
        "2 rows have a mood that EMUS does not know: it is kept, and mood:... finds it, but says "
          + "nothing of how the song feels. Known are words such as happy, "), "\(text)")
    #expect(text.contains("\n  line 2: mood 'grumpish' is not known (also line 4)\n"), "\(text)")
    #expect(!text.contains("melancholiac' is") && !text.contains("blorp"))
    let near = try report("path,mood\n@/one.wav,agressive\n")
    #expect(near.contains("mood 'agressive' is not known (did you mean aggressive?)"), "\(near)")
    let all = program.folder.appendingPathComponent("all.jsonl").path
    #expect(try program.emus("export", "--all", all).status == 0)
    #expect(try String(contentsOfFile: all, encoding: .utf8).contains("\"mood\":\"agressive\""))
  }

  @Test("beside arousal energy is not read, which the report says, and why the scale is what it is")
  func energyAndArousal() throws {
    let text = try report("path,valence,energy,arousal\n@/one.wav,0.5,0.9,0.2\n")
    for line in [
      "valence and arousal read as -1 to 1, as there is a column arousal (--scale says otherwise)",
      "none of them is below 0: --scale unit, if they go from 0 to 1",
      "column 3 'energy' not read: column 4 'arousal' says it",
    ] {
      #expect(text.contains(line + "\n"), "\(line) in \(text)")
    }
    let unit = try report("path,Valence,Danceability\n@/one.wav,0.5,0.9\n")
    #expect(unit.contains("valence read as 0 to 1, as there is a column danceability ("), "\(unit)")
    let signed = try report("path,valence\n@/one.wav,-0.5\n", "--dry-run")
    #expect(signed.contains("valence read as -1 to 1, as some are below 0 ("), "\(signed)")
    let said = try report("path,valence,energy\n@/one.wav,-0.5,0\n", "--scale", "signed")
    #expect(said.contains("valence and energy read as -1 to 1, as --scale says\n"), "\(said)")
  }

  @Test("of two columns that say the same the report names the one that is not read")
  func twoColumns() throws {
    let file = try table("path,Title,title,tempo,BPM\n@/one.wav,a,b,100,120\n")
    let text = try program.emus("import", file).output
    #expect(text.contains("column 3 'title' not read: column 2 'Title' says it\n"), "\(text)")
    #expect(text.contains("column 5 'BPM' not read: column 4 'tempo' says it\n"), "\(text)")
    let object = try program.emus("import", file, "--json").object()
    let passed = try #require(object["columns_not_read"] as? [[String: Any]])
    #expect(passed.map { $0["column"] as? Int } == [3, 5])
    #expect(passed.map { $0["name"] as? String } == ["title", "BPM"])
    #expect(passed.map { $0["for"] as? String } == ["Title", "tempo"])
  }

  @Test("percents are read as such, and of another scale the report says what to do")
  func percents() throws {
    let text = try report("path,valence,energy\n@/one.wav,64,80\n@/two.wav,100,0\n")
    #expect(text.contains(" 0 refused"), "\(text)")
    #expect(
      text.contains(
        "valence and energy read as 0 to 100, as most are above 10 (--scale says otherwise)\n"))
    let nine = try imported("path,valence,arousal\n@/one.wav,6.5,4\n@/two.wav,5,0.5\n").output
    #expect(nine.contains(" 2 refused"), "\(nine)")
    #expect(
      nine.contains(
        "3 of 4 numbers of mood lie beyond -1 to 1: --scale knows unit (0 to 1), signed (-1 to 1) "
          + "and percent (0 to 100); bring others to one of these first\n"), "\(nine)")
    let asked = try report("path,valence\n@/one.wav,5\n", "--scale", "percent")
    #expect(asked.contains("valence read as 0 to 100, as --scale says"), "\(asked)")
  }

  @Test("a table without a row says so")
  func noRows() throws {
    let text = try report("title,artist\n\n")
    #expect(text.contains("no rows: there is nothing below the line of column names"), "\(text)")
  }

  @Test("how far it is is shown on a terminal, and nowhere else")
  func progress() throws {
    let file = try table("path,mood\n@/one.wav,happy\n")
    let emus = Program.binaries.appendingPathComponent("emus").path
    let words = [emus, "import", file, "--home", program.home.path].joined(separator: "' '")
    let result = try program.run("/usr/bin/script", ["-qec", "'\(words)'", "/dev/null"])
    let drawn = result.output
    #expect(drawn.contains("\r\u{1B}[K"), "\(drawn)")
    for step in ["─ reading the table", "─ reading the library", "─ writing"] {
      #expect(drawn.contains(step), "\(drawn)")
    }
    // The last one is wiped out before the report.
    let end = try #require(drawn.range(of: "\r\u{1B}[K", options: .backwards))
    #expect(drawn[end.upperBound...].hasPrefix(file), "\(drawn)")
  }
}
