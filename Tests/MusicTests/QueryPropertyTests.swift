import Music
import TestSupport
import Testing

@Suite struct QueryPropertyTests {
  @Test("What is printed is read back as the same query", arguments: 1...40 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let query = Self.query(&random, depth: 4)
      let text = query.description
      if text.unicodeScalars.count > Query.longest { continue }
      #expect(try Query.parse(text) == query, "\(text)")
    }
  }

  private static func query(_ random: inout SeededGenerator, depth: Int) -> Query {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 3), using: &random) {
    case 0: .words(nil, word(&random))
    case 1: .words(Query.Field.allCases.randomElement(using: &random), word(&random))
    case 2: number(&random)
    case 3: .negation(of: query(&random, depth: depth - 1))
    case 4, 5: .all(of: parts(&random, depth: depth - 1))
    default: .any(of: parts(&random, depth: depth - 1))
    }
  }

  private static func parts(_ random: inout SeededGenerator, depth: Int) -> [Query] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in query(&random, depth: depth) }
  }

  private static func word(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "love", "Björk", "or", "not", "-", "(", ")", "\"", ":", " ", "artist:", "year:19", "added:",
      "..", "夜",
      "\u{301}", ">=", "e\u{301}", "\u{200D}", "a", "NOT", "\n",
    ]
    let count = Int.random(in: 1...4, using: &random)
    return (0..<count).compactMap { _ in pieces.randomElement(using: &random) }.joined()
  }

  private static func number(_ random: inout SeededGenerator) -> Query {
    let measure = Query.Measure.allCases.randomElement(using: &random) ?? .year
    func value() -> Int? {
      Bool.random(using: &random) ? Int.random(in: measure.domain, using: &random) : nil
    }
    let bounds = Query.Bounds(value(), value()) ?? Query.Bounds(1, 1)
    return bounds.map { .number(measure, $0) } ?? .everything
  }

  @Test("No input crashes or hangs the parser, and what it reads it reads again")
  func mutations() throws {
    let count = Fuzzing.inputs(usually: 100_000)
    let seeds = [
      "love artist:björk year:1990..1999 not (genre:live or -rating:>=8)",
      "\"low tide\" title:\"a \"\"b\" duration:3:30 or duration:<5m",
      "plays:0 -mood:calm ((a or b) c)",
      "year:>=199 rating:..8 \u{301}\" 夜 album:",
      "added:2026-11-02..2026-12 or -added:<30d added:7d..1y",
    ]
    var random = SeededGenerator(seed: 17)
    var read = 0
    for number in 0..<count {
      let text = Self.mutated(seeds[number % seeds.count], &random)
      do {
        let query = try Query.parse(text)
        let printed = query.description
        if printed.unicodeScalars.count <= Query.longest {
          #expect(try Query.parse(printed) == query, "\(text.debugDescription)")
        }
        read += 1
      } catch {
        #expect((1...Query.longest + 1).contains(error.column))
      }
    }
    // Most of what is typed is a query, or the fuzzing tries nothing but mistakes.
    #expect(read > count / 4)
  }

  /// Scalars changed, taken out, put in, repeated.
  private static func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
    var scalars = Array(text.unicodeScalars)
    let favourites = Array("()\"-:. <>=0123456789ortndwhy\u{301}\u{0}\u{2028}夜".unicodeScalars)
    for _ in 0..<Int.random(in: 1...8, using: &random) where !scalars.isEmpty {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      let scalar = favourites.randomElement(using: &random) ?? " "
      switch Int.random(in: 0..<5, using: &random) {
      case 0: scalars[place] = scalar
      case 1: scalars.remove(at: place)
      case 2: scalars.insert(scalar, at: place)
      case 3:
        let end = min(scalars.count, place + Int.random(in: 0...20, using: &random))
        scalars.insert(contentsOf: scalars[place..<end], at: place)
      default: scalars.removeSubrange(place..<min(scalars.count, place + 5))
      }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
