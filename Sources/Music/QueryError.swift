/// Why a query cannot be read, and where.
package struct QueryError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Cause: Hashable, Sendable {
    /// What should stand there: "a year".
    case expected(String)
    /// No value lies there: "above 10".
    case nothing(String)
    /// Something that is called nearly as a field, and the field.
    case misspelt(String, meant: String)
    /// A column of other programs that is no field here.
    case noField(String)
    /// A closing parenthesis without an opening one.
    case notOpened
    case tooDeep
    case tooLong
  }

  package var cause: Cause
  /// Unicode scalars from the start, from 1.
  package var column: Int

  package init(_ cause: Cause, column: Int) {
    self.cause = cause
    self.column = column
  }

  package var description: String {
    let what =
      switch cause {
      case .expected(let what): "\(what) is expected"
      case .nothing(let place): "there is nothing \(place)"
      case .misspelt(let name, let meant):
        "no field is called '\(name)' (did you mean \(meant)? \"\(name):...\" is text)"
      case .noField(let name):
        "no field is called '\(name)': there are \(Query.fieldNames.joined(separator: ", ")) "
          + "(\"\(name):...\" is text)"
      case .notOpened: "no ( belongs to the )"
      case .tooDeep: "parentheses go at most \(Query.deepest) deep; this one is"
      case .tooLong: "a query has at most \(Query.longest) characters; this one ends"
      }
    return "\(what) at column \(column)"
  }
}
