import TestSupport
import Testing

@testable import Screen

@Suite("CanvasDiff")
struct CanvasDiffTests {
  @Test("the changes, written on the old canvas, give the new one")
  func appliesToTarget() {
    for seed in 0..<1000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let size = Size(
        columns: Int.random(in: 0...30, using: &generator),
        rows: Int.random(in: 0...5, using: &generator))
      let old = generator.canvas(size: size)
      var new = Bool.random(using: &generator) ? old : generator.canvas(size: size)
      generator.scribble(on: &new, times: 2)
      var shown = old
      shown.apply(CanvasDiff.changes(from: old, to: new))
      #expect(shown.cells == new.cells, "seed \(seed)")
    }
  }

  @Test("equal canvases have no changes, a first one or another size is written wholly")
  func knowsWhole() {
    var generator = SeededGenerator(seed: 7)
    let canvas = generator.canvas(size: Size(columns: 10, rows: 3))
    #expect(CanvasDiff.changes(from: canvas, to: canvas).isEmpty)
    let other = Canvas(size: Size(columns: 9, rows: 3))
    for old in [nil, other] {
      let runs = CanvasDiff.changes(from: old, to: canvas)
      #expect(runs.reduce(0) { $0 + $1.columns } == 30)
    }
  }

  @Test("a change is a run of one style with no more than it needs")
  func writesLittle() {
    var old = Canvas(size: Size(columns: 10, rows: 2))
    old.put("hello 漢字", x: 0, y: 1, style: .plain)
    var new = old
    new.put("p!", x: 3, y: 1, style: .plain)
    new.put("漢", x: 8, y: 1, style: .plain)
    let runs = CanvasDiff.changes(from: old, to: new)
    #expect(runs.map(\.x) == [3, 8])
    #expect(runs.map { $0.glyphs.map { String($0.character) }.joined() } == ["p!", "漢"])
    #expect(runs.map(\.columns) == [2, 2])
  }

  @Test("a half without its other half is written as a space")
  func repairsOrphans() {
    var new = Canvas(size: Size(columns: 2, rows: 1))
    new[0, 0] = Cell("x", isContinuation: true)
    let runs = CanvasDiff.changes(from: nil, to: new)
    #expect(runs.flatMap(\.glyphs).map(\.character) == [" ", " "])
  }
}
