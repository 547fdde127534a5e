import GRDB
import Music

/// Finds the places of the list that a query means, in one snapshot. Each word is one look-up in the
/// index, each number one pass over a column in memory; they are joined as sets of places.
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
    if case .all(let parts) = query { return try all(parts, isPositive: true, hits: Self.limit) }
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
    case .all(let parts): return try all(parts, isPositive: isPositive, hits: nil)
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

  /// Words that stand side by side are looked up together, and with them those that must not be
  /// there, for FTS5 is quick to pass over what only one of them has. What else is asked for is
  /// looked at before, so that the words are read only until there are `hits`.
  private func all(_ parts: [Query], isPositive: Bool, hits: Int?) throws -> Found {
    let words = Self.joined(parts.filter(\.isText), by: " AND ")
    let excluded = words == nil ? [] : parts.filter { Self.excluded($0) != nil }
    var filter: PlaceSet?
    var isCut = false
    for inner in parts where !inner.isText && !excluded.contains(inner) {
      let more = try part(inner, isPositive: isPositive)
      filter?.formIntersection(more.places)
      filter = filter ?? more.places
      isCut = isCut || more.isCut
    }
    guard let words else { return Found(places: filter ?? everything, isCut: isCut) }
    let expression = excluded.compactMap(Self.excluded).reduce("(\(words))") {
      "(\($0) NOT \($1))"
    }
    var found = try matches(
      expression, limit: isPositive ? Self.partLimit : nil, within: filter, hits: hits)
    found.isCut = found.isCut || isCut
    return found
  }

  /// The words that must not be there, where a part says just that.
  private static func excluded(_ part: Query) -> String? {
    if case .not(let inner) = part, inner.isWords { expression(inner) } else { nil }
  }

  var everything: PlaceSet { PlaceSet(size: order.count, isFull: true) }
  var nothing: PlaceSet { PlaceSet(size: order.count) }
}

// MARK: - Text

extension QueryEvaluation {
  static let matchSQL = "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?"

  /// The places that an expression of FTS5 finds, in the order in which tracks were added: of the
  /// first `limit` rows those that lie within a set, and no more once there are `hits` of them.
  func matches(
    _ expression: String, limit: Int?, within filter: PlaceSet? = nil, hits: Int? = nil
  ) throws -> Found {
    let rows = try Int64.fetchCursor(
      db.cachedStatement(sql: Self.matchSQL),
      arguments: [expression, limit.map { $0 + 1 } ?? -1])
    var found = Found(places: nothing)
    var (count, hit) = (0, 0)
    while let id = try rows.next() {
      count += 1
      guard let place = order.place(of: id), filter?.contains(place) ?? true else { continue }
      found.places.insert(place)
      hit += 1
      if hit > hits ?? .max { break }
    }
    found.isCut = count > limit ?? .max || hit > hits ?? .max
    return found
  }

  /// The query in the words of FTS5, where it is words side by side, or one of several.
  ///
  /// Words that hold nothing to find, such as a lone accent, say nothing.
  static func expression(_ query: Query) -> String? {
    switch query {
    case .words(let field, let text): expression(field, SearchText.anywhere(text))
    case .all(let parts): joined(parts, by: " AND ")
    case .any(let parts): joined(parts, by: " OR ").map { "(\($0))" }
    case .everything, .number, .not: nil
    }
  }

  private static func joined(_ parts: [Query], by sign: String) -> String? {
    guard parts.allSatisfy(\.isText) else { return nil }
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

  /// Words, or several of which one must be there: what the index finds in one go.
  var isText: Bool {
    if case .any(let parts) = self { parts.allSatisfy(\.isWords) } else { isWords }
  }
}
