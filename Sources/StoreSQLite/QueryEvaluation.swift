import GRDB
import Music

/// Finds the places of the list that a query means, in one snapshot. Each word and each number is
/// one look-up in an index; how they are joined is done on sets of places.
struct QueryEvaluation {
  let db: Database
  let order: ListOrder
  /// Whose ratings and plays count.
  let listener: Int64?
  /// What ages count from.
  let time: Double?

  /// What was found, and whether that is all.
  struct Found {
    var places: PlaceSet
    var isCut = false
  }

  /// A search for one thing stops here: nobody reads further, and a letter typed into the largest
  /// library costs no more than into a small one.
  static let limit = 10_000
  /// A part of a longer query stops here, for what it leaves away may be what the others mean.
  static let partLimit = 100_000

  func find(_ query: Query) throws -> Found {
    if let text = Self.expression(query) { return try matches(text, limit: Self.limit) }
    return try part(query, isPositive: true)
  }

  private func part(_ query: Query, isPositive: Bool) throws -> Found {
    // What is cut under a "not" would come out as found.
    if let text = Self.expression(query) {
      return try matches(text, limit: isPositive ? Self.partLimit : nil)
    }
    switch query {
    case .everything, .words: return Found(places: everything)
    case .number(let measure, let bounds):
      return Found(places: try places(measure, bounds))
    case .not(let inner):
      let found = try part(inner, isPositive: !isPositive)
      return Found(places: everything.subtracting(found.places), isCut: found.isCut)
    case .all(let parts): return try all(parts, isPositive: isPositive)
    case .any(let parts):
      var found = Found(places: nothing)
      for inner in parts {
        let more = try part(inner, isPositive: isPositive)
        found.places.formUnion(more.places)
        found.isCut = found.isCut || more.isCut
      }
      return found
    }
  }

  /// Words that stand side by side are looked up together, for FTS5 is quick to pass over what
  /// only one of them has.
  private func all(_ parts: [Query], isPositive: Bool) throws -> Found {
    var found = Found(places: everything)
    if let words = Self.joined(parts.filter(\.isWords), by: " AND ") {
      found = try matches(words, limit: isPositive ? Self.partLimit : nil)
    }
    for inner in parts where !inner.isWords {
      let more = try part(inner, isPositive: isPositive)
      found.places.formIntersection(more.places)
      found.isCut = found.isCut || more.isCut
    }
    return found
  }

  var everything: PlaceSet { PlaceSet(size: order.count, isFull: true) }
  var nothing: PlaceSet { PlaceSet(size: order.count) }
}

// MARK: - Text

extension QueryEvaluation {
  static let matchSQL = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"

  /// The places that an expression of FTS5 finds, in the order in which tracks were added, at most
  /// `limit` of them.
  func matches(_ expression: String, limit: Int?) throws -> Found {
    let rows = try Int64.fetchCursor(
      db.cachedStatement(sql: Self.matchSQL),
      arguments: [expression, limit.map { $0 + 1 } ?? -1])
    var found = Found(places: nothing)
    var count = 0
    while let id = try rows.next() {
      count += 1
      if let place = order.place(of: id) { found.places.insert(place) }
    }
    found.isCut = limit.map { count > $0 } ?? false
    return found
  }

  /// The query in the words of FTS5, where it is words side by side, or one of several.
  ///
  /// Words that hold nothing to find, such as a lone accent, say nothing.
  static func expression(_ query: Query) -> String? {
    switch query {
    case .words(let field, let text): expression(field, SearchText.anywhere(text))
    case .all(let parts): joined(parts, by: " AND ")
    case .any(let parts): joined(parts, by: " OR ")
    case .everything, .number, .not: nil
    }
  }

  private static func joined(_ parts: [Query], by sign: String) -> String? {
    guard parts.allSatisfy(\.isWords) else { return nil }
    let expressions = parts.compactMap(expression)
    return expressions.isEmpty ? nil : expressions.joined(separator: sign)
  }

  static func expression(_ field: Query.Field?, _ pattern: SearchText.Pattern?) -> String? {
    guard let pattern else { return nil }
    return field.map { "(\($0.rawValue) : \(pattern.expression))" } ?? pattern.expression
  }
}

extension Query {
  var isWords: Bool {
    if case .words = self { true } else { false }
  }
}
