import Perception
import Screen
import Taste
import Testing

@testable import Session

@Suite("Commands")
struct CommandTests {
  private func parse(_ line: String) throws -> Command {
    try Command.parse(CommandFile.words(of: line))
  }

  @Test("every line of the default key map can be read")
  func defaults() {
    let lines = Keymap.defaultText.split(separator: "\n")
    #expect(Keymap.defaults.bindings.count == lines.count)
  }

  @Test("every command of the table can be parsed by its name")
  func table() throws {
    let arguments = [
      "seek": "+5", "volume": "+5", "rate": "8", "camera": "on", "user": "mia", "view": "now",
      "move": "1", "search.step": "1", "queue.move": "1", "set": "autoplay off", "bind": "z quit",
      "smart.save": "calm mood:calm", "smart.remove": "calm",
      "playlist": "load mix",
    ]
    for entry in CommandTable.entries {
      _ = try parse("\(entry.name) \(arguments[entry.name] ?? "")")
    }
  }

  @Test(
    "reads arguments",
    arguments: [
      ("seek 1:30", Command.seek(.to(90))), ("seek -5", .seek(.by(-5))),
      ("volume 70", .volume(.to(70))), ("volume -5", .volume(.by(-5))), ("rate 10", .rate(10)),
      ("mood", .mood(.choose)), ("mood auto", .mood(.auto)), ("mood calm", .mood(.word("calm"))),
      ("mood -0.5 0.25", .mood(.set(valence: -0.5, arousal: 0.25))),
      ("policy lift", .policy(.lift)), ("policy", .policy(nil)),
      ("user Anna Maria", .user("Anna Maria")), ("user 'Anna Maria'", .user("Anna Maria")),
      ("search blue moon", .search("blue moon")), ("set identity off", .set(.identity(.off))),
      ("set camera off", .set(.camera(nil))), ("set camera 2", .set(.camera(.camera(2)))),
      ("playlist save Late at night", .playlist(.save("Late at night"))),
      ("playlist save-all mix", .playlist(.saveAll("mix"))),
      ("scan", .scan([])), ("search artist:\"low tide\" rain", .search("artist:\"low tide\" rain")),
      ("search \"low tide\"", .search("\"low tide\"")),
      ("search 'a \"b c\"'", .search("a \"b c\"")), ("smart", .smart(.list)),
      ("smart \"the nineties\"", .smart(.open("the nineties"))),
      ("smart.save old year:..1979 -jazz", .smart(.save("old", query: "year:..1979 -jazz"))),
      ("smart.save old", .smart(.save("old", query: nil))),
      ("smart.remove old", .smart(.remove("old"))), ("move page -0.5", .move(.page(-0.5))),
    ])
  func arguments(line: String, command: Command) throws {
    #expect(try parse(line) == command)
  }

  @Test(
    "says what is wrong and where",
    arguments: [
      ("qiut", 1, "did you mean quit"), ("rate 11", 6, "not a rating"), ("rate", 6, "needs"),
      ("mood 2 0", 6, "valence"), ("mood 0.5", 10, "needs"), ("view moon", 6, "none of"),
      ("policy sooth", 8, "none of"), ("quit now", 6, "too many"), ("seek x", 6, "no time"),
      ("bind q", 8, "needs"), ("bind q qiut", 8, "did you mean"), ("set theme", 11, "needs"),
    ])
  func mistakes(line: String, column: Int, words: String) throws {
    let error = #expect(throws: CommandError.self) { try parse(line) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.column == column)
  }

  @Test("keys have names that are read back")
  func keyNames() {
    let keys: [Key] = [
      .character("q"), .character(" "), .enter, .control("l"), .alt("x"), .function(3), .backTab,
      .pageUp,
    ]
    for key in keys { #expect(KeyName.keys(KeyName.text(key)) == [key]) }
    #expect(KeyName.keys("gg") == [.character("g"), .character("g")])
    #expect(KeyName.keys("") == nil)
  }

  @Test("a screen's own binding outranks the general one, a later one an earlier one")
  func outranks() throws {
    var keymap = Keymap.defaults
    keymap.bind(Binding(keys: [.character("d")], section: .library, command: "queue.add"))
    #expect(keymap.match([.character("d")], in: .library) == .command("queue.add"))
    #expect(keymap.match([.character("d")], in: .queue) == .command("queue.remove"))
    keymap.bind(Binding(keys: [.character("q")], command: "pause"))
    #expect(keymap.match([.character("q")], in: .now) == .command("pause"))
    #expect(keymap.match([.character("g")], in: .now) == .prefix)
  }
}
