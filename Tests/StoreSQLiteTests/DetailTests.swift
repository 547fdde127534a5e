import GRDB
import Music
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite("Imported details") struct DetailTests {
  private let bench: Bench
  private let tracks: [TrackID]

  init() async throws {
    bench = try Bench()
    try await bench.scan([
      entry("/music/a", Tags(title: "a", rating: 4)), entry("/music/b", Tags(title: "b")),
    ])
    tracks = try await bench.ids()
  }

  private var numbers: [TrackFacts] {
    get async throws { try await bench.catalog.facts().sorted { $0.id < $1.id } }
  }

  @Test("they come before the tags where the recommender's numbers are read")
  func facts() async throws {
    try await bench.catalog.describe([
      tracks[0]: TrackDetails(source: "x.csv", valence: -0.5, arousal: 1, rating: 9)
    ]) { _ in }
    let facts = try await numbers
    #expect(facts[0].mood == TrackMood(valence: -0.5, arousal: 1, certainty: 0.7))
    #expect(facts[0].taggedRating == 9)
    #expect(facts[1].mood == .unknown)
    #expect(facts[1].taggedRating == 0)
  }

  @Test("the guess from tags gets an imported mood, genre and tempo")
  func guess() async throws {
    let catalog = Catalog.live(
      bench.database,
      mood: { tags in
        #expect(tags.title == nil)
        return TrackMood(valence: tags.mood == "sad" ? -1 : 1, arousal: 0, certainty: 0.8)
      })
    try await catalog.describe([tracks[0]: TrackDetails(source: "x.csv", mood: "sad")]) { _ in }
    #expect(try await catalog.facts().map(\.mood.valence).sorted() == [-1, 1])
  }

  @Test("a scan leaves them as they are; a second import adds to the first")
  func rescan() async throws {
    try await bench.catalog.describe([
      tracks[0]: TrackDetails(source: "one.csv", valence: 0.5, arousal: 0.5)
    ]) { _ in }
    try await bench.catalog.describe([
      tracks[0]: TrackDetails(source: "two.csv", valence: -0.5, rating: 7)
    ]) { _ in }
    try await bench.scan([
      entry("/music/a", Tags(title: "a", mood: "happy"), stamp: FileStamp(size: 9, modified: 9))
    ])
    let facts = try await numbers
    #expect(facts[0].mood == TrackMood(valence: -0.5, arousal: 0.5, certainty: 0.7))
    #expect(facts[0].taggedRating == 7)
    let sources = try await bench.database.read {
      try String.fetchAll($0, sql: "SELECT source FROM detail")
    }
    #expect(sources == ["two.csv"])
  }

  @Test("one that cannot be kept leaves none behind")
  func wholeImport() async throws {
    let unknown = TrackID(999)
    await #expect(throws: StoreFault.unknownTrack(999)) {
      try await bench.catalog.describe([
        tracks[0]: TrackDetails(source: "x.csv", rating: 1),
        tracks[1]: TrackDetails(source: "x.csv", rating: 1),
        unknown: TrackDetails(source: "x.csv", rating: 1),
      ]) { _ in }
    }
    #expect(try await numbers.map(\.taggedRating) == [4, 0])
  }

  @Test("paths lead to whole tracks that are not missing")
  func locate() async throws {
    let cue = Location(path: Array("/music/c".utf8), start: 1, end: 2)
    try await bench.scan([
      ScanBatch.Entry(location: cue, stamp: FileStamp(size: 1, modified: 1), tags: Tags())
    ])
    _ = try await bench.catalog.write(
      ScanBatch(folder: Array("/music".utf8), missing: [Array("/music/b".utf8)]))
    let paths = ["/music/b", "/music/a", "/nowhere", "/music/c", "/music/a"]
    #expect(
      try await bench.catalog.locate(paths.map { Location(path: $0) })
        == [nil, tracks[0], nil, nil, tracks[0]])
  }

  @Test("a piece is the one that begins there, to a hundredth of a second")
  func locatePieces() async throws {
    let path = Array("/music/c".utf8)
    let pieces = [
      Location(path: path, end: 225.28), Location(path: path, start: 225.28, end: 400.0133333),
      Location(path: path, start: 400.0133333),
    ]
    try await bench.scan(
      pieces.map { ScanBatch.Entry(location: $0, stamp: stamp(1), tags: Tags(title: "x")) })
    let all = try await bench.catalog.locate(pieces)
    #expect(Set(all).count == 3 && !all.contains(nil))
    let asked = [
      Location(path: path, start: 400.013), Location(path: path, start: 225.28),
      Location(path: path, start: 226), Location(path: path),
      Location(path: Array("/music/a".utf8), start: 5),
    ]
    #expect(try await bench.catalog.locate(asked) == [all[2], all[1], nil, nil, nil])
  }

  @Test("songs are found by title and artist, the album's or their own, case and accents apart")
  func named() async throws {
    try await bench.scan([
      entry("/music/1", Tags(title: "Été", artist: "Zoé", album: "x", albumArtist: "Various")),
      entry("/music/2", Tags(title: "Rain", artist: "Ada")),
      entry("/music/3", Tags(title: "Rain", artist: "Ada")),
      entry("/music/4", Tags(title: "Gone", artist: "Ada")),
      entry("/music/5", Tags(artist: "Ada")),
      entry("/music/6", Tags(title: String(repeating: "long ", count: 40), artist: "Ada")),
    ])
    _ = try await bench.catalog.write(
      ScanBatch(folder: Array("/music".utf8), missing: [Array("/music/4".utf8)]))
    let names = [
      ("ete", "ZOE"), ("été", "various"), ("RAIN", "ada"), ("gone", "ada"), ("rain", "zoe"),
      ("5", "ada"), (String(repeating: "long ", count: 39) + "lone", "ada"), ("\"'", "ada"),
    ]
    let found = try await bench.catalog.named(names.map { SongName(title: $0.0, artist: $0.1) })
    #expect(found.map(\.count) == [1, 1, 2, 0, 0, 0, 0, 0])
    #expect(found[0] == found[1])
    #expect(try await bench.catalog.named([]) == [])
  }

  @Test("searches find an imported mood and genre as the recommender reads them, and no old one")
  func search() async throws {
    try await bench.scan([
      entry("/music/a", Tags(title: "a", genre: "rock", mood: "happy"), stamp: stamp(5)),
      entry("/music/b", Tags(title: "b"), stamp: stamp(5)),
    ])
    try await bench.catalog.describe([
      tracks[0]: TrackDetails(source: "x.csv", mood: "calm", genre: "jazz"),
      tracks[1]: TrackDetails(source: "x.csv", mood: "wistful", genre: "jazz"),
    ]) { _ in }
    #expect(try await bench.titles("mood:calm") == ["a"])
    #expect(try await bench.titles("mood:happy") == [])
    #expect(try await bench.titles("wistful") == ["b"])
    #expect(try await bench.titles("wistfol", forgivesSlips: true) == ["b"])
    #expect(try await bench.titles("genre:jazz") == ["b"])
    try await bench.catalog.describe([tracks[0]: TrackDetails(source: "y.csv", mood: "wild")]) {
      _ in
    }
    #expect(try await bench.titles("mood:calm") == [])
    #expect(try await bench.titles("mood:wild") == ["a"])
  }

  @Test("what was imported is found after a scan of changed files too")
  func searchAfterScan() async throws {
    try await bench.catalog.describe([tracks[0]: TrackDetails(source: "x.csv", mood: "calm")]) {
      _ in
    }
    try await bench.scan([
      entry("/music/a", Tags(title: "a2", mood: "happy"), stamp: stamp(6))
    ])
    #expect(try await bench.titles("mood:calm") == ["a2"])
    #expect(try await bench.titles("mood:happy") == [])
    try await bench.scan([entry("/music/a", Tags(title: "a3"), stamp: stamp(7))])
    #expect(try await bench.titles("mood:calm") == ["a3"])
  }

  @Test("a rating is the listener's own, else the imported one, else the file's")
  func searchByRating() async throws {
    #expect(try await bench.titles("rating:4") == ["a"])
    try await bench.catalog.describe([
      tracks[0]: TrackDetails(source: "x.csv", rating: 1),
      tracks[1]: TrackDetails(source: "x.csv", rating: 1),
    ]) { _ in }
    #expect(try await bench.titles("rating:1") == ["a", "b"])
    #expect(try await bench.titles("rating:4") == [])
    #expect(try await bench.titles("rating:0") == [])
    _ = try await bench.store.record(rating(9, of: tracks[1]))
    #expect(try await bench.titles("rating:1") == ["a"])
    #expect(try await bench.titles("rating:9") == ["b"])
  }

  @Test("what was imported before searches knew of it is found once the file is opened")
  func fromAnOlderVersion() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/emus.db"
    let before = try #require(Schema.steps.firstIndex { $0.name == "11 found details" })
    let old = try DatabaseQueue(path: path)
    try await old.writeWithoutTransaction { db in
      try Schema.claim(db, path: path)
      try Schema.take(before, db)
    }
    try await old.write { db in
      _ = try CatalogWriting.write(
        ScanBatch(
          folder: Array("/music".utf8),
          entries: [entry("/music/a", Tags(title: "ａｂｃ", mood: "happy"))], isLast: true), db)
      try db.execute(
        sql: "INSERT INTO detail (track, source, mood, rating) VALUES (1, 'x.csv', 'calm', 3)")
      try db.execute(sql: "INSERT INTO smart_playlist VALUES ('ｏｌｄ', 'Ｏｌｄ', 'rain')")
    }
    try old.close()
    let catalog = Catalog.live(try EmusDatabase.open(at: path), mood: { _ in .unknown })
    for text in ["mood:calm", "rating:3", "abc"] {
      let query = CatalogQuery(try Query.parse(text), listener: 1, forgivesSlips: false)
      #expect(try await catalog.page(query, 0..<9).total == 1, "\(text)")
    }
    let happy = CatalogQuery(.words(.mood, "happy"), forgivesSlips: false)
    #expect(try await catalog.page(happy, 0..<9).total == 0)
    try await catalog.smartPlaylists.remove("old")
    #expect(try await catalog.smartPlaylists.all() == [])
  }

  private func stamp(_ time: Int64) -> FileStamp { FileStamp(size: time, modified: time) }
}
