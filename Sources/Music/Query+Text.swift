extension Query: CustomStringConvertible {
  /// The query as it may be typed; `parse` reads it back as the same value.
  package var description: String {
    switch self {
    case .everything: ""
    case .words(let field, let text): (field.map { $0.rawValue + ":" } ?? "") + Self.quoted(text)
    case .number(let measure, let bounds): "\(measure.fieldName):\(measure.text(bounds))"
    case .not(let part): "not " + part.grouped(isFirmer: true)
    case .all(let parts): parts.map { $0.grouped(isFirmer: false) }.joined(separator: " ")
    case .any(let parts): parts.map(\.description).joined(separator: " or ")
    }
  }

  /// In parentheses where what stands around it would take it apart.
  private func grouped(isFirmer: Bool) -> String {
    switch self {
    case .any: "(\(self))"
    case .all where isFirmer: "(\(self))"
    default: description
    }
  }

  /// In quotation marks where it would be read as something else without.
  package static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isPlain =
      !scalars.isEmpty && scalars.first != "-" && !conjunctions.contains(text.lowercased())
      && scalars.allSatisfy {
        $0 != "\"" && $0 != ":" && $0 != "(" && $0 != ")" && !$0.properties.isWhitespace
      }
    if isPlain { return text }
    var result = String.UnicodeScalarView()
    result.append("\"")
    for scalar in scalars {
      result.append(scalar)
      if scalar == "\"" { result.append(scalar) }
    }
    result.append("\"")
    return String(result)
  }
}

extension Query.Measure {
  fileprivate func text(_ bounds: Query.Bounds) -> String {
    if self == .age { return Query.Age.text(bounds) }
    if let lower = bounds.lower, lower == bounds.upper { return text(lower) }
    if self == .added, let lower = bounds.lower, let upper = bounds.upper,
      let short = CalendarDay.text(lower...upper)
    {
      return short
    }
    return (bounds.lower.map(text) ?? "") + ".." + (bounds.upper.map(text) ?? "")
  }

  private func text(_ value: Int) -> String {
    switch self {
    case .year:
      String(repeating: "0", count: max(0, 4 - String(value).count)) + String(value)
    case .duration: "\(value)s"
    case .added: CalendarDay.text(value...value) ?? ""
    case .rating, .plays, .age: "\(value)"
    }
  }
}
