import Foundation
import GRDB
import Music
import Testing

@testable import StoreSQLite

@Suite struct ListOrderTests {
  private let bench: Bench
  private let folder = Array("/music".utf8)

  init() async throws {
    bench = try Bench()
    try await bench.scan([
      entry("/music/b", Tags(title: "b", artist: "Zoë", year: 1999, duration: 209.9, rating: 9)),
      entry("/music/a", Tags(title: "a", artist: "Abe", duration: 60)),
      entry("/music/c", Tags(title: "c", year: 70_000, rating: 4000)),
      entry("/music/d", Tags(title: "d", artist: "Abe", duration: 1e12)),
    ])
  }

  private func revision() async throws -> Int64? {
    try await bench.database.read { try Int64.fetchOne($0, sql: CatalogSearch.revisionSQL) }
  }

  private func kept() async throws -> ListColumns? {
    let stamp = ListOrder.Stamp(revision: try await revision() ?? -1, showsDemo: false)
    return try await bench.database.read { try ListColumns.kept(stamp, $0) }
  }

  private func read() async throws -> ListColumns {
    try await bench.database.read { try ListColumns(.init(revision: 0, showsDemo: false), $0) }
  }

  @Test("The end of a scan keeps what the index says, in the order of the list")
  func isKept() async throws {
    let kept = try #require(try await kept())
    #expect(kept == (try await read()))
    #expect(kept.ids.map { TrackID(Int64($0)) } == (try await bench.ids()))
    let none = ListColumns.none
    #expect(kept.years == [none, none, 1999, 70_000])
    #expect(kept.durations == [60, .max, 209, none])
    #expect(kept.ratings == [0, 0, 9, 0])
  }

  @Test("Amid a scan the index counts, and not what was kept before")
  func amidAScan() async throws {
    try await bench.scan([entry("/music/e", Tags(title: "a e", year: 1999))], isLast: false)
    #expect(try await kept() == nil)
    #expect(try await bench.titles("year:1999") == ["b", "a e"])
    try await bench.scan([])
    #expect(try await kept() == (try await read()))
  }

  @Test("What goes missing, changes or comes back is kept at its new place")
  func follows() async throws {
    let gone = ScanBatch(folder: folder, missing: [Array("/music/a".utf8)], isLast: true)
    _ = try await bench.catalog.write(gone)
    #expect(try await kept()?.ids.count == 3)
    #expect(try await bench.titles("duration:60s") == [])
    try await bench.scan([entry("/music/a", Tags(title: "a", artist: "Zz", duration: 61))])
    #expect(try await kept() == (try await read()))
    #expect(try await bench.titles("duration:<2m") == ["a"])
  }

  @Test("A scan that finds nothing new leaves revision and order alone")
  func unchanged() async throws {
    let before = try await revision()
    _ = try await bench.catalog.write(ScanBatch(folder: folder, isLast: true))
    #expect(try await revision() == before)
    #expect(try await kept() != nil)
  }

  @Test(
    "A damaged order is read anew from the index",
    arguments: ["ids = x'01'", "ids = x'ffffffffffffffffffffffffffffffff'", "ratings = x''"])
  func damaged(change: String) async throws {
    try await bench.database.write { try $0.execute(sql: "UPDATE list_order SET \(change)") }
    #expect(try await kept() == nil)
    #expect(try await bench.titles("year:1999") == ["b"])
  }
}
