import GRDB
import Music

/// Years, durations, ratings and plays, each by an index of its own.
extension QueryEvaluation {
  func places(_ measure: Query.Measure, _ bounds: Query.Bounds) throws -> PlaceSet {
    switch measure {
    case .year: try tracks(Self.yearSQL, bounds.lower ?? .min, bounds.upper ?? .max)
    case .duration:
      try tracks(
        Self.durationSQL, Double(bounds.lower ?? 0),
        bounds.upper.map { Double($0) + 1 } ?? .infinity)
    case .rating: try rated(bounds)
    case .plays: try played(bounds)
    case .added: try added(on: bounds)
    case .age: try added(ago: bounds)
    }
  }

  static let yearSQL = "SELECT id FROM track WHERE year BETWEEN ? AND ?"
  static let durationSQL = "SELECT id FROM track WHERE duration >= ? AND duration < ?"
  static let tagRatingSQL = "SELECT id FROM track WHERE rating BETWEEN ? AND ?"

  /// The value that stands beside the greatest number is the last one given:
  /// https://www.sqlite.org/lang_select.html#bareagg
  static let ownRatingSQL = """
    SELECT track, value, max(number) FROM feedback
    WHERE listener = ? AND kind = 'rating' GROUP BY track
    """
  static let playsSQL = """
    SELECT track, count(*) FROM feedback WHERE listener = ? AND kind = 'completed' GROUP BY track
    """

  func tracks(
    _ sql: String, _ from: some DatabaseValueConvertible, _ to: some DatabaseValueConvertible
  ) throws -> PlaceSet {
    let ids = try Int64.fetchCursor(db.cachedStatement(sql: sql), arguments: [from, to])
    var found = nothing
    while let id = try ids.next() {
      if let place = order.place(of: id) { found.insert(place) }
    }
    return found
  }

  /// A listener's own rating outranks the file's. 0 is said of songs that have none, and has to be
  /// asked for.
  private func rated(_ bounds: Query.Bounds) throws -> PlaceSet {
    let least = 1
    var found = try tracks(
      Self.tagRatingSQL, max(least, bounds.lower ?? least), min(10, bounds.upper ?? 10))
    let own = try perTrack(Self.ownRatingSQL)
    for (place, value) in own {
      if bounds.contains(value) { found.insert(place) } else { found.remove(place) }
    }
    guard let lower = bounds.lower, lower < least else { return found }
    var rated = try tracks(Self.tagRatingSQL, least, 10)
    for (place, _) in own { rated.insert(place) }
    found.formUnion(everything.subtracting(rated))
    return found
  }

  private func played(_ bounds: Query.Bounds) throws -> PlaceSet {
    var found = bounds.contains(0) ? everything : nothing
    for (place, count) in try perTrack(Self.playsSQL) {
      if bounds.contains(count) { found.insert(place) } else { found.remove(place) }
    }
    return found
  }

  /// One number for each track that the listener's log knows.
  private func perTrack(_ sql: String) throws -> [(place: Int, value: Int)] {
    guard let listener else { return [] }
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [listener])
    var values: [(place: Int, value: Int)] = []
    while let row = try rows.next() {
      if let place = order.place(of: try row.decode(Int64.self, atIndex: 0)) {
        values.append((place, try row.decode(Int.self, atIndex: 1)))
      }
    }
    return values
  }
}
