import GRDB
import Music

/// Years, durations and ratings, which lie in memory beside the order of the list, and plays, which
/// the log of the listener tells.
extension QueryEvaluation {
  func places(_ measure: Query.Measure, _ bounds: Query.Bounds) throws -> PlaceSet {
    switch measure {
    case .year: places(order.columns.years, bounds, from: ListColumns.none + 1)
    case .duration: places(order.columns.durations, bounds, from: 0)
    case .rating: try rated(bounds)
    case .plays: try played(bounds)
    case .added: try added(on: bounds)
    case .age: try added(ago: bounds)
    }
  }

  /// The value that stands beside the greatest number is the last one given:
  /// https://www.sqlite.org/lang_select.html#bareagg
  static let ownRatingSQL = """
    SELECT track, value, max(number) FROM feedback
    WHERE listener = ? AND kind = 'rating' GROUP BY track
    """
  static let playsSQL = """
    SELECT track, count(*) FROM feedback WHERE listener = ? AND kind = 'completed' GROUP BY track
    """

  /// Where a number lies within the bounds; what is below `least` stands for none.
  private func places<Number: FixedWidthInteger>(
    _ column: [Number], _ bounds: Query.Bounds, from least: Number
  ) -> PlaceSet {
    let lower = max(least, bounds.lower.map { Number(clamping: $0) } ?? least)
    let upper = bounds.upper.map { Number(clamping: $0) } ?? .max
    return PlaceSet(column) { $0 >= lower && $0 <= upper }
  }

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
    var found = places(order.columns.ratings, bounds, from: Int8(least))
    let own = try perTrack(Self.ownRatingSQL)
    for (place, value) in own {
      if bounds.contains(value) { found.insert(place) } else { found.remove(place) }
    }
    guard let lower = bounds.lower, lower < least else { return found }
    var rated = PlaceSet(order.columns.ratings) { $0 > 0 }
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
