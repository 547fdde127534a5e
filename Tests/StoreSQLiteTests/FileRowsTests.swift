import Foundation
import GRDB
import Music
import Taste
import Testing

@testable import StoreSQLite

@Suite struct FileRowsTests {
  private let bench: Bench
  private let music = Array("/music".utf8)

  init() throws { bench = try Bench() }

  private func bytes(_ path: String) -> [UInt8] { Array(path.utf8) }

  private func moved(_ from: String, _ path: String, _ tags: Tags = Tags()) -> ScanBatch.Entry {
    var entry = entry(path, tags)
    entry.formerPath = bytes(from)
    return entry
  }

  @Test("A file that moved keeps its number and its ratings, and is sorted by its new name")
  func move() async throws {
    try await bench.scan([entry("/music/b"), entry("/music/z")])
    let ids = try await bench.ids()
    _ = try await bench.store.record(rating(9, of: ids[1]))
    let tally = try await bench.scan([moved("/music/z", "/music/a")])
    #expect(tally == ScanTally(moved: 1))
    #expect(try await bench.ids() == [ids[1], ids[0]])
    #expect(try await bench.titles() == ["a", "b"])
    #expect(try await bench.store.log(.default, 0).map(\.feedback.track) == [ids[1]])
    #expect(try await bench.catalog.stamps(music).keys.count == 2)
  }

  private func found(_ text: String) async throws -> [TrackID] {
    let query = CatalogQuery(try Query.parse(text), forgivesSlips: false)
    return try await bench.catalog.page(query, 0..<9).rows.map(\.id)
  }

  @Test("A search knows a moved file by its new name alone, and nothing of a forgotten one")
  func searched() async throws {
    try await bench.scan([entry("/music/harbour"), entry("/music/lantern")])
    let ids = try await bench.ids()
    try await bench.scan([moved("/music/harbour", "/music/meadow")])
    #expect(try await found("harbour").isEmpty)
    #expect(try await found("meadow") == [ids[0]])
    _ = try await bench.catalog.write(
      ScanBatch(folder: music, missing: [bytes("/music/lantern")]))
    _ = try await bench.catalog.files.prune(music)
    let rows = try await bench.database.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM search WHERE search MATCH '\"lan\"'")
    }
    #expect(rows == 0)
  }

  @Test("A missing file is found again under another path")
  func moveMissing() async throws {
    try await bench.scan([entry("/music/a")])
    let ids = try await bench.ids()
    _ = try await bench.catalog.write(ScanBatch(folder: music, missing: [bytes("/music/a")]))
    #expect(try await bench.scan([moved("/music/a", "/music/b")]) == ScanTally(moved: 1))
    #expect(try await bench.ids() == ids)
  }

  @Test("The parts of a file move together; one that is no more is hidden")
  func moveParts() async throws {
    let parts = [
      Location(path: bytes("/music/a"), end: 10), Location(path: bytes("/music/a"), start: 10),
    ]
    let stamp = FileStamp(size: 1, modified: 1)
    try await bench.scan(
      parts.map {
        ScanBatch.Entry(location: $0, stamp: stamp, tags: Tags(title: "\($0.start ?? 0)"))
      })
    let ids = try await bench.ids()
    let arrived = ScanBatch.Entry(
      location: Location(path: bytes("/music/b"), start: 10), stamp: stamp,
      tags: Tags(title: "new"),
      formerPath: bytes("/music/a"))
    #expect(try await bench.scan([arrived]) == ScanTally(moved: 1))
    #expect(try await bench.titles() == ["new"])
    #expect(try await bench.ids() == [ids[1]])
    #expect(
      try await bench.catalog.tracks(ids).allSatisfy { $0.location.path == bytes("/music/b") })
  }

  @Test("A file that was at the new place before comes back as itself, and nothing moves there")
  func occupied() async throws {
    try await bench.scan([entry("/music/a"), entry("/music/b")])
    let ids = try await bench.ids()
    _ = try await bench.catalog.write(
      ScanBatch(folder: music, missing: [bytes("/music/a"), bytes("/music/b")]))
    #expect(try await bench.scan([moved("/music/a", "/music/b")]) == ScanTally(returned: 1))
    #expect(try await bench.ids() == [ids[1]])
  }

  @Test("Of a replaced file only what the entries name is left, and what it was comes back")
  func replaced() async throws {
    try await bench.scan([entry("/music/a"), entry("/music/b")])
    let ids = try await bench.ids()
    let parts = [
      ScanBatch.Entry(
        location: Location(path: bytes("/music/a"), end: 5), stamp: FileStamp(size: 1, modified: 9),
        tags: Tags(title: "first"))
    ]
    var batch = ScanBatch(folder: music, entries: parts)
    batch.replaced = [bytes("/music/a")]
    #expect(try await bench.catalog.write(batch) == ScanTally(updated: 1))
    #expect(try await bench.titles() == ["b", "first"])
    batch.entries = [entry("/music/a")]
    #expect(try await bench.catalog.write(batch) == ScanTally(updated: 1))
    #expect(try await bench.ids() == ids)
  }

  @Test("Files without a fingerprint are named page by page; once marked, they are known by it")
  func marks() async throws {
    let files = bench.catalog.files
    try await bench.scan((0..<5).map { entry("/music/\($0)") })
    #expect(try await files.marked() == [])
    let first = try await files.unmarked(0, 3)
    let second = try await files.unmarked(try #require(first.last).number, 3)
    #expect(first.count == 3 && second.count == 2)
    let all = first + second
    #expect(all.map(\.path) == (0..<5).map { bytes("/music/\($0)") })
    var marks = all.map {
      FileMark(number: $0.number, stamp: $0.stamp, fingerprint: $0.number * 100)
    }
    marks[1].fingerprint = 0
    marks[2].stamp.size = 77
    try await files.mark(marks)
    #expect(try await files.unmarked(0, 9).map(\.path) == [bytes("/music/2")])
    let known = try await files.marked()
    #expect(known.map(\.path) == [0, 3, 4].map { bytes("/music/\($0)") })
    #expect(
      known.first
        == MarkedFile(
          path: bytes("/music/0"), number: 1, stamp: FileStamp(size: 1, modified: 2),
          fingerprint: 100, isMissing: false, isUsed: false))
  }

  @Test("A file is in use where something hangs on any of its tracks")
  func used() async throws {
    let parts = [
      Location(path: bytes("/music/a"), end: 10), Location(path: bytes("/music/a"), start: 10),
    ]
    let stamp = FileStamp(size: 1, modified: 1)
    try await bench.scan(
      parts.map { ScanBatch.Entry(location: $0, stamp: stamp, tags: Tags(title: "a")) }
        + [entry("/music/b"), entry("/music/c")])
    let ids = try await bench.ids()
    _ = try await bench.catalog.write(
      ScanBatch(folder: music, missing: ["a", "b", "c"].map { bytes("/music/\($0)") }))
    try await bench.database.write { db in
      try db.execute(
        sql: "INSERT INTO detail (track, source, bpm) VALUES (?, 'x', 100)",
        arguments: [ids[2].rawValue])
      try db.execute(
        sql: """
          INSERT INTO feedback (listener, track, time, kind, value, valence, arousal, certainty,
            mood_source, policy, chooser)
          VALUES (1, ?, 0, 'rating', 9, 0, 0, 0, 'none', 'match', 'listener')
          """, arguments: [ids[1].rawValue])
    }
    #expect(try await bench.catalog.files.marked().map(\.isUsed) == [true, true, false])
  }

  @Test("A file that is read again needs another fingerprint; one that brings it keeps it")
  func markAgain() async throws {
    var marked = entry("/music/a")
    marked.fingerprint = .min
    try await bench.scan([marked])
    #expect(try await bench.catalog.files.marked().map(\.fingerprint) == [.min])
    try await bench.scan([entry("/music/a")])
    #expect(try await bench.catalog.files.marked() == [])
    #expect(try await bench.catalog.files.unmarked(0, 9).count == 1)
  }

  @Test("Pruning forgets missing tracks of that folder, and no track on which anything hangs")
  func prune() async throws {
    try await bench.scan(["a", "b", "c", "d", "e"].map { entry("/music/\($0)") })
    _ = try await bench.catalog.write(
      ScanBatch(folder: bytes("/music2"), entries: [entry("/music2/f")]))
    let ids = try await bench.ids()
    _ = try await bench.store.record(rating(9, of: ids[0]))
    _ = try await bench.store.record(
      Feedback(
        listener: .default, track: ids[4], time: 1, kind: .skip, fraction: 0.5, previous: ids[1]))
    let gone = ["/music/a", "/music/b", "/music/c", "/music/d", "/music2/f"].map(bytes)
    _ = try await bench.catalog.write(ScanBatch(folder: music, missing: gone))
    let before = try await bench.store.log(.default, 0)

    let tally = try await bench.catalog.files.prune(music)
    #expect(tally.forgotten == [bytes("/music/c"), bytes("/music/d")])
    #expect(tally.kept == 2 && tally.keptWithRating == 1)
    #expect(try await bench.catalog.tracks(ids).map(\.id) == [ids[0], ids[1], ids[4], ids[5]])
    #expect(try await bench.store.log(.default, 0) == before)
    #expect(
      try await bench.catalog.files.prune(music) == PruneTally(kept: 2, keptWithRating: 1))
    // What comes back is what it was.
    try await bench.scan([entry("/music/a")])
    #expect(try await bench.ids() == [ids[0], ids[4]])
  }

  private func piece(_ number: Int, _ title: String, _ start: Double?, _ end: Double?)
    -> ScanBatch.Entry
  {
    ScanBatch.Entry(
      location: Location(path: bytes("/music/a"), start: start, end: end),
      stamp: FileStamp(size: 1, modified: 1), tags: Tags(title: title, track: number))
  }

  private func write(_ entries: [ScanBatch.Entry]) async throws -> ScanTally {
    var batch = ScanBatch(folder: music, entries: entries)
    batch.replaced = [bytes("/music/a")]
    return try await bench.catalog.write(batch)
  }

  @Test("Pieces are known again by number and title, whatever their times are now")
  func pieces() async throws {
    _ = try await write([
      piece(1, "One", nil, 5), piece(2, "Two", 5, 9), piece(3, "Three", 9, nil),
    ])
    let ids = try await bench.ids()
    _ = try await bench.store.record(rating(9, of: ids[1]))
    let later = [piece(1, "One", nil, 6), piece(2, "Two", 6, 9.5), piece(3, "Three", 9.5, nil)]
    #expect(try await write(later) == ScanTally(updated: 1))
    #expect(try await bench.ids() == ids)
    // Two that change places, and a retitled one, which keeps its time.
    let swapped = [piece(1, "One", 6, 9.5), piece(2, "Two", nil, 6), piece(3, "Drei", 9.5, nil)]
    #expect(try await write(swapped) == ScanTally(updated: 1))
    #expect(try await bench.ids() == ids)
    #expect(try await bench.titles() == ["One", "Two", "Drei"])
    // One takes the place of another that is no more.
    #expect(try await write([piece(2, "Two", 9.5, nil)]) == ScanTally(updated: 1))
    #expect(try await bench.ids() == [ids[1]])
    #expect(try await bench.store.log(.default, 0).map(\.feedback.track) == [ids[1]])
  }
}
