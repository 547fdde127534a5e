import Screen
import TestSupport
import Testing

/// Widgets are asserted as they are seen: quoted lines.
@Suite("Widgets")
struct WidgetTests {
  private func drawn(
    _ columns: Int, _ rows: Int, _ theme: Theme = .plain,
    draw: (inout Canvas, Rect, Theme) -> Void
  ) -> [String] {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    draw(&canvas, canvas.bounds, theme)
    return canvas.text.split(separator: "\n").map { String($0.dropFirst().dropLast()) }
  }

  private let ascii = Theme(name: "ascii", styles: [:], glyphs: .ascii)

  @Test("a box has its title in its border, and its note where there is room")
  func boxes() {
    let box = Box(title: "mood", note: "x off")
    #expect(
      drawn(18, 3) { box.draw(on: &$0, in: $1, theme: $2) } == [
        "┌ mood ─── x off ┐", "│                │", "└────────────────┘",
      ])
    #expect(
      drawn(9, 2) { box.draw(on: &$0, in: $1, theme: $2) } == ["┌ moo…──┐", "└───────┘"]
    )
    #expect(drawn(4, 2, ascii) { box.draw(on: &$0, in: $1, theme: $2) } == ["+--+", "+--+"])
    #expect(drawn(1, 2) { box.draw(on: &$0, in: $1, theme: $2) } == [" ", " "])
    #expect(Box.inner(of: Rect(x: 0, y: 0, width: 1, height: 1)).isEmpty)
  }

  @Test(
    "a meter is drawn to the eighth of a cell, in ASCII to the cell",
    arguments: [
      (0.0, "", ""), (0.125, "▏", ""), (0.5, "▌", "#"), (1.0, "█", "#"), (2.25, "██▎", "##"),
      (3.99, "████", "####"), (9, "████", "####"), (-1, "", ""), (.nan, "", ""),
      (.infinity, "", ""),
    ])
  func bars(length: Double, unicode: String, ascii: String) {
    #expect(Glyphs.unicode.bar(length: length, width: 4) == unicode)
    #expect(Glyphs.ascii.bar(length: length, width: 4) == ascii)
  }

  @Test("a meter has a label, a bar and a value; in a narrow row the value goes first")
  func meters() {
    let meter = Meter(label: "sad", value: 0.5, valueText: "50 %")
    #expect(drawn(23, 1) { meter.draw(on: &$0, in: $1, theme: $2) } == ["sad      ████      50 %"])
    #expect(drawn(13, 1) { meter.draw(on: &$0, in: $1, theme: $2) } == ["sad      ██  "])
    #expect(drawn(2, 1) { meter.draw(on: &$0, in: $1, theme: $2) } == ["s…"])
  }

  @Test("a slider has its tick in the middle and a dot where the value is")
  func sliders() {
    func slider(_ value: Double?, _ columns: Int = 9) -> [String] {
      drawn(columns, 1) { Slider(value: value).draw(on: &$0, in: $1, theme: $2) }
    }
    #expect(slider(-1) == ["●───┼────"])
    #expect(slider(0) == ["────●────"])
    #expect(slider(7) == ["────┼───●"])
    #expect(slider(nil) == ["────┼────"])
    #expect(slider(.nan) == ["────┼────"])
    #expect(slider(0.3, 1) == ["●"])
  }

  @Test("a progress bar is heavy up to its dot")
  func progress() {
    func bar(_ fraction: Double?) -> [String] {
      drawn(5, 1) { ProgressBar(fraction: fraction).draw(on: &$0, in: $1, theme: $2) }
    }
    #expect(bar(0) == ["●────"])
    #expect(bar(0.5) == ["━━●──"])
    #expect(bar(1) == ["━━━━●"])
    #expect(bar(99) == ["━━━━●"])
    #expect(bar(.nan) == ["─────"])
    #expect(bar(nil) == ["─────"])
  }

  @Test("rows have columns at the left and an end at the right, and a thumb where they scroll")
  func rows() {
    let items = (1...6).map { number in
      RowText(
        left: [RowPart("\(number)", width: 3), RowPart("song number \(number)")],
        right: [RowPart("8.\(number)")])
    }
    let list = Rows(items: items, selected: 3, offset: 2)
    #expect(
      drawn(16, 3) { list.draw(on: &$0, in: $1, theme: $2) } == [
        "3  song nu… 8.3 ", "4  song nu… 8.4▐", "5  song nu… 8.5▐",
      ])
  }

  @Test("the selected row has the selection's style, all across")
  func selects() {
    var canvas = Canvas(size: Size(columns: 4, rows: 2))
    let list = Rows(items: [RowText("a"), RowText("b")], selected: 1, offset: 0)
    list.draw(on: &canvas, in: canvas.bounds, theme: .plain)
    #expect(canvas.styleLegend == "1:0-3 reverse")
  }

  @Test("a window of a longer list draws the rows it has where they belong")
  func windows() {
    let list = Rows(
      items: [RowText("ten"), RowText("eleven")], selected: 11, offset: 9, first: 10, total: 1000)
    #expect(
      drawn(8, 4) { list.draw(on: &$0, in: $1, theme: $2) } == [
        "       ▐", "ten     ", "eleven  ", "        ",
      ])
  }

  @Test(
    "scrolling moves no more than it must",
    arguments: [
      (0, 10, 4, 0, 0), (4, 10, 4, 0, 1), (9, 10, 4, 0, 6), (2, 10, 4, 5, 2), (3, 10, 4, 1, 1),
      (0, 3, 9, 5, 0), (8, 10, 4, 9, 6), (5, 10, 0, 3, 0), (0, 0, 4, 3, 0),
    ])
  func scrolls(selected: Int, total: Int, height: Int, from: Int, expected: Int) {
    #expect(Rows.offset(showing: selected, of: total, height: height, from: from) == expected)
  }

  @Test("a paragraph breaks at spaces, cuts what is longer than a line, and says when more follows")
  func paragraphs() {
    #expect(
      Paragraph.lines(of: "No music yet: press a", width: 9) == ["No music", "yet:", "press a"])
    #expect(Paragraph.lines(of: "abcdefgh i", width: 3) == ["abc", "def", "gh", "i"])
    #expect(Paragraph.lines(of: "漢字漢字", width: 5) == ["漢字", "漢字"])
    #expect(Paragraph.lines(of: "a\n\nb", width: 5) == ["a", "", "b"])
    #expect(Paragraph.lines(of: "漢", width: 1) == ["漢"])
    #expect(Paragraph.lines(of: "a", width: 0).isEmpty)
    let text = Paragraph("one two three")
    #expect(drawn(5, 2) { text.draw(on: &$0, in: $1, theme: $2) } == ["one  ", "two… "])
  }

  @Test("key hints that find no room are left out from the end")
  func hints() {
    let hints = [(key: "?", words: "help"), (key: "q", words: "quit")]
    func drawnHints(_ columns: Int, right: Bool = false) -> [String] {
      drawn(columns, 1) {
        KeyHints(hints, alignsRight: right).draw(on: &$0, in: $1, theme: $2)
      }
    }
    #expect(drawnHints(16) == ["? help  q quit  "])
    #expect(drawnHints(16, right: true) == ["  ? help  q quit"])
    #expect(drawnHints(13) == ["? help       "])
    #expect(drawnHints(3) == ["   "])
  }

  @Test("a text field shows its cursor, however long the text is")
  func fields() {
    var canvas = Canvas(size: Size(columns: 6, rows: 1))
    let field = TextField(text: "abcdefgh", cursor: 8, prompt: ":")
    field.draw(on: &canvas, in: canvas.bounds, theme: .plain)
    #expect(canvas.text == "\":efgh \"")
    #expect(canvas.cursor?.column == 5)
    TextField("漢字", 1).draw(on: &canvas, in: canvas.bounds, theme: .plain)
    #expect(canvas.cursor?.column == 2)
    TextField("", 99).draw(on: &canvas, in: canvas.bounds, theme: .plain)
    #expect(canvas.cursor?.column == 0)
  }

  @Test("no widget leaves the rectangle it was given, whatever it shows and however small that is")
  func staysInside() {
    for seed in 0..<400 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let rect = generator.rect(near: Size(columns: 20, rows: 6))
      for draw in widgets(&generator) {
        var canvas = Canvas(size: Size(columns: 20, rows: 6))
        draw(&canvas, rect)
        let inside = canvas.bounds.intersection(rect)
        for y in 0..<6 {
          for x in 0..<20 where !inside.contains(x, y) {
            #expect(canvas[x, y] == Cell(), "seed \(seed) at \(x),\(y)")
          }
        }
      }
    }
  }

  private func widgets(
    _ generator: inout SeededGenerator
  ) -> [(inout Canvas, Rect) -> Void] {
    let theme = Theme(
      name: "random", styles: [.selection: generator.style()],
      glyphs: Bool.random(using: &generator) ? .ascii : .unicode)
    let text = generator.text(upTo: 30)
    let other = generator.text(upTo: 12)
    let number = Double.random(in: -2...2, using: &generator)
    let index = Int.random(in: -3...9, using: &generator)
    let parts = [RowPart(text, width: index > 0 ? index : nil), RowPart(other)]
    let items = (0..<9).map { _ in RowText(left: parts, right: [RowPart(other)]) }
    return [
      { Box(title: text, note: other).draw(on: &$0, in: $1, theme: theme) },
      { Meter(label: other, value: number, valueText: text).draw(on: &$0, in: $1, theme: theme) },
      {
        Slider(value: number, label: text, valueText: other).draw(on: &$0, in: $1, theme: theme)
      },
      { ProgressBar(fraction: number).draw(on: &$0, in: $1, theme: theme) },
      { Rows(items: items, selected: index, offset: index).draw(on: &$0, in: $1, theme: theme) },
      { Paragraph(text + " " + other).draw(on: &$0, in: $1, theme: theme) },
      { KeyHints([(other, text), (text, other)]).draw(on: &$0, in: $1, theme: theme) },
      {
        TextField(text: text, cursor: index, prompt: other).draw(on: &$0, in: $1, theme: theme)
      },
    ]
  }

  @Test("what ASCII cannot show has a stand-in of one column, or none")
  func standsIn() {
    for line in Glyphs.unicode.corners + ["─", "│", "┼", "●", "━", "▐", "…", "█", "▌", "♪", "·"] {
      #expect(Glyphs.asciiStandIn(for: line)?.isASCII == true, "\(line)")
    }
    #expect(Glyphs.asciiStandIn(for: "a") == "a")
    #expect(Glyphs.asciiStandIn(for: "漢") == nil)
  }
}

extension Rect {
  fileprivate func contains(_ column: Int, _ row: Int) -> Bool {
    column >= x && column < maxX && row >= y && row < maxY
  }
}
