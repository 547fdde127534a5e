import Screen
import TestSupport
import Testing

@testable import TerminalNcurses

@Suite("Palette")
struct PaletteTests {
  @Test(
    "colours become the nearest the terminal has",
    arguments: [
      (256, Color.rgb(0xFF0000), 196), (256, .rgb(0x000000), 16), (256, .rgb(0x808080), 244),
      (256, .rgb(0xFFFFFF), 231), (256, .indexed(3), 3), (256, .indexed(200), 200),
      (16, .rgb(0xFF0000), 9), (16, .indexed(196), 9), (8, .indexed(12), 4),
      (8, .rgb(0x00FF00), 2), (256, .default, -1), (0x100_0000, .rgb(0x123456), 0x123456),
      (0x100_0000, .indexed(1), 1), (0x100_0000, .rgb(3), 8), (88, .rgb(0xFFFFFFFF), 15),
    ])
  func reduces(colours: Int, colour: Color, number: Int) {
    #expect(Palette(colours: colours).number(of: colour) == number)
  }

  @Test("each fixed colour is nearest to itself, and any colour is nearest to a fixed one")
  func findsNearest() {
    for index in UInt8(16)...255 {
      let found = RGB(index: UInt8(RGB(index: index).nearestFixed))
      #expect(found == RGB(index: index))
    }
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let rgb = RGB(value: UInt32.random(in: 0...0xFF_FFFF, using: &generator))
      let best = (UInt8(16)...255).map { RGB(index: $0).distance(to: rgb) }.min()
      #expect(RGB(index: UInt8(rgb.nearestFixed)).distance(to: rgb) == best)
    }
  }

  @Test("without colours what stood out by its background is reversed, a picture is not")
  func keepsSelection() {
    let palette = Palette(colours: 0)
    let selection = palette.look(of: Style(background: .indexed(4), attributes: .bold))
    #expect(selection.attributes == [.bold, .reverse])
    #expect(selection.foreground == -1 && selection.background == -1)
    #expect(palette.look(of: Style(background: .rgb(0x123456))).attributes == [])
  }

  @Test("a bright colour on eight is a bold one")
  func brightens() {
    let look = Palette(colours: 8).look(of: Style(foreground: .indexed(9)))
    #expect(look.foreground == 1 && look.attributes == .bold)
  }
}
