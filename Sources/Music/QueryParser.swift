extension Query {
  /// What may stand before a colon, each once.
  static let fieldNames =
    Field.allCases.map(\.rawValue)
    + Measure.allCases.filter { $0 != .age }.map(\.fieldName)

  /// Words that join others, and that only quotation marks make words to look for.
  static let conjunctions: Set<String> = ["and", "or", "not"]

  /// The most Unicode scalars that a query may have.
  package static let longest = 1000
  /// How deep parentheses may be nested.
  package static let deepest = 16

  /// Reads what somebody typed or is typing.
  ///
  ///     love artist:björk year:1990..1999 not (genre:live or -rating:>=8)
  ///
  /// What is not finished says nothing yet, or what it says so far: `artist:`, `not`, an open
  /// quotation mark or parenthesis, `year:199` (the nineties). Only what no more typing can mend is
  /// an error, and it knows its column.
  package static func parse(_ text: String) throws(QueryError) -> Query {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= longest else { throw QueryError(.tooLong, column: longest + 1) }
    var parser = QueryParser(scalars)
    return try parser.parse()
  }
}

/// Reads tokens by recursive descent, `or` weakest, then what stands side by side, then `not`.
private struct QueryParser {
  private var lexer: QueryLexer
  private var token: (token: QueryLexer.Token, column: Int)?

  init(_ scalars: [Unicode.Scalar]) {
    lexer = QueryLexer(scalars)
    token = lexer.next()
  }

  mutating func parse() throws(QueryError) -> Query {
    let query = try alternatives(depth: 0)
    if let token { throw QueryError(.notOpened, column: token.column) }
    return query ?? .everything
  }

  /// Nil, here and below, where nothing is said yet.
  private mutating func alternatives(depth: Int) throws(QueryError) -> Query? {
    var found: [Query] = []
    while true {
      if let part = try conjunction(depth: depth) { found.append(part) }
      guard token?.token == .or else { break }
      advance()
    }
    return found.isEmpty ? nil : .any(of: found)
  }

  private mutating func conjunction(depth: Int) throws(QueryError) -> Query? {
    var found: [Query] = []
    while let next = token?.token, next != .or, next != .close {
      if next == .and {
        advance()
        continue
      }
      if let part = try single(depth: depth) { found.append(part) }
    }
    return found.isEmpty ? nil : .all(of: found)
  }

  private mutating func single(depth: Int) throws(QueryError) -> Query? {
    var isNegated = false
    while token?.token == .not {
      isNegated.toggle()
      advance()
    }
    let part = try positive(depth: depth)
    return isNegated ? part.map { .negation(of: $0) } : part
  }

  private mutating func positive(depth: Int) throws(QueryError) -> Query? {
    guard let (next, column) = token else { return nil }
    guard depth <= Query.deepest else { throw QueryError(.tooDeep, column: column) }
    switch next {
    case .and, .or, .close, .not: return nil
    case .misspelt(let name, let meant):
      throw QueryError(.misspelt(name, meant: meant), column: column)
    case .noField(let name): throw QueryError(.noField(name), column: column)
    case .open:
      advance()
      let inner = try alternatives(depth: depth + 1)
      if token?.token == .close { advance() }
      return inner
    case .words(let text):
      advance()
      return text.isEmpty ? nil : .words(nil, text)
    case .field(let field, let text):
      advance()
      return text.isEmpty ? nil : .words(field, text)
    case .measure(let measure, let value):
      advance()
      if measure == .added { return try Query.added(value, at: column) }
      return try measure.bounds(of: value, at: column).map { .number(measure, $0) }
    }
  }

  private mutating func advance() { token = lexer.next() }
}
