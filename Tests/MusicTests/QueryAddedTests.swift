import Testing

@testable import Music

@Suite struct QueryAddedTests {
  private func days(_ lower: Int?, _ upper: Int?) -> Query {
    Query.Bounds(lower, upper).map { .number(.added, $0) } ?? .everything
  }

  private func hours(_ lower: Int?, _ upper: Int?) -> Query {
    Query.Bounds(lower, upper).map { .number(.age, $0) } ?? .everything
  }

  @Test("Dates are days, months and years of when a song came")
  func dates() throws {
    #expect(try Query.parse("added:2026-11") == days(20_758, 20_787))
    #expect(try Query.parse("added:>=2026-01-01") == days(20_454, nil))
    #expect(try Query.parse("added:>2026-11") == days(20_788, nil))
    #expect(try Query.parse("added:<2026-11") == days(nil, 20_757))
    #expect(try Query.parse("added:2026-11-24..2026-11-25") == days(20_781, 20_782))
    #expect(try Query.parse("ADDED:2026..") == days(20_454, nil))
  }

  @Test("Ages count back from when it is asked")
  func ages() throws {
    #expect(try Query.parse("added:<30d") == hours(nil, 719))
    #expect(try Query.parse("added:30d") == hours(nil, 719))
    #expect(try Query.parse("added:>=2w") == hours(336, nil))
    #expect(try Query.parse("added:>1y") == hours(8766, nil))
    #expect(try Query.parse("added:7d..30d") == hours(168, 719))
    #expect(try Query.parse("added:30d..7d") == hours(168, 719))
    #expect(try Query.parse("added:..12h") == hours(nil, 11))
    #expect(try Query.parse("-added:7d..") == .not(hours(168, nil)))
  }

  @Test(
    "It is printed as people write it",
    arguments: [
      ("added:<30d", "added:<30d"), ("added:2w", "added:<14d"), ("added:>1y", "added:>1y"),
      ("added:7d..30d", "added:7d..30d"), ("added:5h..6h", "added:5h..6h"),
      ("added:2026-11", "added:2026-11"), ("added:2026", "added:2026"),
      ("added:>=2026-11-02", "added:2026-11-02.."),
    ])
  func printed(text: String, words: String) throws {
    let query = try Query.parse(text)
    #expect(query.description == words)
    #expect(try Query.parse(words) == query)
  }

  @Test("What is not finished says nothing yet, or what it says so far")
  func typing() throws {
    for letter in ["added:", "added:<", "added:>="] {
      #expect(try Query.parse(letter) == .everything)
    }
    let whole = "added:>=2026-11-25"
    for length in 0...whole.count { _ = try Query.parse(String(whole.prefix(length))) }
  }

  @Test(
    "A mistake knows its column",
    arguments: [
      ("added:yesterday", 7), ("song added:2026-13", 12), ("added:>=2026-02-30", 9),
      ("added:5x", 7), ("added:<0d", 8), ("added:1d..2026", 11), ("added:9999999h", 7),
      ("added:d", 7), ("added:>9999", 8),
    ])
  func mistakes(text: String, column: Int) {
    let error = #expect(throws: QueryError.self) { try Query.parse(text) }
    #expect(error?.column == column, "\(text)")
  }

  @Test("No field is called age: the word is looked for")
  func noOtherName() throws {
    #expect(try Query.parse("age:30d") == .words(nil, "age:30d"))
  }

  @Test("Only ages depend on the time, whatever stands around them")
  func time() throws {
    #expect(try Query.parse("a or not (b added:<1d)").dependsOnTime)
    #expect(try !Query.parse("a or not (b added:2026) rating:8").dependsOnTime)
  }
}
