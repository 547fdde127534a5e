import Foundation
import Music
import Perception
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

/// When songs came, and what became of them.
@Suite struct AddedTests {
  private static let day = 86_400.0

  /// Noon of a day of this machine's time zone.
  private static func noon(_ year: Int, _ month: Int, _ day: Int) -> Double {
    let number = CalendarDay.number(.init(year: year, month: month, day: day))
    return QueryEvaluation.start(ofDay: number) + Self.day / 2
  }

  /// One song of each of three days, and one from before days were written down.
  private func bench() async throws -> Bench {
    let bench = try Bench()
    let songs = [
      ("old", Self.noon(2025, 12, 31)), ("first", Self.noon(2026, 11, 1)),
      ("second", Self.noon(2026, 11, 2)),
    ]
    for (name, time) in songs {
      _ = try await bench.catalog.write(
        ScanBatch(
          folder: Array("/music".utf8), entries: [entry("/music/\(name)", Tags(title: name))],
          time: time))
    }
    try await bench.scan([entry("/music/unknown", Tags(title: "unknown"))])
    return bench
  }

  private func titles(_ text: String, _ bench: Bench, at time: Double? = nil) async throws
    -> Set<String>
  {
    let query = CatalogQuery(try Query.parse(text), time: time, forgivesSlips: false)
    return Set(try await bench.catalog.page(query, 0..<100).rows.map(\.displayTitle))
  }

  @Test("Dates find what came on their days; what came before days were kept is the oldest")
  func dates() async throws {
    let bench = try await bench()
    #expect(try await titles("added:2026-11", bench) == ["first", "second"])
    #expect(try await titles("added:2026-11-02", bench) == ["second"])
    #expect(try await titles("added:<2026", bench) == ["old", "unknown"])
    #expect(try await titles("added:>=2026-11-02", bench) == ["second"])
    #expect(try await titles("added:2025-12-31..2026-11-01", bench) == ["old", "first"])
    #expect(try await titles("-added:2026", bench) == ["old", "unknown"])
  }

  @Test("Ages count from the time that the query names")
  func ages() async throws {
    let bench = try await bench()
    let now = Self.noon(2026, 11, 3)
    #expect(try await titles("added:<36h", bench, at: now) == ["second"])
    #expect(try await titles("added:3d", bench, at: now) == ["first", "second"])
    #expect(try await titles("added:>36h", bench, at: now) == ["first", "old", "unknown"])
    #expect(try await titles("added:1d..3d", bench, at: now + 1) == ["first", "second"])
    // A clock that was set back: what comes from the future is new.
    #expect(try await titles("added:<1h", bench, at: Self.noon(2026, 1, 1)) == ["first", "second"])
    #expect(try await titles("added:<30d", bench) == [])
  }

  @Test("A song that is written again, moves, or comes back keeps the day on which it came")
  func kept() async throws {
    let bench = try await bench()
    let later = Self.noon(2026, 11, 20)
    var moved = entry("/music/elsewhere", Tags(title: "second"))
    moved.formerPath = Array("/music/second".utf8)
    _ = try await bench.catalog.write(
      ScanBatch(
        folder: Array("/music".utf8),
        entries: [entry("/music/first", Tags(title: "first again")), moved],
        missing: [Array("/music/old".utf8)], time: later))
    _ = try await bench.catalog.write(
      ScanBatch(
        folder: Array("/music".utf8), entries: [entry("/music/old", Tags(title: "old"))],
        time: later))
    #expect(try await titles("added:2026-11", bench) == ["first again", "second"])
    #expect(try await titles("added:2025", bench) == ["old"])
  }

  @Test("A total counts what matches, and how long that is")
  func total() async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/a", Tags(title: "rain", duration: 100.5)),
      entry("/music/b", Tags(title: "rain again", duration: 20)),
      entry("/music/c", Tags(title: "snow", duration: 7)), entry("/music/d", Tags(title: "rain")),
    ])
    let rain = CatalogQuery(try Query.parse("rain"))
    #expect(try await bench.catalog.total(rain) == CatalogTotal(count: 3, seconds: 120))
    let slip = CatalogQuery(try Query.parse("rajn"))
    #expect(try await bench.catalog.total(slip) == CatalogTotal(count: 0, seconds: 0))
    let all = try await bench.catalog.total(CatalogQuery())
    #expect(all == CatalogTotal(count: 4, seconds: 127))
  }

  @Test("The history of a song is the listener's own: plays, the last of them, the last rating")
  func history() async throws {
    let bench = try await bench()
    let id = try #require(try await bench.ids().first)
    let mia = try await bench.store.change(.add(name: "mia", template: nil))
    for time in [10.0, 30, 20] {
      _ = try await bench.store.record(
        Feedback(listener: .default, track: id, time: time, kind: .completed, fraction: 1))
    }
    _ = try await bench.store.record(rating(4, of: id, at: 11))
    _ = try await bench.store.record(rating(9, of: id, at: 12))
    _ = try await bench.store.record(rating(1, of: id, by: mia.id, at: 13))
    let details = TrackDetails(source: "t.csv", valence: 0.5)
    try await bench.catalog.describe([id: details]) { _ in }
    let history = try #require(
      try await bench.catalog.history(id, ListenerID.default.rawValue))
    #expect(history.plays == 3 && history.lastPlayed == 30 && history.rating == 9)
    #expect(history.details == details && history.added != nil)
    let hers = try await bench.catalog.history(id, mia.id.rawValue)
    #expect(hers?.plays == 0 && hers?.lastPlayed == nil && hers?.rating == 1)
    #expect(try await bench.catalog.history(id, nil)?.rating == nil)
    #expect(try await bench.catalog.history(TrackID(99), 1) == nil)
  }
}
