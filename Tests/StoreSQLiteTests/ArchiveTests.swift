import GRDB
import Music
import Perception
import Taste
import Testing

@testable import StoreSQLite

@Suite struct ArchiveTests {
  /// A home with all that can be made in it.
  private func lived() async throws -> Bench {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/z", Tags(title: "Z", artist: "Zoe", year: 1999, duration: 61.25, bpm: 99.5)),
      entry("/music/unheard"), entry("/music/a", Tags(title: "A", rating: 3)),
      ScanBatch.Entry(
        location: Location(path: [0x2F, 0xFF], start: 1.5, end: nil),
        stamp: FileStamp(size: 1, modified: 1), tags: Tags()),
    ])
    let ids = try await bench.catalog.locate(["/music/z", "/music/a"].map { Location(path: $0) })
    let (z, a) = (ids[0] ?? TrackID(0), ids[1] ?? TrackID(0))
    let gone = try await bench.store.change(.add(name: "gone", template: nil))
    _ = try await bench.store.record(rating(1, of: z, by: gone.id))
    _ = try await bench.store.change(.remove(gone.id))
    let template = FaceTemplate(recogniser: "lbph-1", bytes: [1, 2, 3])
    let mia = try await bench.store.change(.add(name: "mia", template: template))
    let mood = Mood(valence: 0.1, arousal: -1.0 / 3, certainty: 0.7, source: .face)
    _ = try await bench.store.record(
      Feedback(
        listener: mia.id, track: z, time: 1_767_600_000.123456, kind: .skip, fraction: 1.0 / 7,
        mood: mood, policy: .lift, chooser: .recommender(score: 7.1), previous: a))
    _ = try await bench.store.record(rating(9, of: a))
    try await bench.catalog.describe([a: TrackDetails(source: "x.csv", valence: 0.2, mood: "sad")])
    { _ in }
    try await bench.catalog.smartPlaylists.save(
      SmartPlaylist(name: "Old", filter: try Query.parse("year:..1999")))
    try await bench.store.memory.set([
      "volume": "55", Archive.trackKey: "\(z.rawValue)",
      StoreMemory.key("policy", of: mia.id): "calm",
    ])
    return bench
  }

  @Test("an archive restored elsewhere is the same archive")
  func roundTrip() async throws {
    let archive = try await lived().database.archive()
    #expect(archive.tracks.map(\.location.displayPath) == ["/music/a", "/music/z"])
    #expect(archive.listeners.map(\.name) == ["default", "mia"])
    #expect(archive.feedback.map(\.number) == [2, 3])
    #expect(archive.smartPlaylists == ["Old": "year:..1999"])
    #expect(archive.memory[Archive.trackKey] == "2")
    let other = try Bench()
    try await other.database.restore(archive)
    #expect(try await other.database.archive() == archive)
    #expect(try await other.store.gallery("lbph-1").isEmpty)
    // The next event does not take a number that the old home gave already.
    let next = try await other.store.record(rating(5, of: TrackID(1)))
    #expect(next == 4)
  }

  @Test("tracks that were scanned already are joined, and those not yet when they are")
  func joins() async throws {
    let archive = try await lived().database.archive()
    let scanned = try Bench()
    try await scanned.scan([
      entry("/music/other"), entry("/music/z", Tags(title: "Newer")),
    ])
    try await scanned.database.restore(archive)
    #expect(try await scanned.titles() == ["Newer", "other"])
    try await scanned.scan([entry("/music/a", Tags(title: "A"))])
    #expect(try await scanned.titles() == ["A", "Newer", "other"])
    let log = try await scanned.store.log(.default, 0)
    let tracks = try await scanned.catalog.tracks(log.map(\.feedback.track))
    #expect(tracks.map(\.displayTitle) == ["A"])
    let resumed = try await scanned.store.memory.all()[Archive.trackKey].flatMap { Int64($0) }
    let song = try await scanned.catalog.tracks([TrackID(resumed ?? 0)])
    #expect(song.map(\.displayTitle) == ["Newer"])
  }

  @Test("a restored track is found by what its file says when it is scanned")
  func searched() async throws {
    let archive = try await lived().database.archive()
    let bench = try Bench()
    try await bench.database.restore(archive)
    try await bench.scan([entry("/music/z", Tags(title: "Quay", artist: "Mole"))])
    func found(_ text: String) async throws -> [String] {
      let query = CatalogQuery(try Query.parse(text), forgivesSlips: false)
      return try await bench.catalog.page(query, 0..<9).rows.map(\.displayTitle)
    }
    #expect(try await found("quay") == ["Quay"])
    #expect(try await found("zoe").isEmpty)
    try await bench.database.write {
      try $0.execute(sql: "INSERT INTO search (search) VALUES ('integrity-check')")
    }
  }

  @Test("a song at another path is known by its sound, unless it has a double")
  func sounds() async throws {
    func file(_ path: String, _ fingerprint: Int64, at start: Double? = nil) -> ScanBatch.Entry {
      ScanBatch.Entry(
        location: Location(path: Array(path.utf8), start: start, end: nil),
        stamp: FileStamp(size: 1, modified: 2), tags: Tags(title: path), fingerprint: fingerprint)
    }
    let old = try Bench()
    try await old.scan([
      file("/old/one", 11), file("/old/two", -22), file("/old/piece", 33, at: 5),
    ])
    for track in 1...3 { _ = try await old.store.record(rating(8, of: TrackID(Int64(track)))) }
    let archive = try await old.database.archive()
    #expect(archive.fingerprints.values.sorted() == [-22, 11, 33])
    let new = try Bench()
    try await new.scan([
      file("/new/one", 11), file("/new/two", -22), file("/new/copy", -22),
      file("/new/piece", 33, at: 5), file("/new/piece", 33),
    ])
    try await new.database.restore(archive)
    let places = try await new.database.archive().tracks.map(\.location)
    #expect(
      places.map(\.displayPath).sorted() == ["/new/one", "/new/piece", "/old/two"])
    #expect(places.filter { $0.displayPath == "/new/piece" }.map(\.start) == [5])
  }

  @Test("a home in which something was made is left as it is")
  func notEmpty() async throws {
    let bench = try await lived()
    let before = try await bench.database.archive()
    await #expect(throws: StoreFault.notEmpty) { try await bench.database.restore(before) }
    #expect(try await bench.database.archive() == before)
  }

  @Test("an archive with a fault in it leaves nothing behind")
  func wholeArchive() async throws {
    let archive = try await lived().database.archive()
    var stray = archive
    stray.tracks.removeAll { $0.id == TrackID(1) }
    var guest = archive
    guest.listeners.append(Listener(id: ListenerID(9), name: "Guest"))
    var unknown = archive
    unknown.listeners.removeLast()
    for broken in [stray, guest, unknown] {
      let bench = try Bench()
      let before = try await bench.database.archive()
      await #expect(throws: StoreFault.self) { try await bench.database.restore(broken) }
      #expect(try await bench.database.archive() == before)
      let tracks = try await bench.database.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM track")
      }
      #expect(tracks == 0)
    }
  }
}
