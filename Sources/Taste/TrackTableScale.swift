import Music

/// How the numbers of a table are meant: services count valence and energy from 0 to 1, we from -1
/// to 1, and ratings come as stars, out of ten or in percent.
package struct TrackTableScale: Equatable, Sendable {
  package enum Moods: String, CaseIterable, Sendable {
    /// 0...1
    case unit
    /// -1...1
    case signed
  }

  package enum Ratings: String, Sendable {
    /// 0...5, halves too.
    case stars
    /// 0...10
    case ten
    /// 0...100
    case percent
  }

  package var moods: Moods
  package var ratings: Ratings

  /// Judges by the columns: beside `arousal` a valence is signed, beside `energy` or `danceability`
  /// it is not; alone it is signed where any is below 0. Ratings are judged by the highest.
  init(
    _ numbers: [[TrackTable.Column: Double]], columns: Set<TrackTable.Column>, moods wanted: Moods?
  ) {
    let judged: Moods =
      if columns.contains(.arousal) {
        .signed
      } else if !columns.isDisjoint(with: [.energy, .danceability]) {
        .unit
      } else {
        numbers.contains { $0[.valence] ?? 0 < 0 } ? .signed : .unit
      }
    moods = wanted ?? judged
    let highest = numbers.compactMap { $0[.rating] }.max() ?? 0
    ratings = highest > 10 ? .percent : highest > 5 ? .ten : .stars
  }

  /// -1...1; nil where the row has none.
  func mood(
    _ cells: TrackTableLayout.Cells, _ column: TrackTable.Column
  ) throws(TrackTableFault) -> Double? {
    guard let value = cells.numbers[column] else { return nil }
    let range = moods == .unit ? 0.0...1 : -1...1
    guard range.contains(value) else {
      throw TrackTableFault(
        reason: "\(column.rawValue) \(value) is not from \(Int(range.lowerBound)) to 1")
    }
    return moods == .unit ? value * 2 - 1 : value
  }

  /// 1...10; nil for 0, which stands for none.
  func rating(_ cells: TrackTableLayout.Cells) throws(TrackTableFault) -> Int? {
    guard let value = cells.numbers[.rating], value != 0 else { return nil }
    let (highest, factor): (Double, Double) =
      switch ratings {
      case .stars: (5, 2)
      case .ten: (10, 1)
      case .percent: (100, 0.1)
      }
    guard (0...highest).contains(value) else {
      throw TrackTableFault(reason: "rating \(value) is not from 0 to \(Int(highest))")
    }
    return max(1, Int((value * factor).rounded()))
  }

  /// Beats a minute; services write 0 where they do not know.
  func tempo(_ cells: TrackTableLayout.Cells) -> Double? {
    cells.numbers[.tempo].flatMap { (20...400).contains($0) ? $0 : nil }
  }
}
