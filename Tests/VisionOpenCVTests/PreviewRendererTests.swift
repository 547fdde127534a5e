import Perception
import Testing

@testable import VisionOpenCV

@Suite struct PreviewRendererTests {
  private func preview(
    _ glyphs: PreviewFormat.Glyphs, colour: Bool, columns: Int = 24, rows: Int = 11,
    face: Box? = Box(x: 90, y: 50, width: 140, height: 140)
  ) throws -> Preview {
    try PreviewRenderer.draw(
      try FrameSource.drawnFace(at: 0), face: face,
      as: PreviewFormat(columns: columns, rows: rows, glyphs: glyphs, colour: colour))
  }

  @Test("ascii is ascii, more than one glyph of it, in the terminal's own colours")
  func ascii() throws {
    let preview = try preview(.ascii, colour: false)
    #expect(preview.cells.count == 24 * 11)
    #expect(preview.cells.allSatisfy { (32..<127).contains($0.glyph) })
    #expect(Set(preview.cells.map(\.glyph)).count > 5)
    #expect(preview.cells.allSatisfy { $0.foreground == nil && $0.background == nil })
  }

  @Test("blocks are blocks")
  func blocks() throws {
    for colour in [false, true] {
      let cells = try preview(.blocks, colour: colour).cells
      #expect(cells.allSatisfy { $0.glyph == 32 || (0x2580...0x259F).contains($0.glyph) })
    }
  }

  @Test("in colour every cell has both colours, on dark and on light terminals alike")
  func colour() throws {
    for glyphs in [PreviewFormat.Glyphs.ascii, .blocks] {
      let cells = try preview(glyphs, colour: true).cells
      #expect(cells.allSatisfy { ($0.foreground ?? .max) <= 0xFFFFFF })
      #expect(cells.allSatisfy { ($0.background ?? .max) <= 0xFFFFFF })
      #expect(Set(cells.map(\.background)).count > 10)
    }
  }

  @Test("beyond the edge of the frame the terminal is left alone")
  func edge() throws {
    let cells = try preview(.blocks, colour: true, columns: 10, rows: 60).cells
    #expect(cells[0] == PreviewCell(glyph: 32))
    #expect(cells[599] == PreviewCell(glyph: 32))
  }

  @Test("a frame that ends within a cell leaves no black edge", arguments: 9..<16)
  func partialCells(rows: Int) throws {
    let white = try Frame(
      gray: [UInt8](repeating: 240, count: 320 * 240), width: 320, height: 240)
    let cells = try PreviewRenderer.draw(
      white, face: nil, as: PreviewFormat(columns: 24, rows: rows, glyphs: .ascii, colour: true)
    ).cells
    let drawn = cells.filter { $0 != PreviewCell(glyph: 32) }
    #expect(!drawn.isEmpty)
    #expect(drawn.allSatisfy { $0.background == 0xF0F0F0 || $0.foreground == 0xF0F0F0 })
    #expect(drawn.allSatisfy { $0.glyph == 32 || $0.background == 0xF0F0F0 }, "\(drawn)")
  }

  @Test("a picture like a strip is drawn in little room", arguments: [false, true])
  func strip(colour: Bool) throws {
    let (width, height) = (30, 60_000)
    let strip = try Frame(
      gray: [UInt8](repeating: 200, count: width * height), width: width, height: height)
    let cells = try PreviewRenderer.draw(
      strip, face: nil, as: PreviewFormat(columns: 30, rows: 12, glyphs: .blocks, colour: colour)
    ).cells
    #expect(cells.count == 30 * 12)
    // The strip is in the middle column at most, and the rest is left alone.
    #expect(cells.count { $0 != PreviewCell(glyph: 32) } <= 24)
  }

  @Test("light is dense and dark is empty")
  func tones() throws {
    let levels = (0..<64 * 64).map { UInt8($0 % 64 < 32 ? 0 : 255) }
    let cells = try PreviewRenderer.draw(
      try Frame(gray: levels, width: 64, height: 64), face: nil,
      as: PreviewFormat(columns: 8, rows: 4, glyphs: .ascii, colour: false)
    ).cells
    #expect(cells[0].glyph == UInt32(UInt8(ascii: " ")))
    #expect(cells[7].glyph == UInt32(UInt8(ascii: "@")))
  }

  @Test("any wish gives a grid", arguments: [(0, 0), (1, 1), (3, 40), (5000, 2), (-4, 9)])
  func sizes(_ columns: Int, _ rows: Int) throws {
    let preview = try preview(.ascii, colour: true, columns: columns, rows: rows)
    #expect(preview.columns == min(500, max(1, columns)))
    #expect(preview.rows == min(500, max(1, rows)))
    #expect(preview.cells.count == preview.columns * preview.rows)
  }

  @Test("without a face, or with one that leaves the frame, there is a picture")
  func noFace() throws {
    for face in [nil, Box(x: -100, y: -80, width: 300, height: 300)] {
      let glyphs = Set(try preview(.ascii, colour: false, face: face).cells.map(\.glyph))
      #expect(glyphs.count > 3)
    }
  }
}
