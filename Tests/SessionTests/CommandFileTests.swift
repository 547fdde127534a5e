import Testing

@testable import Session

@Suite("CommandFile")
struct CommandFileTests {
  private func words(_ text: String) -> [[String]] {
    CommandFile.parse(text).statements.map { $0.words.map(\.text) }
  }

  @Test(
    "lines become words",
    arguments: [
      ("set camera 0", [["set", "camera", "0"]]),
      ("  bind\tr  rate  ", [["bind", "r", "rate"]]),
      ("a \"b c\" 'd \"e\\'", [["a", "b c", "d \"e\\"]]),
      ("a\\ b \\# \\\\ \\\"", [["a b", "#", "\\", "\""]]),
      ("x\"y z\"w ''", [["xy zw", ""]]),
      ("\"a\\n\\t\\\"\\\\\"", [["a\n\t\"\\"]]),
      (
        "# all\nset a # rest\n#set b\nstyle #ff8800 c", [["set", "a"], ["style", "#ff8800", "c"]]
      ),
      ("set a #", [["set", "a"]]),
      ("", []), ("\n\n  \n", []), ("\u{FEFF}set a", [["set", "a"]]),
      ("set a\r\nset b\r\n", [["set", "a"], ["set", "b"]]),
      ("play Füße 漢字", [["play", "Füße", "漢字"]]),
    ])
  func parses(text: String, expected: [[String]]) {
    let (statements, errors) = CommandFile.parse(text)
    #expect(statements.map { $0.words.map(\.text) } == expected)
    #expect(errors.isEmpty)
  }

  @Test("words and statements know where they stand")
  func knowsPlaces() {
    let statements = CommandFile.parse("\n  set \"a b\" c").statements
    #expect(statements.map(\.line) == [2])
    #expect(statements.first?.words.map(\.column) == [3, 7, 13])
  }

  @Test(
    "what cannot be read is an error with its place",
    arguments: [
      ("set \"a", 1, 5), ("x\nset 'a b", 2, 5), ("set a\\", 1, 7), ("set \"a\\q\"", 1, 7),
      ("set \0", 1, 5), ("set \"\u{1B}\"", 1, 6), ("a\rb", 1, 2), ("a\u{85}", 1, 2),
    ])
  func reportsPlaces(text: String, line: Int, column: Int) {
    let errors = CommandFile.parse(text).errors
    #expect(errors.map(\.line) == [line])
    #expect(errors.map(\.column) == [column])
  }

  @Test("one bad line does not take the others with it")
  func toleratesBadLines() {
    let (statements, errors) = CommandFile.parse("set a 1\nset \"b\nset c 3")
    #expect(statements.map(\.line) == [1, 3])
    #expect(errors.map(\.line) == [2])
    #expect(errors.first?.description == "2:5: the quotation mark has no second one")
  }

  @Test("a line of a megabyte is an error, the next line counts")
  func refusesLongLines() {
    let long = String(repeating: "a ", count: 500_000)
    let (statements, errors) = CommandFile.parse(long + "\nset a 1")
    #expect(statements.map(\.line) == [2])
    #expect(errors.map(\.line) == [1])
  }

  @Test("a line typed by hand has no comments, and its errors are thrown")
  func readsTypedLines() throws {
    #expect(try CommandFile.words(of: "search # 1").map(\.text) == ["search", "#", "1"])
    #expect(try CommandFile.words(of: "   ").isEmpty)
    let error = #expect(throws: CommandFileError.self) { try CommandFile.words(of: "add \"x") }
    #expect(error?.column == 5)
  }

  @Test(
    "a misspelt word finds the one that was meant",
    arguments: [
      ("quere", "queue"), ("qeue", "queue"), ("rtae", "rate"), ("policy", "policy"),
      ("zzz", nil), ("", nil), ("x", nil),
    ])
  func suggests(word: String, expected: String?) {
    let commands = ["queue", "rate", "policy"]
    #expect(CommandFile.suggestion(for: word, among: commands) == expected)
  }

  @Test("mutated files never trap, and errors point into the text")
  func survivesMutation() {
    let seed = """
      # configuration
      set camera 0
      bind r rate "a \\" b" 'c d' # comment
      style title #ff8800 on black bold
      set path /music/a\\ b\r
      """
    var generator = MutationGenerator(seed: 1)
    for _ in 0..<20_000 {
      let text = generator.mutated(seed)
      let (statements, errors) = CommandFile.parse(text)
      expectPlaces(of: errors, in: text)
      let lines = statements.map(\.line) + errors.map(\.line)
      if Set(lines).count != lines.count {
        Issue.record("a line twice in \(text.debugDescription)")
      }
    }
  }

  @Test("words that are quoted come back as they were")
  func quotesRoundTrip() throws {
    var generator = MutationGenerator(seed: 2)
    let pieces = ["a", " ", "\"", "'", "\\", "#", "ü", "漢", "\t", "e\u{301}"]
    for _ in 0..<1000 {
      let word = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? "a"
      }.joined()
      let escaped = word.flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }
      let line = "x \"\(String(escaped))\" y"
      #expect(try CommandFile.words(of: line).map(\.text) == ["x", word, "y"])
    }
  }
}

/// Each error's line is one of the text's, its column in the line or one past its end.
func expectPlaces(
  of errors: [CommandFileError], in text: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
  for error in errors {
    guard lines.indices.contains(error.line - 1) else {
      Issue.record("\(error) in \(text.debugDescription)", sourceLocation: sourceLocation)
      continue
    }
    guard !(1...(lines[error.line - 1].count + 1)).contains(error.column) else { continue }
    Issue.record("\(error) in \(text.debugDescription)", sourceLocation: sourceLocation)
  }
}
