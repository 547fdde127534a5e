import Screen
import Testing

/// The snapshots' own difference is what one reads when a view has changed by mistake.
@Suite("Snapshot")
struct SnapshotSupportTests {
  @Test("a changed line is shown as it was and as it is, the others stay beside it")
  func showsChangedLines() {
    let shown = Snapshot.difference("a\nb\nc\n", "a\nx\nc\nd\n")
    #expect(shown == "  a\n- b\n+ x\n  c\n+ d\n  ")
  }

  @Test("a canvas without a snapshot is a problem, and nothing is recorded unasked")
  func missesSnapshot() throws {
    let canvas = Canvas(size: Size(columns: 3, rows: 1))
    let problem = Snapshot.problem(with: canvas, named: "no-such-snapshot", records: false)
    #expect(try #require(problem).contains("no snapshot"))
    #expect(Snapshot.read(Snapshot.folder + "no-such-snapshot.txt") == nil)
  }
}
