import GRDB
import Music

/// Answers a query of the library: what matches, the best first, a window of it.
///
/// Searches by the letter come here, hence all is bounded: what is read of the index, and the rows
/// of the window. The table of tracks is touched for these rows alone.
struct CatalogSearch {
  private let db: Database
  private let query: CatalogQuery
  private let evaluation: QueryEvaluation
  private let cache: SearchCache

  /// `showsDemo` says whose pieces the list shows now: `DemoRule.showsDemo`.
  init(_ query: CatalogQuery, showsDemo: Bool, cache: SearchCache, _ db: Database) throws {
    let revision = try Int64.fetchOne(db.cachedStatement(sql: Self.revisionSQL)) ?? 0
    let order = try cache.order(.init(revision: revision, showsDemo: showsDemo), db)
    self.db = db
    self.query = query
    self.cache = cache
    evaluation = QueryEvaluation(db: db, order: order, listener: query.listener, time: query.time)
  }

  static let revisionSQL = "SELECT number FROM revision"
  static let reviseSQL = "UPDATE revision SET number = number + 1"

  func page(_ window: Range<Int>) throws -> CatalogPage {
    var found = try evaluation.find(query.filter)
    var ranked = query.filter
    var isNear = false
    if found.places.isEmpty, query.forgivesSlips, let mended = try mended(query.filter) {
      found = try evaluation.find(mended)
      ranked = mended
      isNear = !found.places.isEmpty
    }
    let groups = try groups(of: ranked, found: &found)
    let ids = Self.members(groups, window).map { TrackID(evaluation.order.id(at: $0)) }
    return CatalogPage(
      total: found.places.count, rows: try CatalogReading.tracks(db, ids), isCut: found.isCut,
      isNear: isNear)
  }

  /// What the query finds as it is, and how long that is together: whole seconds of each track.
  func total() throws -> CatalogTotal {
    let found = try evaluation.find(query.filter)
    let durations = evaluation.order.columns.durations
    let seconds = durations.indices.reduce(0.0) { sum, place in
      found.places.contains(place) ? sum + Double(max(0, durations[place])) : sum
    }
    return CatalogTotal(count: found.places.count, isCut: found.isCut, seconds: seconds)
  }

  private static func members(_ groups: [PlaceSet], _ window: Range<Int>) -> [Int] {
    var places: [Int] = []
    var first = 0
    for group in groups {
      let count = group.count
      let own = window.clamped(to: first..<(first + count))
      if !own.isEmpty {
        places += group.members((own.lowerBound - first)..<(own.upperBound - first))
      }
      first += count
    }
    return places
  }
}

// MARK: - The best first

extension CatalogSearch {
  /// Where the search was cut, so many of the best are fetched beside what it happened to find.
  private static let bestOfCut = 2_000
  /// So many rows of the index are looked at for each rank.
  private static let rankedRows = 20_000
  /// What putting into order may cost in a list of so many rows.
  struct Effort {
    /// Rows found that are read and looked at: more take longer than the index.
    var reads: Int
    /// The same, of those that are likely to be among the best.
    var likely: Int
    /// Of several words the index is asked for the best, and then once more for the good.
    var tellsGood: Bool

    init(rows: Int) {
      reads = min(1_000, rows / 250)
      likely = reads
      tellsGood = rows <= 400_000
    }
  }

  /// What was found in groups, the best first: title or artist begins with the words; each of the
  /// words begins one; the rest. For several words a few rows are read and looked at, as
  /// several in a row are what the index is slowest at; of more, in a very long list, only the best
  /// are told from the rest.
  func groups(
    of filter: Query, found: inout QueryEvaluation.Found, effort: Effort? = nil
  ) throws -> [PlaceSet] {
    let words = Ranking(filter)
    guard let opening = words.opening else { return [found.places] }
    let effort = effort ?? Effort(rows: evaluation.order.count)
    if !found.isCut, words.areSeveral, found.places.count <= effort.reads {
      return try read(found.places, opening, words.beginnings)
    }
    var rest = found.places
    var best = try best(of: found, opening, likely: words.likely, atMost: effort.likely)
    if found.isCut, words.isWhole {
      found.places.formUnion(best)
      rest = found.places
    }
    best.formIntersection(rest)
    rest.subtract(best)
    let tellsGood = effort.tellsGood || !words.areSeveral
    guard !found.isCut, tellsGood, !words.beginnings.isEmpty else { return [best, rest] }
    let beginning = words.beginnings.map(\.expression).joined(separator: " AND ")
    let good = try evaluation.matches(beginning, limit: Self.rankedRows).places
      .intersection(rest)
    return [best, good, rest.subtracting(good)]
  }

  /// Songs whose title or artist begins with the words. Where those are few in which each word begins
  /// as it should, in any order, these are looked at, and the index need not be.
  private func best(
    of found: QueryEvaluation.Found, _ opening: SearchText.Pattern, likely: String?,
    atMost limit: Int
  ) throws -> PlaceSet {
    if let likely {
      let few = try evaluation.matches("{title artist} : (\(likely))", limit: limit)
      let places = found.isCut ? few.places : few.places.intersection(found.places)
      if !few.isCut { return try read(places, opening, [])[0] }
    }
    return try evaluation.matches(
      "{title artist} : \(opening.expression)",
      limit: found.isCut ? Self.bestOfCut : Self.rankedRows
    ).places
  }

  private func read(
    _ found: PlaceSet, _ opening: SearchText.Pattern, _ beginnings: [SearchText.Pattern]
  ) throws -> [PlaceSet] {
    var known = FoldedTexts()
    var best = evaluation.nothing
    var good = evaluation.nothing
    for place in found.members(0..<found.count) {
      let entry = try SearchRows.entry(evaluation.order.id(at: place), db)
      let texts = entry?.indexed(&known) ?? []
      func isIn(_ texts: some Sequence<String?>, _ pattern: SearchText.Pattern) -> Bool {
        texts.contains { $0.map(pattern.matches) ?? false }
      }
      if isIn(texts.prefix(2), opening) {
        best.insert(place)
      } else if !beginnings.isEmpty, beginnings.allSatisfy({ isIn(texts, $0) }) {
        good.insert(place)
      }
    }
    return [best, good, found.subtracting(best).subtracting(good)]
  }

  /// The words of a query that songs are put into order by: those that must be there.
  private struct Ranking {
    /// Of songs whose title or artist begins with all of the words.
    var opening: SearchText.Pattern?
    /// Of songs where each of the words begins one; none where that is so anyway.
    var beginnings: [SearchText.Pattern] = []
    /// The words are the whole query.
    var isWhole: Bool
    var areSeveral = false
    /// Of several words, what is found in every song of `opening` and in few others, and quickly: the
    /// first letters of each.
    var likely: String?

    init(_ filter: Query) {
      let parts = if case .all(let parts) = filter { parts } else { [filter] }
      let plain = parts.compactMap { part -> String? in
        if case .words(nil, let text) = part { text } else { nil }
      }
      isWhole = plain.count == parts.count
      guard !plain.isEmpty else { return }
      let text = plain.joined(separator: " ")
      areSeveral = text.contains(" ")
      opening = SearchText.opening(text)
      if areSeveral { likely = Self.likely(text) }
      let starts = plain.compactMap(SearchText.beginning)
      if starts != plain.compactMap(SearchText.anywhere) { beginnings = starts }
    }

    private static func likely(_ text: String) -> String? {
      let starts = Folding.fold(text).split(separator: " ").map { String($0.prefix(3)) }
      guard let first = starts.first.flatMap(SearchText.opening) else { return nil }
      let others = starts.dropFirst().compactMap(SearchText.beginning)
      return ([first] + others).map(\.expression).joined(separator: " AND ")
    }
  }
}

// MARK: - Slips

extension CatalogSearch {
  /// The query with each word, or one that it may have been meant for; nil where there is none.
  private func mended(_ filter: Query) throws -> Query? {
    let vocabulary = try cache.vocabulary(db)
    let result = Self.mended(filter, vocabulary)
    return result == filter ? nil : result
  }

  private static func mended(_ filter: Query, _ vocabulary: Vocabulary) -> Query {
    switch filter {
    case .words(let field, let text):
      let near = vocabulary.near(Folding.fold(text)).map { Query.words(field, $0) }
      return near.isEmpty ? filter : .any(of: [filter] + near)
    case .all(let parts): return .all(of: parts.map { mended($0, vocabulary) })
    case .any(let parts): return .any(of: parts.map { mended($0, vocabulary) })
    case .everything, .number, .not: return filter
    }
  }
}
