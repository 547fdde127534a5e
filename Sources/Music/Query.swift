/// What somebody looks for in the library, as a value: words, numbers, and how they are joined.
///
/// Stands between what is typed (`Query.parse`) and what finds the rows (`StoreSQLite`). It knows no
/// text to search and no database. The functions that make one keep it in a normal form: nothing is
/// nested in its like, nothing is negated twice, and `everything` is never a part of another.
package indirect enum Query: Hashable, Sendable {
  /// A tag that holds text.
  package enum Field: String, CaseIterable, Sendable {
    case title, artist, album, genre, mood
  }

  /// A number that a song has.
  package enum Measure: String, CaseIterable, Sendable {
    case year
    /// 1...10: the listener's last one, else the file's; 0 is none.
    case rating
    /// How often the listener heard the song to its end.
    case plays
    /// Whole seconds.
    case duration
    /// The day on which the song came into the library, as `CalendarDay` counts.
    case added
    /// Whole hours since then. Written as `added` is.
    case age

    /// What stands before the colon.
    package var fieldName: String { self == .age ? Measure.added.rawValue : rawValue }
  }

  /// What lies from `lower` to `upper`, both included; nil is open. Never both nil.
  package struct Bounds: Hashable, Sendable {
    package let lower: Int?
    package let upper: Int?

    /// The two may come in either order.
    package init?(_ lower: Int?, _ upper: Int?) {
      guard lower != nil || upper != nil else { return nil }
      let isTurned = if let lower, let upper { lower > upper } else { false }
      self.lower = isTurned ? upper : lower
      self.upper = isTurned ? lower : upper
    }

    package func contains(_ value: Int) -> Bool {
      value >= lower ?? .min && value <= upper ?? .max
    }
  }

  case everything
  /// Text that a field holds, or any field, or the year; case and accents are ignored.
  case words(Field?, String)
  case number(Measure, Bounds)
  case not(Query)
  /// Every one of two or more.
  case all([Query])
  /// At least one of two or more.
  case any([Query])
}

extension Query {
  /// What every one of the parts finds.
  package static func all(of parts: [Query]) -> Query {
    let flat = parts.flatMap { part -> [Query] in
      switch part {
      case .everything: []
      case .all(let inner): inner
      default: [part]
      }
    }
    return flat.count > 1 ? .all(flat) : flat.first ?? .everything
  }

  /// What at least one of the parts finds.
  package static func any(of parts: [Query]) -> Query {
    if parts.contains(.everything) { return .everything }
    let flat = parts.flatMap { part -> [Query] in
      if case .any(let inner) = part { inner } else { [part] }
    }
    return flat.count > 1 ? .any(flat) : flat.first ?? .everything
  }

  /// What a part does not find; of `everything`, which says nothing, nothing is left to say.
  package static func negation(of part: Query) -> Query {
    switch part {
    case .everything: .everything
    case .not(let inner): inner
    default: .not(part)
    }
  }

  /// Every word of a text that is no query: a song's name, as it is.
  package static func words(in text: String) -> Query {
    all(of: text.split(whereSeparator: \.isWhitespace).map { .words(nil, String($0)) })
  }

  /// True where what is found depends on the time at which it is asked.
  package var dependsOnTime: Bool {
    switch self {
    case .everything, .words: false
    case .number(let measure, _): measure == .age
    case .not(let part): part.dependsOnTime
    case .all(let parts), .any(let parts): parts.contains(where: \.dependsOnTime)
    }
  }

  /// True where a rating or a song that ends may change what is found.
  package var dependsOnListening: Bool {
    switch self {
    case .everything, .words: false
    case .number(let measure, _): measure == .rating || measure == .plays
    case .not(let part): part.dependsOnListening
    case .all(let parts), .any(let parts): parts.contains(where: \.dependsOnListening)
    }
  }
}
