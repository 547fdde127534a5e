import Music

/// How the numbers of a table are meant: services count valence and energy from 0 to 1 or in percent,
/// we from -1 to 1, and ratings come as stars, out of ten or in percent.
package struct TrackTableScale: Equatable, Sendable {
  package enum Moods: String, CaseIterable, Sendable {
    /// 0...1
    case unit
    /// -1...1
    case signed
    /// 0...100
    case percent

    package var range: ClosedRange<Double> {
      switch self {
      case .unit: 0...1
      case .signed: -1...1
      case .percent: 0...100
      }
    }
  }

  /// Why valence and energy are taken to go from where to where they do.
  package enum Reason: String, Sendable {
    /// The caller said so.
    case asked
    /// There is a column of that name.
    case arousal, energy, danceability
    case someBelowZero = "some_below_zero"
    case noneBelowZero = "none_below_zero"
    case mostAboveTen = "most_above_ten"
  }

  package enum Ratings: String, CaseIterable, Sendable {
    /// 0...5, halves too.
    case stars
    /// 0...10
    case ten
    /// 0...100
    case percent

    package var highest: Double {
      switch self {
      case .stars: 5
      case .ten: 10
      case .percent: 100
      }
    }
  }

  package var moods: Moods
  package private(set) var reason: Reason
  /// How many numbers there are of valence, energy and arousal.
  package private(set) var placed: Int
  /// How many of them lie within the scale.
  package private(set) var placedFitting: Int
  /// One of them is below 0.
  package private(set) var hasNegative: Bool
  package var ratings: Ratings
  /// How many rows have a rating, 0 apart.
  package private(set) var rated: Int
  /// How many of them lie within the scale.
  package private(set) var fitting: Int

  /// Judges by the columns: beside `arousal` a valence is signed, beside `energy` or `danceability`
  /// it is not; alone it is signed where any is below 0. Where most in each column are above 10 they
  /// are percents, whatever the columns. Ratings are judged by most of them.
  init(
    _ numbers: [[TrackTable.Column: Double]], columns: Set<TrackTable.Column>,
    moods wantedMoods: Moods?, ratings wantedRatings: Ratings?
  ) {
    let places = [TrackTable.Column.valence, .energy, .arousal].map { column in
      numbers.compactMap { $0[column] }
    }
    let all = places.joined()
    hasNegative = all.contains { $0 < 0 }
    (moods, reason) =
      wantedMoods.map { ($0, .asked) }
      ?? Self.moods(in: places, columns, hasNegative: hasNegative)
    let range = moods.range
    placed = all.count
    placedFitting = all.count { range.contains($0) }
    let given = numbers.compactMap { $0[.rating] }.filter { $0 != 0 }
    let ratings = wantedRatings ?? Self.ratings(in: given)
    self.ratings = ratings
    rated = given.count
    fitting = given.count { (0...ratings.highest).contains($0) }
  }

  private static func moods(
    in places: [[Double]], _ columns: Set<TrackTable.Column>, hasNegative: Bool
  ) -> (Moods, Reason) {
    let given = places.map { $0.filter { $0 != 0 } }.filter { !$0.isEmpty }
    if !given.isEmpty, given.allSatisfy({ column in column.count { $0 > 10 } * 2 > column.count }) {
      return (.percent, .mostAboveTen)
    }
    if columns.contains(.arousal) { return (.signed, .arousal) }
    if columns.contains(.energy) { return (.unit, .energy) }
    if columns.contains(.danceability) { return (.unit, .danceability) }
    return hasNegative ? (.signed, .someBelowZero) : (.unit, .noneBelowZero)
  }

  /// One odd number must not change what all others mean, so it is refused with its row. Of percents
  /// most are above ten; of ratings out of ten few may be above five, of stars one in twenty at most.
  private static func ratings(in given: [Double]) -> Ratings {
    let high = given.count { $0 > 10 }
    if high > 0, high * 2 >= given.count { return .percent }
    let middle = given.count { $0 > 5 } - high
    return middle * 20 > given.count - high ? .ten : .stars
  }

  /// -1...1; nil where the row has none.
  func mood(
    _ cells: TrackTableLayout.Cells, _ column: TrackTable.Column
  ) throws(TrackTableFault) -> Double? {
    guard let value = cells.numbers[column] else { return nil }
    let range = moods.range
    guard range.contains(value) else {
      throw TrackTableFault(
        reason: "\(column.rawValue) \(Self.text(value)) is not from \(Int(range.lowerBound)) to "
          + "\(Int(range.upperBound))")
    }
    return switch moods {
    case .unit: value * 2 - 1
    case .signed: value
    case .percent: (value * 2 - 100) / 100
    }
  }

  /// 1...10; nil for 0, which stands for none.
  func rating(_ cells: TrackTableLayout.Cells) throws(TrackTableFault) -> Int? {
    guard let value = cells.numbers[.rating], value != 0 else { return nil }
    guard (0...ratings.highest).contains(value) else {
      throw TrackTableFault(
        reason: "rating \(Self.text(value)) is not from 0 to \(Int(ratings.highest))")
    }
    return max(1, Int((value * 10 / ratings.highest).rounded()))
  }

  /// Whole numbers without a point.
  private static func text(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  /// Beats a minute, 20...400; services write 0 where they do not know.
  func tempo(_ cells: TrackTableLayout.Cells) throws(TrackTableFault) -> Double? {
    guard let value = cells.numbers[.tempo], value != 0 else { return nil }
    guard (20...400).contains(value) else {
      throw TrackTableFault(reason: "tempo \(Self.text(value)) is not from 20 to 400")
    }
    return value
  }
}
