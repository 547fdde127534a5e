import Foundation
import GRDB
import Music
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct CatalogWritingTests {
  @Test("A track that is read again keeps its number and its ratings")
  func rescan() async throws {
    let bench = try Bench()
    let added = try await bench.scan([entry("/music/a", Tags(title: "Old"))])
    #expect(added == ScanTally(added: 1))
    let id = try #require(try await bench.ids().first)
    _ = try await bench.store.record(rating(9, of: id))

    let updated = try await bench.scan([entry("/music/a", Tags(title: "New", artist: "Now"))])
    #expect(updated == ScanTally(updated: 1))
    #expect(try await bench.ids() == [id])
    #expect(try await bench.titles("now") == ["New"])
    #expect(try await bench.titles("old") == [])
    #expect(try await bench.store.log(.default, 0).map(\.feedback.track) == [id])
  }

  @Test("A missing file leaves the lists, not the catalogue, and comes back as it was")
  func missing() async throws {
    let bench = try Bench()
    let folder = Array("/music".utf8)
    try await bench.scan([entry("/music/a"), entry("/music/b")])
    let ids = try await bench.ids()
    let gone = ScanBatch(folder: folder, missing: [Array("/music/a".utf8), Array("/music/x".utf8)])
    #expect(try await bench.catalog.write(gone) == ScanTally(missing: 1))
    #expect(try await bench.catalog.write(gone) == ScanTally())
    #expect(try await bench.titles() == ["b"])
    #expect(try await bench.catalog.facts().map(\.id) == [ids[1]])
    #expect(try await bench.catalog.tracks(ids).count == 2)
    #expect(try await bench.catalog.stamps(folder).count == 1)

    #expect(try await bench.scan([entry("/music/a")]) == ScanTally(returned: 1))
    #expect(try await bench.ids() == ids)
  }

  @Test("Stamps are those of the files below the folder, and of no other")
  func stamps() async throws {
    let bench = try Bench()
    let stamp = FileStamp(size: .max, modified: -5)
    try await bench.scan(
      ["/music/a", "/music/sub/b", "/music2/c", "/musi", "/music.d", "/other/d"].map {
        entry($0, stamp: stamp)
      })
    let found = try await bench.catalog.stamps(Array("/music".utf8))
    #expect(found == [Array("/music/a".utf8): stamp, Array("/music/sub/b".utf8): stamp])
    #expect(try await bench.catalog.stamps(Array("/music/".utf8)) == found)
    #expect(try await bench.catalog.stamps(Array("/".utf8)).count == 6)
  }

  @Test("Paths that are no UTF-8 are kept byte for byte")
  func bytes() async throws {
    let bench = try Bench()
    let folder: [UInt8] = Array("/m\u{FC}".utf8) + [0xFF]
    let path = folder + [0x2F, 0xC3, 0x28, 0xFE, 0x0A]
    let entry = ScanBatch.Entry(
      location: Location(path: path), stamp: FileStamp(size: 3, modified: 4), tags: Tags())
    for _ in 0..<2 { _ = try await bench.catalog.write(.init(folder: folder, entries: [entry])) }
    let rows = try await bench.catalog.page(CatalogQuery(), 0..<9).rows
    #expect(rows.map(\.location) == [entry.location])
    #expect(try await bench.catalog.folders() == [folder])
    #expect(try await bench.catalog.stamps(folder) == [path: entry.stamp])
  }

  @Test("Parts of one file are tracks of their own")
  func cueSheet() async throws {
    let bench = try Bench()
    let path = Array("/music/album.flac".utf8)
    let parts = [
      Location(path: path), Location(path: path, start: 0, end: 61.25),
      Location(path: path, start: 61.25), Location(path: path, end: 61.25),
    ]
    let entries = parts.map {
      ScanBatch.Entry(location: $0, stamp: FileStamp(size: 1, modified: 1), tags: Tags())
    }
    #expect(try await bench.scan(entries) == ScanTally(added: 1))
    #expect(try await bench.scan(entries) == ScanTally(updated: 1))
    let rows = try await bench.catalog.page(CatalogQuery(), 0..<9).rows
    #expect(Set(rows.map(\.location)) == Set(parts))
  }

  @Test("Tags of ten thousand characters are kept, found and sorted")
  func longTags() async throws {
    let bench = try Bench()
    let long = String(repeating: "é", count: 9_995) + " end"
    let tags = Tags(title: long, artist: long, album: long, genre: long)
    try await bench.scan([entry("/music/a", tags)])
    let page = try await bench.catalog.page(CatalogQuery(.words(in: "END")), 0..<1)
    #expect(page.rows.map(\.tags) == [tags])
  }

  @Test("A batch with a fault in it leaves nothing behind")
  func wholeBatch() async throws {
    let bench = try Bench()
    try await bench.database.write {
      try $0.execute(
        sql: """
          CREATE TRIGGER fault BEFORE INSERT ON track WHEN NEW.title = 'bad' BEGIN
            SELECT raise(ABORT, 'no');
          END
          """)
    }
    await #expect(throws: DatabaseFault.failed(path: bench.database.path, reason: "no")) {
      try await bench.scan([entry("/music/a"), entry("/music/b", Tags(title: "bad"))])
    }
    #expect(try await bench.titles() == [])
    #expect(try await bench.catalog.folders() == [])
  }

  @Test("Whatever is written is read back, for a thousand random tracks")
  func roundTrip() async throws {
    var random = SeededGenerator(seed: 2026)
    let bench = try Bench()
    var expected: [Location: Tags] = [:]
    for _ in 0..<10 {
      let batch = (0..<100).map { _ in randomEntry(&random) }
      for entry in batch { expected[entry.location] = entry.tags }
      try await bench.scan(batch)
    }
    let page = try await bench.catalog.page(CatalogQuery(), 0..<2000)
    #expect(page.total == expected.count)
    for row in page.rows {
      let tags = try #require(expected[row.location])
      #expect(row.tags == tags)
      #expect(row.tags.title.map { Array($0.utf8) } == tags.title.map { Array($0.utf8) })
    }
    #expect(Set(page.rows.map(\.location)) == Set(expected.keys))
  }

  private func randomEntry(_ random: inout SeededGenerator) -> ScanBatch.Entry {
    func text() -> String? { Bool.random(using: &random) ? randomText(&random, 0...30) : nil }
    func number() -> Int? {
      Bool.random(using: &random) ? Int.random(in: .min ... .max, using: &random) : nil
    }
    func real() -> Double? {
      Bool.random(using: &random) ? Double.random(in: -1e9...1e9, using: &random) : nil
    }
    let length = Int.random(in: 1...20, using: &random)
    let path = (0..<length).map { _ in UInt8.random(in: 1...255, using: &random) }
    var tags = Tags(
      title: text(), artist: text(), album: text(), albumArtist: text(), genre: text(),
      year: number(), track: number(), disc: number(), duration: real(), mood: text(),
      bpm: real(), rating: number())
    tags.details = randomDetails(&random)
    return ScanBatch.Entry(
      location: Location(path: path, start: real().map(abs), end: real().map(abs)),
      stamp: FileStamp(size: number().map(Int64.init) ?? 0, modified: 0), tags: tags)
  }

  private func randomDetails(_ random: inout SeededGenerator) -> TagDetails {
    func list() -> [String] {
      Bool.random(using: &random)
        ? (0..<Int.random(in: 0...5, using: &random)).map { "value \($0) é" } : []
    }
    func real() -> Double? {
      Bool.random(using: &random) ? Double.random(in: -60...60, using: &random) : nil
    }
    func text() -> String? { Bool.random(using: &random) ? "1973-03" : nil }
    var details = TagDetails()
    details.artists = list()
    details.genres = list()
    details.artistIDs = list()
    details.originalDate = text()
    details.recordingID = text()
    details.releaseID = text()
    details.gain = ReplayGain(track: real(), trackPeak: real(), album: real(), albumPeak: real())
    details.isCompilation = Bool.random(using: &random)
    details.hasCover = Bool.random(using: &random)
    details.hasLyrics = Bool.random(using: &random)
    return details
  }
}

@Suite struct DemoRuleTests {
  private let bench: Bench

  init() throws { bench = try Bench() }

  private func installDemo(_ folder: String, _ names: String...) async throws -> ScanTally {
    try await bench.catalog.write(
      ScanBatch(
        folder: Array(folder.utf8), entries: names.map { entry("\(folder)/\($0)") }, isDemo: true,
        isLast: true))
  }

  @Test("Demo pieces are shown and recommended while there is no other music")
  func alone() async throws {
    _ = try await installDemo("/opt/emus", "a.opus", "b.opus")
    let page = try await bench.catalog.page(CatalogQuery(), 0..<9)
    #expect(page.total == 2 && page.rows.allSatisfy(\.isDemo))
    #expect(try await bench.catalog.facts().count == 2)
    #expect(try await bench.catalog.folders() == [])
  }

  @Test("They leave with the first own track, and are in no count; ratings stay")
  func ownMusic() async throws {
    _ = try await installDemo("/opt/emus", "a.opus")
    let demo = try await bench.ids()
    _ = try await bench.store.record(rating(7, of: demo[0]))
    try await bench.scan([entry("/music/mine")], isLast: false)
    let page = try await bench.catalog.page(CatalogQuery(), 0..<9)
    #expect(page.total == 1 && page.rows.map(\.displayTitle) == ["mine"])
    #expect(try await bench.catalog.facts().map(\.id) == page.rows.map(\.id))
    #expect(try await bench.catalog.tracks(demo).map(\.isDemo) == [true])
    #expect(try await bench.store.log(.default, 0).count == 1)
  }

  @Test("After an own folder was walked and held nothing, lists are empty, yet demo pieces play")
  func emptyFolder() async throws {
    _ = try await installDemo("/opt/emus", "a.opus")
    try await bench.scan([], isLast: false)
    #expect(try await bench.titles() == ["a.opus"])
    try await bench.scan([], isLast: true)
    #expect(try await bench.titles() == [])
    #expect(try await bench.catalog.facts().count == 1)
    #expect(try await bench.catalog.folders() == [Array("/music".utf8)])
  }

  @Test("A demo piece keeps its number when the installation moves; what is left behind leaves")
  func moved() async throws {
    _ = try await installDemo("/opt/emus", "a.opus", "b.opus", "old.opus")
    let before = try await bench.catalog.page(CatalogQuery(), 0..<9).rows
    let tally = try await installDemo("/usr/share/emus", "b.opus", "a.opus", "c.opus")
    #expect(tally == ScanTally(added: 1, updated: 2, missing: 1))
    let after = try await bench.catalog.page(CatalogQuery(), 0..<9).rows
    #expect(after.map(\.displayTitle) == ["a.opus", "b.opus", "c.opus"])
    #expect(after.prefix(2).map(\.id) == before.prefix(2).map(\.id))
    #expect(after[0].location == Location(path: "/usr/share/emus/a.opus"))
  }

  @Test("Pieces of one name in two folders of the installation stay two")
  func sameName() async throws {
    let first = try await installDemo("/opt/emus", "x/a.opus", "y/a.opus")
    #expect(first == ScanTally(added: 2))
    #expect(try await installDemo("/opt/emus", "x/a.opus", "y/a.opus") == ScanTally(updated: 2))
    #expect(try await bench.titles().count == 2)
  }

  @Test("A demo piece that the listener scans becomes theirs and stays so")
  func adopted() async throws {
    _ = try await installDemo("/music", "a.opus")
    let id = try await bench.ids()
    try await bench.scan([entry("/music/a.opus")])
    _ = try await installDemo("/music", "a.opus")
    let rows = try await bench.catalog.page(CatalogQuery(), 0..<9).rows
    #expect(rows.map(\.id) == id && rows.map(\.isDemo) == [false])
    #expect(try await bench.catalog.folders() == [Array("/music".utf8)])
  }
}
