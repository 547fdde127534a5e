import Music
import Testing

@Suite struct QueryTests {
  private static func number(_ measure: Query.Measure, _ lower: Int?, _ upper: Int?) -> Query {
    Query.Bounds(lower, upper).map { .number(measure, $0) } ?? .everything
  }

  private static func words(_ text: String) -> Query { .words(nil, text) }

  @Test(
    "A query is read as it is meant",
    arguments: [
      ("", Query.everything), ("   ", .everything), ("love", words("love")),
      ("love me", .all([words("love"), words("me")])),
      ("\"love me\"", words("love me")), ("\"or\"", words("or")), ("\"a \"\"b\"", words("a \"b")),
      ("artist:björk", .words(.artist, "björk")), ("Album:Post", .words(.album, "Post")),
      ("title:\"low tide\" x", .all([.words(.title, "low tide"), words("x")])),
      ("genre:jazz mood:calm", .all([.words(.genre, "jazz"), .words(.mood, "calm")])),
      ("love -live", .all([words("love"), .not(words("live"))])),
      ("not love", .not(words("love"))), ("not not love", words("love")), ("--x", words("x")),
      ("a or b c", .any([words("a"), .all([words("b"), words("c")])])),
      ("(a or b) c", .all([.any([words("a"), words("b")]), words("c")])),
      ("a or (b or c)", .any([words("a"), words("b"), words("c")])),
      ("-(a b)", .not(.all([words("a"), words("b")]))),
      ("Artist - Title", .all([words("Artist"), words("Title")])),
      ("well-known", words("well-known")), ("re:stacks", words("re:stacks")),
      ("(live)", words("live")),
      ("re: stacks", .all([words("re:"), words("stacks")])),
      ("mission: impossible", .all([words("mission:"), words("impossible")])),
      ("foo:bar", words("foo:bar")), ("fear:factory", words("fear:factory")),
      ("\"genere:rock\"", words("genere:rock")), ("\"moon:light\"", words("moon:light")),
      ("genere: rock", .all([words("genere:"), words("rock")])),
      ("\"tempo:120\"", words("tempo:120")), ("path:", words("path:")),
      ("path: x", .all([words("path:"), words("x")])),
      ("genere:", words("genere:")), ("at 3:30", .all([words("at"), words("3:30")])),
      ("artist: björk live", .all([.words(.artist, "björk"), words("live")])),
      ("artist: \"low tide\"", .words(.artist, "low tide")),
      ("---rain", .not(words("rain"))), ("not -(not rain)", .not(words("rain"))),
      ("rock and jazz", .all([words("rock"), words("jazz")])),
      ("Rock AND not jazz", .all([words("Rock"), .not(words("jazz"))])),
      ("a and b or c", .any([.all([words("a"), words("b")]), words("c")])),
      ("artist: and x", words("x")), ("artist:and", .words(.artist, "and")),
      ("rock \"and\" roll", .all([words("rock"), words("and"), words("roll")])),
      ("sand", words("sand")), ("and-so", words("and-so")),
    ])
  func reads(text: String, query: Query) throws {
    #expect(try Query.parse(text) == query)
  }

  @Test(
    "A number is a value, a comparison or a range",
    arguments: [
      ("year:1994", number(.year, 1994, 1994)), ("year:1990..1999", number(.year, 1990, 1999)),
      ("year:1999..1990", number(.year, 1990, 1999)), ("year:..1979", number(.year, nil, 1979)),
      ("year:2000..", number(.year, 2000, nil)), ("year:>=2000", number(.year, 2000, nil)),
      ("year:<1980", number(.year, nil, 1979)), ("year:>1980", number(.year, 1981, nil)),
      ("year:<=1980", number(.year, nil, 1980)), ("year:=1980", number(.year, 1980, 1980)),
      ("rating:>=8", number(.rating, 8, nil)), ("rating:10", number(.rating, 10, 10)),
      ("plays:0", number(.plays, 0, 0)), ("plays:>3", number(.plays, 4, nil)),
      ("duration:3:30", number(.duration, 210, 210)), ("duration:<5m", number(.duration, nil, 299)),
      ("duration:>5m", number(.duration, 301, nil)), ("duration:5m", number(.duration, 300, 359)),
      ("duration:90s", number(.duration, 90, 90)), ("duration:>=1h", number(.duration, 3600, nil)),
      ("duration:1:02:03", number(.duration, 3723, 3723)),
      ("duration:3m..4m", number(.duration, 180, 240)),
      ("rating:>= 8", number(.rating, 8, nil)), ("year: 1999", number(.year, 1999, 1999)),
      ("year: >= 1999", number(.year, 1999, nil)), ("plays:  0", number(.plays, 0, 0)),
    ])
  func numbers(text: String, query: Query) throws {
    #expect(try Query.parse(text) == query)
  }

  @Test(
    "What is not finished says what it says so far",
    arguments: [
      ("artist:", Query.everything), ("love artist:", words("love")), ("artist:\"", .everything),
      ("\"love m", words("love m")), ("\"", .everything),
      ("artist:\"low t", .words(.artist, "low t")),
      ("love -", words("love")), ("love not", words("love")), ("love or", words("love")),
      ("or love", words("love")), ("and", .everything), ("love and", words("love")),
      ("not and love", words("love")), ("(love", words("love")), ("((", .everything),
      ("()", .everything),
      ("-(", .everything), ("love or not", words("love")), ("year:", .everything),
      ("year:1", number(.year, 1000, 1999)), ("year:19", number(.year, 1900, 1999)),
      ("year:199", number(.year, 1990, 1999)), ("year:>", .everything), ("year:>=", .everything),
      ("year:1990.", number(.year, 1990, 1990)), ("year:1990..", number(.year, 1990, nil)),
      ("year:1990..19", number(.year, 1990, 1999)), ("year:..", .everything),
      ("rating:>", .everything), ("duration:3", number(.duration, 180, 239)),
      ("duration:3:", number(.duration, 180, 239)), ("duration:3:3", number(.duration, 210, 219)),
      ("duration:<", .everything), ("plays:", .everything),
      ("rating: ", .everything), ("rating:>= ", .everything), ("year: or x", words("x")),
      ("year: artist:x", .words(.artist, "x")), ("year: -x", .not(words("x"))),
      ("artist: (x)", words("x")), ("artist: not x", .not(words("x"))),
    ])
  func unfinished(text: String, query: Query) throws {
    #expect(try Query.parse(text) == query)
  }

  @Test(
    "A mistake is named with its column",
    arguments: [
      ("year:19x4", "a year is expected at column 6"),
      ("love year:>=x", "a year is expected at column 13"),
      ("year:1990..20y", "a year is expected at column 12"),
      ("year:19990", "a year is expected at column 6"),
      ("rating:11", "a rating from 1 to 10 is expected at column 8"),
      ("rating:>10", "there is nothing above 10 at column 9"),
      ("plays:-1", "a number of plays is expected at column 7"),
      ("plays:<0", "there is nothing below 0 at column 8"),
      ("duration:3:75", "a duration such as 3:30 or 5m is expected at column 10"),
      ("duration:m", "a duration such as 3:30 or 5m is expected at column 10"),
      ("a) b", "no ( belongs to the ) at column 2"),
      (
        "genere:rock",
        "no field is called 'genere' (did you mean genre? \"genere:...\" is text) at column 1"
      ),
      (
        "x artits:björk",
        "no field is called 'artits' (did you mean artist? \"artits:...\" is text) at column 3"
      ),
      (
        "-Genres:rock",
        "no field is called 'genres' (did you mean genre? \"genres:...\" is text) at column 2"
      ),
      (
        "moon:light",
        "no field is called 'moon' (did you mean mood? \"moon:...\" is text) at column 1"
      ),
      (
        "yaer:1999",
        "no field is called 'yaer' (did you mean year? \"yaer:...\" is text) at column 1"
      ),
      (
        "x tempo:120",
        "no field is called 'tempo': there are title, artist, album, genre, mood, year, rating, "
          + "plays, duration, added (\"tempo:...\" is text) at column 3"
      ),
      (
        "BPM:>100",
        "no field is called 'bpm': there are title, artist, album, genre, mood, year, rating, "
          + "plays, duration, added (\"bpm:...\" is text) at column 1"
      ),
      (
        "-albumartist:x",
        "no field is called 'albumartist': there are title, artist, album, genre, mood, year, "
          + "rating, plays, duration, added (\"albumartist:...\" is text) at column 2"
      ),
      (
        "path:\"x y\"",
        "no field is called 'path': there are title, artist, album, genre, mood, year, rating, "
          + "plays, duration, added (\"path:...\" is text) at column 1"
      ),
      ("year: love", "a year is expected at column 7"),
      ("rating:>= x", "a rating from 1 to 10 is expected at column 11"),
      ("((((((((((((((((((a", "parentheses go at most 16 deep; this one is at column 18"),
    ])
  func mistakes(text: String, words: String) {
    let error = #expect(throws: QueryError.self) { try Query.parse(text) }
    #expect(error?.description == words)
  }

  @Test("A query longer than a thousand characters is refused")
  func tooLong() throws {
    #expect(try Query.parse(String(repeating: "a", count: 1000)) != .everything)
    #expect(throws: QueryError(.tooLong, column: 1001)) {
      try Query.parse(String(repeating: "a", count: 1001))
    }
  }

  @Test("Only ratings and plays depend on what was listened to")
  func personal() throws {
    #expect(try Query.parse("a or (b -rating:>5)").dependsOnListening)
    #expect(try Query.parse("plays:0").dependsOnListening)
    #expect(try !Query.parse("a year:1990 duration:<5m -b").dependsOnListening)
  }

  @Test("However many signs stand before a word, parentheses are what is counted")
  func manyNegations() throws {
    let (dashes, nots) = (String(repeating: "-", count: 101), String(repeating: "not ", count: 200))
    #expect(try Query.parse(dashes + "rain") == .not(.words(nil, "rain")))
    #expect(try Query.parse(nots + "rain") == .words(nil, "rain"))
  }

  @Test("No letter that is typed of a whole query is a mistake on the way")
  func typed() throws {
    let text = "love artist: björk rating:>= 8 year:1990..1999 not (genre:live or plays:>3)"
    for count in 0...text.count { _ = try Query.parse(String(text.prefix(count))) }
  }
}
