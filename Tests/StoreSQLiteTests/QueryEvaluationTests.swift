import Music
import Taste
import TestSupport
import Testing

@testable import StoreSQLite

/// Random queries over a random library, against a model that looks at every song.
@Suite struct QueryEvaluationTests {
  @Test("The index finds what a look at every song finds", arguments: 1...8 as ClosedRange<UInt64>)
  func model(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let bench = try Bench()
    let all = (0..<60).map { number in Self.tags(number, &random) }
    // Written twice with other tags, so that the index has rows taken out of it.
    try await bench.scan(
      all.indices.map { entry("/music/\($0)", Self.tags($0, &random)) })
    try await bench.scan(all.enumerated().map { entry("/music/\($0.offset)", $0.element) })
    for _ in 0..<60 {
      let query = Self.query(&random, depth: 3)
      let found = try await bench.catalog.page(
        CatalogQuery(query, forgivesSlips: false), 0..<1000)
      let expected = all.filter { Self.matches($0, query) }.compactMap(\.title)
      #expect(
        found.rows.compactMap(\.tags.title).sorted() == expected.sorted(), "\(query), seed \(seed)")
      #expect(found.total == expected.count)
    }
  }

  private static let syllables = ["ra", "in", "é", "lo", "ve", "夜", "an", "Ö", "st", "or"]

  private static func word(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...3, using: &random))
      .compactMap { _ in syllables.randomElement(using: &random) }.joined()
  }

  private static func tags(_ number: Int, _ random: inout SeededGenerator) -> Tags {
    func text() -> String? {
      guard Int.random(in: 0..<4, using: &random) > 0 else { return nil }
      return (0..<Int.random(in: 1...3, using: &random)).map { _ in word(&random) }
        .joined(separator: " ")
    }
    return Tags(
      title: "\(number)x \(text() ?? "")", artist: text(), album: text(), genre: text(),
      year: Bool.random(using: &random) ? Int.random(in: 1985...2005, using: &random) : nil,
      mood: text())
  }

  private static func query(_ random: inout SeededGenerator, depth: Int) -> Query {
    func parts() -> [Query] {
      (0..<Int.random(in: 2...3, using: &random)).map { _ in query(&random, depth: depth - 1) }
    }
    switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
    case 0, 1: return .words(nil, word(&random))
    case 2: return .words(Query.Field.allCases.randomElement(using: &random), word(&random))
    case 3:
      let year = Int.random(in: 1985...2005, using: &random)
      return Query.Bounds(year, Bool.random(using: &random) ? year + 5 : nil)
        .map { .number(.year, $0) } ?? .everything
    case 4: return .negation(of: query(&random, depth: depth - 1))
    case 5: return .all(of: parts())
    default: return .any(of: parts())
    }
  }

  private static func matches(_ tags: Tags, _ query: Query) -> Bool {
    switch query {
    case .everything: true
    case .words(let field, let text): texts(tags, field).contains { holds($0, text) }
    case .number(_, let bounds): tags.year.map(bounds.contains) ?? false
    case .not(let part): !matches(tags, part)
    case .all(let parts): parts.allSatisfy { matches(tags, $0) }
    case .any(let parts): parts.contains { matches(tags, $0) }
    }
  }

  private static func texts(_ tags: Tags, _ field: Query.Field?) -> [String] {
    let all: [(Query.Field?, String?)] = [
      (.title, tags.title), (.artist, tags.artist), (.album, tags.album), (.genre, tags.genre),
      (.mood, tags.mood), (nil, tags.year.map(String.init)),
    ]
    return all.filter { field == nil || $0.0 == field }.compactMap(\.1)
  }

  /// Anywhere from three letters on, or from two characters of which one needs no space before it;
  /// else at the start of a word.
  private static func holds(_ text: String, _ word: String) -> Bool {
    let text = Folding.fold(text)
    let word = Folding.fold(word)
    let hasCharacterInside = word.dropFirst().contains("夜")
    if word.count >= 3 || hasCharacterInside { return text.contains(word) }
    return text.indices.contains { place in
      text[place...].hasPrefix(word)
        && (place == text.startIndex || text[text.index(before: place)] == " "
          || text[place] == "夜")
    }
  }
}

@Suite struct PlaceSetTests {
  @Test(
    "Sets of places behave as sets, at sizes around a word", arguments: [0, 1, 63, 64, 65, 200])
  func model(size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    func some() -> Set<Int> { Set((0..<size).filter { _ in Bool.random(using: &random) }) }
    func made(_ members: Set<Int>) -> PlaceSet {
      var set = PlaceSet(size: size)
      for member in members { set.insert(member) }
      return set
    }
    let (left, right) = (some(), some())
    let everything = PlaceSet(size: size, isFull: true)
    #expect(everything.members(0..<size) == Array(0..<size) && everything.count == size)
    #expect(made(left).intersection(made(right)) == made(left.intersection(right)))
    #expect(made(left).subtracting(made(right)) == made(left.subtracting(right)))
    var union = made(left)
    union.formUnion(made(right))
    #expect(union == made(left.union(right)))
    #expect(everything.subtracting(made(left)).count == size - left.count)
    #expect(made(left).isEmpty == left.isEmpty)
    let order = left.sorted()
    for _ in 0..<20 {
      let first = Int.random(in: 0...size, using: &random)
      let window = first..<(first + Int.random(in: 0...80, using: &random))
      #expect(made(left).members(window) == Array(order[window.clamped(to: order.indices)]))
    }
  }
}
