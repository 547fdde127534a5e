import TestSupport
import Testing

@testable import Screen

@Suite("TextWidth")
struct TextWidthTests {
  @Test(
    "columns are those of a terminal",
    arguments: [
      ("", 0), ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("ｗ", 2), ("ﾊ", 1), ("한글", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("☀️", 1), ("🇩🇪", 2), ("│█", 2), ("\u{7}\u{AD}", 0),
    ])
  func measures(text: String, columns: Int) {
    #expect(TextWidth.columns(text) == columns)
  }

  @Test(
    "text that is too long ends in an ellipsis within its columns",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
      ("漢字漢字", 5, "漢字…"), ("漢字漢字", 4, "漢…"), ("漢", 1, "…"), ("abc", -3, ""),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
    ])
  func truncates(text: String, columns: Int, cut: String) {
    #expect(TextWidth.truncate(text, to: columns) == cut)
  }

  @Test("an ellipsis longer than the room is cut itself")
  func cutsEllipsis() {
    #expect(TextWidth.truncate("abcdef", to: 2, ellipsis: "...") == "..")
  }

  @Test("padding gives exactly the columns asked for, whatever the text")
  func pads() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let text = generator.text(upTo: 10)
      let columns = Int.random(in: 0...12, using: &generator)
      #expect(TextWidth.columns(TextWidth.pad(text, to: columns)) == columns)
      #expect(TextWidth.columns(TextWidth.truncate(text, to: columns)) <= columns)
    }
  }
}
