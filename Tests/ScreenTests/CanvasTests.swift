import TestSupport
import Testing

@testable import Screen

@Suite("Canvas")
struct CanvasTests {
  private func row(_ text: String, columns: Int, x: Int = 0, in clip: Rect? = nil) -> String {
    var canvas = Canvas(size: Size(columns: columns, rows: 1))
    canvas.put(text, x: x, y: 0, style: .plain, in: clip)
    return canvas.text
  }

  @Test(
    "text lands on the grid, and what has no place there is dropped",
    arguments: [
      ("abc", "\"abc     \""),
      ("a\u{0}b\nc\u{1B}[31m", "\"abc[31m \""),
      ("漢字", "\"漢字    \""),
      ("e\u{301}x", "\"e\u{301}x      \""),
      ("\u{301}\u{200B}x", "\"x       \""),
      ("evil \u{202E}txt", "\"evil txt\""),
      ("👩‍👩‍👧 ok", "\"👩 ok   \""),
      ("👍🏽!", "\"👍!     \""),
      ("क्ष", "\"क्ष      \""),
      ("a\r\nb", "\"ab      \""),
    ])
  func putsText(text: String, shown: String) {
    #expect(row(text, columns: 8) == shown)
  }

  @Test("put returns the column after the text, at most the clip's edge")
  func returnsColumn() {
    var canvas = Canvas(size: Size(columns: 10, rows: 1))
    #expect(canvas.put("漢b", x: 2, y: 0, style: .plain) == 5)
    #expect(canvas.put("abcdefghijklm", x: 2, y: 0, style: .plain) == 10)
    let clip = Rect(x: 0, y: 0, width: 4, height: 1)
    #expect(canvas.put("abcdefghijklm", x: 2, y: 0, style: .plain, in: clip) == 4)
    #expect(canvas.put("abc", x: 20, y: 0, style: .plain) == 20)
    #expect(canvas.put("", x: 3, y: 0, style: .plain) == 3)
  }

  @Test("a wide character cut by an edge becomes a space")
  func cutsWideCharacters() {
    #expect(row("漢字", columns: 3) == "\"漢 \"")
    #expect(row("漢字", columns: 4, x: -1) == "\" 字 \"")
    let clip = Rect(x: 1, y: 0, width: 2, height: 1)
    #expect(row("漢字", columns: 4, in: clip) == "\"    \"")
  }

  @Test("writing over half of a wide character leaves a space in its other half")
  func overwritesHalves() {
    var canvas = Canvas(size: Size(columns: 5, rows: 1))
    canvas.put("漢字", x: 0, y: 0, style: .plain)
    canvas.put("x", x: 1, y: 0, style: .plain)
    canvas.put("y", x: 2, y: 0, style: .plain)
    #expect(canvas.text == "\" xy  \"")
  }

  @Test("what lies outside is dropped, at any coordinate")
  func dropsOutside() {
    var canvas = Canvas(size: Size(columns: 4, rows: 2))
    let before = canvas
    canvas.put("abc", x: 0, y: -1, style: .plain)
    canvas.put("abc", x: 0, y: 2, style: .plain)
    canvas.put("abc", x: -3, y: 0, style: .plain)
    canvas.put("abc", x: Int.max, y: 0, style: .plain)
    canvas.fill(Rect(x: 9, y: 9, width: 3, height: 3), "#", style: .plain)
    #expect(canvas == before)
    var empty = Canvas(size: Size(columns: 0, rows: 0))
    empty.put("abc", x: 0, y: 0, style: .plain)
    empty.fill(empty.bounds, "漢", style: .plain)
    #expect(empty.text.isEmpty)
  }

  @Test("restyling keeps characters and both halves of a wide one in one style")
  func restyles() {
    let bold = Style(attributes: .bold)
    var canvas = Canvas(size: Size(columns: 6, rows: 1))
    canvas.put("a漢字b", x: 0, y: 0, style: .plain)
    canvas.restyle(Rect(x: 2, y: 0, width: 2, height: 1), bold)
    #expect(canvas.text == "\"a漢字b\"")
    #expect(canvas.styleLegend == "0:1-4 bold")
  }

  @Test("a character with more marks than a cell can hold loses the last ones")
  func limitsMarks() {
    var canvas = Canvas(size: Size(columns: 2, rows: 1))
    canvas.put("a" + String(repeating: "\u{301}", count: 500) + "b", x: 0, y: 0, style: .plain)
    #expect(canvas[0, 0].character.unicodeScalars.count == 5)
    #expect(canvas[1, 0].character == "b")
  }

  @Test("on any drawing, each right half has its left half, in one style")
  func keepsHalvesTogether() {
    for seed in 0..<500 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let canvas = generator.canvas(size: Size(columns: 17, rows: 4))
      for y in 0..<4 {
        for x in 0..<17 {
          let cell = canvas[x, y]
          let glyphs = Array(GlyphSequence(String(cell.character)))
          #expect(glyphs.count == 1, "seed \(seed) at \(x),\(y)")
          let isWide = glyphs.first?.width == 2
          #expect(
            isWide == (x < 16 && canvas[x + 1, y].isContinuation), "seed \(seed) at \(x),\(y)")
          if isWide { #expect(cell.style == canvas[x + 1, y].style, "seed \(seed) at \(x),\(y)") }
        }
      }
    }
  }
}
