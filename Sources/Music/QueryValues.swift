/// How the values of measures are written: `1994`, `1990..1999`, `>=8`, `3:30`, `<5m`.
extension Query.Measure {
  /// What one written value stands for, from its first number to its last: `199` is 1990...1999.
  typealias Span = ClosedRange<Int>

  /// What is said of a measure by the text behind its colon, which begins at `column`, from 1; nil
  /// where nothing is said yet.
  func bounds(of text: String, at column: Int) throws(QueryError) -> Query.Bounds? {
    let scalars = Array(text.unicodeScalars)
    for sign in Self.signs where text.hasPrefix(sign) {
      let value = scalars[sign.unicodeScalars.count...]
      guard let span = try span(value, column + value.startIndex) else { return nil }
      return try compared(sign, to: span, at: column + value.startIndex)
    }
    guard let dots = scalars.indices.first(where: { scalars[$0...].starts(with: Self.dots) })
    else {
      // One dot is half of two.
      let value = scalars.last == "." ? scalars.dropLast() : scalars[...]
      return try span(value, column).flatMap { Query.Bounds($0.lowerBound, $0.upperBound) }
    }
    let end = dots + 2
    let first = try span(scalars[..<dots], column)
    let last = try span(scalars[end...], column + end)
    let upper = self == .duration ? last?.lowerBound : last?.upperBound
    return Query.Bounds(first?.lowerBound, upper)
  }

  /// The numbers that there are of it.
  package var domain: ClosedRange<Int> {
    switch self {
    case .year: 0...9999
    case .rating: 0...10
    case .plays, .duration: 0...999_999_999
    case .added: CalendarDay.all
    // A hundred years.
    case .age: 0...876_600
    }
  }

  /// What may stand before a value; those that begin with another come first.
  static let signs = [">=", "<=", ">", "<", "="]

  private static let dots: [Unicode.Scalar] = [".", "."]

  /// `>5m` is longer than five minutes by a second or more, not by a minute.
  private func compared(
    _ sign: String, to written: Span, at column: Int
  ) throws(QueryError) -> Query.Bounds? {
    let isExact = self == .duration && sign != "="
    let span = isExact ? written.lowerBound...written.lowerBound : written
    switch sign {
    case ">=": return Query.Bounds(span.lowerBound, nil)
    case "<=": return Query.Bounds(nil, span.upperBound)
    case ">":
      guard span.upperBound < domain.upperBound else {
        throw QueryError(.nothing("above \(word(span.upperBound))"), column: column)
      }
      return Query.Bounds(span.upperBound + 1, nil)
    case "<":
      guard span.lowerBound > domain.lowerBound else {
        throw QueryError(.nothing("below \(word(span.lowerBound))"), column: column)
      }
      return Query.Bounds(nil, span.lowerBound - 1)
    default: return Query.Bounds(span.lowerBound, span.upperBound)
    }
  }

  private func span(
    _ text: ArraySlice<Unicode.Scalar>, _ column: Int
  ) throws(QueryError) -> Span? {
    if text.isEmpty { return nil }
    let found =
      switch self {
      case .year: Self.yearSpan(text)
      case .duration: Self.durationSpan(text)
      case .added: CalendarDay.span(text)
      // Ages are read by `Query.added`, which knows their units.
      case .rating, .plays, .age: Self.number(text, digits: 9).map { $0...$0 }
      }
    guard let found, domain.contains(found.lowerBound), domain.contains(found.upperBound) else {
      throw QueryError(.expected(words), column: column)
    }
    return found
  }

  private func word(_ value: Int) -> String {
    self == .added ? CalendarDay.text(value...value) ?? "" : "\(value)"
  }

  /// What should stand there.
  var words: String {
    switch self {
    case .year: "a year"
    case .rating: "a rating from 1 to 10"
    case .plays: "a number of plays"
    case .duration: "a duration such as 3:30 or 5m"
    case .added, .age: "a date such as 2026-11 or an age such as 30d"
    }
  }

  /// Fewer than four digits are a year that is being typed: all that it may become.
  private static func yearSpan(_ text: ArraySlice<Unicode.Scalar>) -> Span? {
    guard let number = number(text, digits: 4) else { return nil }
    var scale = 1
    for _ in text.count..<4 { scale *= 10 }
    return number * scale...number * scale + scale - 1
  }

  private static func number(_ text: ArraySlice<Unicode.Scalar>, digits: Int) -> Int? {
    guard !text.isEmpty, text.count <= digits else { return nil }
    var value = 0
    for scalar in text {
      guard ("0"..."9").contains(scalar) else { return nil }
      value = value * 10 + Int(scalar.value - 48)
    }
    return value
  }
}

/// Durations: `3:30`, `1:02:03`, `90s`, `5m`, `1h`, and minutes where there is no unit.
extension Query.Measure {
  private static func durationSpan(_ text: ArraySlice<Unicode.Scalar>) -> Span? {
    if text.contains(":") { return clock(text) }
    let (unit, digits): (Int, Int) =
      switch text.last {
      case "s": (1, 9)
      case "h": (3600, 5)
      default: (60, 7)
      }
    let hasUnit = text.last.map { ["s", "m", "h"].contains($0) } ?? false
    guard let number = number(hasUnit ? text.dropLast() : text, digits: digits) else { return nil }
    return number * unit...number * unit + unit - 1
  }

  /// Where the last part is being typed, all that it may become: `3:3` is 3:30 to 3:39.
  private static func clock(_ text: ArraySlice<Unicode.Scalar>) -> Span? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let first = number(parts[0], digits: 5) else {
      return nil
    }
    var seconds = first
    for part in parts[1..<(parts.count - 1)] {
      guard let value = number(part, digits: 2), value < 60 else { return nil }
      seconds = seconds * 60 + value
    }
    seconds *= 60
    let last = parts[parts.count - 1]
    if last.isEmpty { return seconds...seconds + 59 }
    guard let value = number(last, digits: 2), value < 60 else { return nil }
    let isTens = last.count == 1 && value < 6
    return isTens
      ? seconds + value * 10...seconds + value * 10 + 9 : seconds + value...seconds + value
  }
}
