/// How long ago a song came, as `added:` says it beside dates: `<30d`, `>1y`, `7d..30d`.
///
/// Ages are whole hours, so that a query stays the same text whenever it is asked; who asks says
/// what time it is.
extension Query {
  /// What the text behind `added:` says, which begins at `column`, from 1; nil where it says
  /// nothing yet.
  static func added(_ text: String, at column: Int) throws(QueryError) -> Query? {
    let scalars = Array(text.unicodeScalars)
    guard scalars.contains(where: { Age.units.keys.contains($0) }) else {
      return try Measure.added.bounds(of: text, at: column).map { .number(.added, $0) }
    }
    return try Age.bounds(scalars, at: column).map { .number(.age, $0) }
  }

  /// Written ages.
  enum Age {
    /// Hours each; a year has 365.25 days.
    static let units: [Unicode.Scalar: Int] = ["h": 1, "d": 24, "w": 168, "y": 8766]

    static func bounds(
      _ text: [Unicode.Scalar], at column: Int
    ) throws(QueryError) -> Bounds? {
      let dots: [Unicode.Scalar] = [".", "."]
      if let place = text.indices.first(where: { text[$0...].starts(with: dots) }) {
        let first = try hours(text[..<place], column)
        let last = try hours(text[(place + 2)...], column + place + 2)
        guard let last else { return Bounds(first, nil) }
        guard let first else { return try younger(last, column + place + 2) }
        let least = min(first, last)
        return Bounds(least, max(least, max(first, last) - 1))
      }
      let signs: [[Unicode.Scalar]] = [[">", "="], ["<", "="], [">"], ["<"], ["="]]
      let sign = signs.first { text.starts(with: $0) } ?? []
      guard let value = try hours(text[sign.count...], column + sign.count) else { return nil }
      return sign.first == ">" ? Bounds(value, nil) : try younger(value, column + sign.count)
    }

    private static func younger(_ hours: Int, _ column: Int) throws(QueryError) -> Bounds? {
      guard hours > 0 else { throw QueryError(.nothing("below 0"), column: column) }
      return Bounds(nil, hours - 1)
    }

    /// Nil where nothing stands there.
    private static func hours(
      _ text: ArraySlice<Unicode.Scalar>, _ column: Int
    ) throws(QueryError) -> Int? {
      guard let last = text.last else { return nil }
      let digits = text.dropLast()
      let most = 6
      guard let unit = units[last], (1...most).contains(digits.count),
        digits.allSatisfy({ ("0"..."9").contains($0) })
      else { throw QueryError(.expected(Measure.added.words), column: column) }
      let value = digits.reduce(0) { $0 * 10 + Int($1.value - 48) } * unit
      guard value <= Measure.age.domain.upperBound + 1 else {
        throw QueryError(.expected(Measure.added.words), column: column)
      }
      return value
    }

    static func text(_ bounds: Bounds) -> String {
      switch (bounds.lower, bounds.upper) {
      case (let lower?, let upper?): "\(text(lower))..\(text(upper + 1))"
      case (let lower?, nil): ">\(text(lower))"
      case (nil, let upper): "<\(text((upper ?? 0) + 1))"
      }
    }

    private static func text(_ hours: Int) -> String {
      for (unit, name) in [(8766, "y"), (24, "d")] where hours > 0 && hours % unit == 0 {
        return "\(hours / unit)\(name)"
      }
      return "\(hours)h"
    }
  }
}
