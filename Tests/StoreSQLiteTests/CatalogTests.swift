import Foundation
import GRDB
import Music
import Testing

@testable import StoreSQLite

@Suite struct CatalogReadingTests {
  @Test("Rows come by artist, album, disc, track; unknown artists last")
  func order() async throws {
    let bench = try Bench()
    func tags(_ title: String, _ artist: String?, _ album: String?, _ disc: Int?, _ track: Int?)
      -> Tags
    { Tags(title: title, artist: artist, album: album, track: track, disc: disc) }
    try await bench.scan([
      entry("/music/1", tags("7", nil, "Aa", nil, 1)),
      entry("/music/2", tags("6", "zebra", nil, nil, nil)),
      entry("/music/3", tags("4", "Élan", "B", 2, 1)),
      entry("/music/4", tags("3", "elan", "b", 1, 10)),
      entry("/music/5", tags("2", "ELAN", "B", 1, 9)),
      entry("/music/6", tags("1", "Elan", "Ä", nil, 3)),
      entry("/music/7", tags("5", "Elan", nil, nil, 1)),
    ])
    #expect(try await bench.titles() == ["1", "2", "3", "4", "5", "6", "7"])
  }

  @Test("An album of many artists stays together under its album artist")
  func compilation() async throws {
    let bench = try Bench()
    let album = { (artist: String, track: Int) in
      Tags(artist: artist, album: "Hits", albumArtist: "Various", track: track)
    }
    try await bench.scan([
      entry("/music/1", album("Zoe", 1)), entry("/music/2", album("Abe", 2)),
      entry("/music/3", Tags(artist: "Bob", album: "Own")),
    ])
    #expect(try await bench.titles() == ["3", "1", "2"])
    #expect(try await bench.titles("abe") == ["2"])
    #expect(try await bench.titles("various") == ["1", "2"])
  }

  @Test("Each window of a list is a piece of the whole, and the total is always all")
  func windows() async throws {
    let bench = try Bench()
    try await bench.scan(
      (0..<60).map { (number: Int) in entry("/music/\(number)", Tags(track: number)) })
    let whole = try await bench.ids()
    for window in [0..<10, 5..<25, 50..<60, 55..<90, 60..<70, 0..<0, 1000..<1001] {
      let page = try await bench.catalog.page(CatalogQuery(), window)
      #expect(page.total == 60)
      #expect(page.rows.map(\.id) == Array(whole[window.clamped(to: 0..<60)]))
    }
  }

  @Test("Tracks come in the order asked for, unknown ids left out, the same twice")
  func tracks() async throws {
    let bench = try Bench()
    try await bench.scan([entry("/music/a"), entry("/music/b")])
    let ids = try await bench.ids()
    let asked = [ids[1], TrackID(999), ids[0], ids[1], TrackID(-1)]
    #expect(try await bench.catalog.tracks(asked).map(\.id) == [ids[1], ids[0], ids[1]])
    #expect(try await bench.catalog.tracks([]) == [])
  }

  @Test("Facts number artists and albums alike and hand mood, genre and bpm to the estimate")
  func facts() async throws {
    let bench = try Bench()
    let catalog = Catalog.live(bench.database) { tags in
      tags == Tags(genre: "Jazz", mood: "calm", bpm: 90)
        ? TrackMood(valence: 0.5, arousal: -0.5, certainty: 1) : .unknown
    }
    try await bench.scan([
      entry(
        "/music/1",
        Tags(
          title: "T", artist: "A", album: "X", genre: "Jazz", duration: 61.5, mood: "calm", bpm: 90,
          rating: 8)),
      entry("/music/2", Tags(artist: "a", album: "x")),
      entry("/music/3", Tags(artist: "B", album: "X", rating: 4000)),
      entry("/music/4"),
    ])
    let facts = try await catalog.facts().sorted { $0.id < $1.id }
    #expect(facts[0].mood == TrackMood(valence: 0.5, arousal: -0.5, certainty: 1))
    #expect(facts[0].duration == 61.5)
    #expect(facts.map(\.taggedRating) == [8, 0, 0, 0])
    #expect(facts[0].artist == facts[1].artist && facts[0].album == facts[1].album)
    #expect(facts[2].artist != facts[0].artist && facts[2].album != facts[0].album)
    #expect(facts[3].artist == -1 && facts[3].album == -1 && facts[3].mood == .unknown)
  }

  @Test("Lists, searches and look-ups walk an index, never the table")
  func plans() async throws {
    let bench = try Bench()
    let plans = try await bench.database.read { db in
      try [
        CatalogReading.listSQL + " LIMIT ? OFFSET ?", CatalogReading.listSQL,
        CatalogReading.countSQL, CatalogReading.stampsSQL, CatalogWriting.knownSQL,
        CatalogReading.trackSQL, QueryEvaluation.matchSQL, ListColumns.indexSQL,
        ListColumns.keptSQL, QueryEvaluation.ownRatingSQL,
        QueryEvaluation.playsSQL, Vocabulary.newWordsSQL, CatalogSearch.revisionSQL,
        SmartPlaylistRows.allSQL, ListColumns.importedSQL, SearchRows.entrySQL,
        QueryEvaluation.addedSQL, QueryEvaluation.unknownAddedSQL, CatalogReading.wholeSQL,
        CatalogReading.pieceSQL, CatalogReading.titledSQL,
      ].map { sql in
        let holes = sql.count { $0 == "?" }
        return try Row.fetchAll(
          db, sql: "EXPLAIN QUERY PLAN " + sql,
          arguments: StatementArguments(Array(repeating: 1, count: holes))
        ).map { $0["detail"] as String }.joined(separator: "; ")
      }
    }
    let shown = "SEARCH track USING COVERING INDEX track_shown (is_demo=? AND is_missing=?)"
    #expect(plans[0] == shown)
    #expect(plans[1] == shown)
    #expect(
      plans[2] == "SEARCH track USING COVERING INDEX track_count (is_demo=? AND is_missing=?)")
    #expect(plans[3] == "SEARCH track USING INDEX track_location (path>? AND path<?)")
    #expect(plans[4].hasPrefix("SEARCH track USING"))
    #expect(plans[4].contains("INDEX track_location (path=?"))
    #expect(plans[5] == "SEARCH track USING INTEGER PRIMARY KEY (rowid=?)")
    #expect(plans[6].hasPrefix("SCAN search VIRTUAL TABLE INDEX") && plans[6].hasSuffix("M6"))
    #expect(plans[7] == shown)
    #expect(plans[8] == "SEARCH list_order USING INTEGER PRIMARY KEY (rowid=?)")
    let log = "SEARCH feedback USING COVERING INDEX feedback_kind (listener=? AND kind=?)"
    #expect(plans[9] == log)
    #expect(plans[10] == log)
    #expect(plans[11] == "SEARCH word USING INTEGER PRIMARY KEY (rowid>?)")
    // One row, and as many as there are smart playlists.
    #expect(plans[12] == "SCAN revision")
    #expect(plans[13] == "SCAN smart_playlist")
    #expect(plans[14].hasSuffix("detail USING COVERING INDEX detail_rating (rating>?)"))
    #expect(
      plans[15]
        == "SEARCH track USING INTEGER PRIMARY KEY (rowid=?); "
        + "SEARCH detail USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN")
    #expect(
      plans[18].hasPrefix("SEARCH track USING") && plans[18].contains("track_location (path=?"))
    #expect(
      plans[19].hasPrefix("SEARCH track USING") && plans[19].contains("track_location (path=?"))
    #expect(plans[20].contains(shown))
    for plan in plans { #expect(!plan.contains("SCAN track") && !plan.contains("TEMP B-TREE")) }
  }
}
