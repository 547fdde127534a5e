import Foundation
import GRDB
import Music
import Perception
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct SearchTests {
  @Test(
    "A word is found in title, artist, album, genre, mood or year, case and accents ignored",
    arguments: [
      ("cafe", ["Café Noir"]), ("NOIR café", ["Café Noir"]), ("bjo", ["Hyper"]),
      ("yper", ["Hyper"]),
      ("noir björk", []), ("trip", ["Hyper"]), ("ho", ["Hyper"]), ("100%", ["100% Pure"]),
      ("_", []), ("'", []), ("untitled", ["untitled.flac"]), ("wist", ["100% Pure"]),
      ("1994", ["Café Noir"]), ("don't", ["I Don’t"]), ("夜", ["雨の夜想曲"]), ("夜想", ["雨の夜想曲"]),
      ("の夜想", ["雨の夜想曲"]), ("雨曲", []), ("한국", ["한국어 노래"]), ("국어", ["한국어 노래"]),
      ("노", ["한국어 노래"]), ("n", ["Café Noir"]), ("\"café noir\"", ["Café Noir"]),
      ("\"noir café\"", []), ("\"afé no\"", ["Café Noir"]),
    ] as [(String, [String])])
  func words(text: String, titles: [String]) async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/1", Tags(title: "Café Noir", artist: "Low Tide", year: 1994)),
      entry("/music/2", Tags(title: "Hyper", artist: "Björk", album: "Post", genre: "Trip-Hop")),
      entry("/music/3", Tags(title: "100% Pure", artist: "Rain", mood: "Wistful")),
      entry("/music/4", Tags(title: "I Don’t", artist: "Zed")),
      entry("/music/5", Tags(title: "雨の夜想曲", artist: "久石 譲")),
      entry("/music/6", Tags(title: "한국어 노래", artist: "Rain")),
      entry("/music/untitled.flac"),
    ])
    #expect(try await bench.titles(text) == titles)
  }

  @Test(
    "A field holds its own words only",
    arguments: [
      ("artist:rain", ["a"]), ("title:rain", ["Rain"]), ("album:rain", ["b"]), ("genre:rain", []),
      ("artist:various", ["a"]), ("mood:calm", ["b"]), ("-rain", ["c"]),
      ("rain -title:rain", ["a", "b"]), ("artist:rain or mood:calm", ["a", "b"]),
      ("(artist:rain or title:rain) -various", ["Rain"]), ("not (a or b or rain)", ["c"]),
      ("genre:a", []),
    ] as [(String, [String])])
  func fields(text: String, titles: [String]) async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/1", Tags(title: "a", artist: "Rain", albumArtist: "Various")),
      entry("/music/2", Tags(title: "Rain", artist: "x")),
      entry("/music/3", Tags(title: "b", artist: "y", album: "Rain", mood: "calm")),
      entry("/music/4", Tags(title: "c", artist: "z")),
    ])
    #expect(try await bench.titles(text).sorted() == titles.sorted())
  }

  @Test("Beginnings of title and artist come first, then of words, then what is inside")
  func ranking() async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/1", Tags(title: "Train", artist: "A")),
      entry("/music/2", Tags(title: "Purple Rain", artist: "B")),
      entry("/music/3", Tags(title: "Rain", artist: "D")),
      entry("/music/4", Tags(title: "x", artist: "C", album: "Rainbow")),
      entry("/music/5", Tags(title: "y", artist: "Rainer")),
      entry("/music/6", Tags(title: "Rain Dogs", artist: "C")),
    ])
    #expect(
      try await bench.titles("rain") == ["Rain Dogs", "Rain", "y", "Purple Rain", "x", "Train"])
    #expect(try await bench.titles("rain dogs") == ["Rain Dogs"])
    #expect(try await bench.titles("rain c") == ["x", "Rain Dogs"])
    #expect(try await bench.titles("rain -dogs -train") == ["Rain", "y", "Purple Rain", "x"])
    #expect(try await bench.titles("artist:c") == ["x", "Rain Dogs"])
  }

  @Test("Rows that are read come in the same order as those that the index ranks")
  func rankingTwoWays() async throws {
    let bench = try Bench()
    var random = SeededGenerator(seed: 5)
    let words = ["rain", "train", "rainer", "d’or", "Ä", "夜雨", "dogs", "in", "purple-rain"]
    func name() -> String {
      (0..<Int.random(in: 1...3, using: &random))
        .compactMap { _ in words.randomElement(using: &random) }.joined(separator: " ")
    }
    try await bench.scan(
      (0..<300).map { (number: Int) in
        entry(
          "/music/\(number)",
          Tags(title: name(), artist: name(), album: name(), albumArtist: name(), year: 1990))
      })
    for _ in 0..<80 {
      let text = name() + (Bool.random(using: &random) ? "" : " 199")
      let query = try Query.parse(text)
      try await bench.database.read { db in
        let search = try CatalogSearch(
          CatalogQuery(query), showsDemo: false, cache: SearchCache(), db)
        var found = try QueryEvaluation(
          db: db, order: try ListOrder(.init(revision: 1, showsDemo: false), db), listener: nil,
          time: nil
        ).find(query)
        var effort = CatalogSearch.Effort(rows: 300)
        effort.reads = .max
        let read = try search.groups(of: query, found: &found, effort: effort)
        effort.reads = 0
        effort.likely = 10_000
        let looked = try search.groups(of: query, found: &found, effort: effort)
        #expect(looked.filter { !$0.isEmpty } == read.filter { !$0.isEmpty }, "\(text)")
        effort.likely = 0
        let ranked = try search.groups(of: query, found: &found, effort: effort)
        #expect(
          read.filter { !$0.isEmpty } == ranked.filter { !$0.isEmpty }, "\(text)")
        effort.tellsGood = false
        let hasty = try search.groups(of: query, found: &found, effort: effort)
        #expect(hasty.first == ranked.first, "\(text)")
        #expect(hasty.reduce(into: 0) { $0 += $1.count } == found.places.count, "\(text)")
      }
    }
  }

  @Test("Putting into order costs little however long the list is")
  func effort() {
    #expect(CatalogSearch.Effort(rows: 100_000).reads == 400)
    #expect(CatalogSearch.Effort(rows: 100_000).tellsGood)
    #expect(CatalogSearch.Effort(rows: 1_000_000).reads == 1_000)
    #expect(!CatalogSearch.Effort(rows: 1_000_000).tellsGood)
  }

  @Test("Windows of a ranked search are pieces of the whole")
  func windows() async throws {
    let bench = try Bench()
    let names = ["rain", "train", "purple rain", "rainbow", "no"]
    try await bench.scan(
      (0..<150).map { (number: Int) in
        entry("/music/\(number)", Tags(title: names[number % 5], artist: "\(number)"))
      })
    let query = CatalogQuery(.words(in: "rain"))
    let whole = try await bench.catalog.page(query, 0..<1000)
    #expect(whole.total == 120 && whole.rows.count == 120 && !whole.isCut && !whole.isNear)
    for window in [0..<10, 55..<65, 80..<200, 119..<121, 120..<130, 500..<501, 7..<7] {
      let page = try await bench.catalog.page(query, window)
      #expect(page.total == 120)
      #expect(page.rows == Array(whole.rows[window.clamped(to: 0..<120)]))
    }
  }

  @Test("Years, durations, ratings and plays are compared")
  func numbers() async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/a", Tags(title: "a", year: 1989, duration: 209.9, rating: 9)),
      entry("/music/b", Tags(title: "b", year: 1990, duration: 210, rating: 3)),
      entry("/music/c", Tags(title: "c", year: 1999, duration: 210.9)),
      entry("/music/d", Tags(title: "d", duration: 600, rating: 4000)),
    ])
    #expect(try await bench.titles("year:199") == ["b", "c"])
    #expect(try await bench.titles("year:<1990") == ["a"])
    #expect(try await bench.titles("-year:1990..") == ["a", "d"])
    #expect(try await bench.titles("duration:3:30") == ["b", "c"])
    #expect(try await bench.titles("duration:<3:30") == ["a"])
    #expect(try await bench.titles("duration:>5m") == ["d"])
    let ids = try await bench.ids()
    // The listener's own rating outranks the tag's, the last one the earlier.
    for value in [2, 8] { _ = try await bench.store.record(rating(value, of: ids[1])) }
    let mia = try await bench.store.change(.add(name: "mia", template: nil)).id
    _ = try await bench.store.record(rating(10, of: ids[2], by: mia))
    #expect(try await bench.titles("rating:>=8") == ["a", "b"])
    #expect(try await bench.titles("rating:<5") == [])
    #expect(try await bench.titles("rating:0") == ["c", "d"])
    let hers = CatalogQuery(try Query.parse("rating:>=8"), listener: mia.rawValue)
    #expect(try await bench.catalog.page(hers, 0..<9).rows.map(\.displayTitle) == ["a", "c"])
    for track in [ids[0], ids[0], ids[3]] {
      let heard = Feedback(listener: .default, track: track, time: 1, kind: .completed, fraction: 1)
      _ = try await bench.store.record(heard)
    }
    #expect(try await bench.titles("plays:2") == ["a"])
    #expect(try await bench.titles("plays:>0") == ["a", "d"])
    #expect(try await bench.titles("plays:<2 -rating:0") == ["b"])
  }

  @Test("What changes is found by its new words only, what is missing not at all")
  func changes() async throws {
    let bench = try Bench()
    try await bench.scan([entry("/music/1", Tags(title: "Before")), entry("/music/2")])
    #expect(try await bench.titles("before") == ["Before"])
    try await bench.scan([entry("/music/1", Tags(title: "After", artist: "Zoë"))])
    #expect(try await bench.titles("before") == [])
    #expect(try await bench.titles("after zoe") == ["After"])
    let folder = Array("/music".utf8)
    _ = try await bench.catalog.write(ScanBatch(folder: folder, missing: [Array("/music/1".utf8)]))
    #expect(try await bench.titles("after") == [])
    #expect(try await bench.titles("-2") == [])
    try await bench.scan([entry("/music/1", Tags(title: "After"))])
    #expect(try await bench.titles("after") == ["After"])
    #expect(try await bench.titles("zoe") == [])
    try await bench.database.write {
      try $0.execute(sql: "INSERT INTO search (search) VALUES ('integrity-check')")
    }
  }

  @Test("Demo pieces are found until the listener has music of their own")
  func demo() async throws {
    let bench = try Bench()
    _ = try await bench.catalog.write(
      ScanBatch(
        folder: Array("/opt".utf8), entries: [entry("/opt/rain.opus")], isDemo: true, isLast: true))
    #expect(try await bench.titles("rain") == ["rain.opus"])
    try await bench.scan([entry("/music/rain")])
    #expect(try await bench.titles("rain") == ["rain"])
    #expect(try await bench.titles("-x") == ["rain"])
  }

  @Test(
    "Where nothing is found a slip is forgiven, two in a long word, and it is said",
    arguments: [
      ("bjrok", ["Hyper"]), ("bjok", ["Hyper"]), ("bjorkk", ["Hyper"]), ("hypr", ["Hyper"]),
      ("portishaed dmmmy", ["Roads"]), ("portisehda", ["Roads"]), ("artist:bjokr", ["Hyper"]),
      ("title:bjokr", []), ("rod", []), ("bkrjo", []), ("bjrok year:1994", []), ("hyp", ["Hyper"]),
    ] as [(String, [String])])
  func slips(text: String, titles: [String]) async throws {
    let bench = try Bench()
    try await bench.scan([
      entry("/music/1", Tags(title: "Hyper", artist: "Björk", album: "Post")),
      entry("/music/2", Tags(title: "Roads", artist: "Portishead", album: "Dummy", year: 1994)),
    ])
    let page = try await bench.page(text, forgivesSlips: true)
    #expect(page.rows.map(\.displayTitle) == titles)
    #expect(page.isNear == (!titles.isEmpty && text != "hyp"))
    if text != "hyp" { #expect(try await bench.titles(text) == []) }
  }

  @Test("A search stops at its limit and says that there is more")
  func cut() async throws {
    let bench = try Bench()
    try await bench.scan((0..<20).map { (number: Int) in entry("/music/rain \(number)") })
    let found = try await bench.database.read { db in
      let evaluation = QueryEvaluation(
        db: db, order: try ListOrder(.init(revision: 1, showsDemo: false), db), listener: nil,
        time: nil)
      return try [5, 20, 21].map { limit in
        let found = try evaluation.matches("\"rain\"", limit: limit)
        return "\(found.places.count) \(found.isCut)"
      }
    }
    #expect(found == ["6 true", "20 false", "20 false"])
  }

  @Test("In a cut search the best beginnings come first, even those that were added last")
  func bestOfCut() async throws {
    let bench = try Bench()
    let many = (0...QueryEvaluation.limit).map { (number: Int) in
      entry("/music/\(number)", Tags(title: "a rain"))
    }
    try await bench.scan(many + [entry("/music/last", Tags(title: "Rain"))])
    let page = try await bench.catalog.page(CatalogQuery(.words(in: "rain")), 0..<2)
    #expect(page.isCut && page.total >= QueryEvaluation.limit)
    #expect(page.rows.map(\.displayTitle) == ["Rain", "a rain"])
    // Under "not" nothing is cut, for what was left away would be found.
    let rest = try await bench.page("-rain")
    #expect(rest.total == 0 && !rest.isCut)
  }

  @Test("Words beside a number stop where there are enough, and find what comes late")
  func cutBesideNumbers() async throws {
    let bench = try Bench()
    let limit = QueryEvaluation.limit
    try await bench.scan(
      (0..<limit + 20).map { (number: Int) in
        entry("/music/\(number)", Tags(title: "a rain", year: number < limit + 10 ? 1990 : 1999))
      })
    let many = try await bench.page("rain year:1990")
    #expect(many.isCut && many.total > limit)
    let late = try await bench.page("rain year:1999 -snow")
    #expect(late.total == 10 && !late.isCut)
    #expect(try await bench.page("-rain year:1999").total == 0)
  }

  @Test("A query of five hundred words is answered")
  func manyWords() async throws {
    let bench = try Bench()
    try await bench.scan([entry("/music/a", Tags(title: "a b", artist: "c"))])
    let text = (0..<500).map { $0 % 2 == 0 ? "a" : "b" }.joined(separator: " ")
    #expect(try await bench.titles(text) == ["a b"])
    let either = (0..<200).map { _ in "b" }.joined(separator: " or ")
    #expect(try await bench.titles(either) == ["a b"])
  }
}
