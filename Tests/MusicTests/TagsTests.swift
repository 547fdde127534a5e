import Testing

@testable import Music

@Suite("Tags")
struct TagsTests {
  @Test(
    "text from files is made safe to draw",
    arguments: [
      ("plain", "plain"), ("two words", "two words"), ("  many   spaces ", "many spaces"),
      ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("line\nbreak\tand\u{0}nul", "line break and nul"),
      ("right\u{202E}left", "right left"), ("Füße 夜", "Füße 夜"), ("x\u{9B}", "x"),
      ("\u{7} x\u{7F}", "\\u{7} x\\u{7F}"), ("\u{1}\u{2}", "\\u{1}\\u{2}"),
      ("", nil), (" \t\n", nil), ("\u{200B}", nil),
    ])
  func clean(text: String, expected: String?) { #expect(Tags.clean(text) == expected) }

  @Test("what is too long is cut, in ASCII and beyond", arguments: ["a", "é", "a "])
  func limit(piece: String) {
    let escapes = Tags.clean(String(repeating: "\u{1B}", count: 10_000))
    #expect(escapes?.hasSuffix("}") == true)
    #expect(escapes?.unicodeScalars.count ?? .max <= Tags.lengthLimit)
    let text = String(repeating: piece, count: 10_000)
    let cleaned = Tags.clean(text)
    #expect((Tags.lengthLimit - 1...Tags.lengthLimit).contains(cleaned?.unicodeScalars.count ?? 0))
    #expect(Tags.clean(String(repeating: piece, count: 3))?.hasPrefix(piece) == true)
  }

  @Test("cleaning what is clean changes nothing")
  func idempotent() {
    for text in [
      "a", "a b", "é", "\u{1B}[0m\u{7}", "x\u{200D}y", String(repeating: "ab ", count: 400),
    ] {
      let once = Tags.clean(text)
      #expect(once.flatMap(Tags.clean) == once)
    }
  }
}

@Suite struct CountedTests {
  @Test("one is said without an s", arguments: [(0, "0 songs"), (1, "1 song"), (12, "12 songs")])
  func counts(count: Int, text: String) {
    #expect(counted(count, "song") == text)
  }
}
