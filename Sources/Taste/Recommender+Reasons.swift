import Music

extension Appraisal {
  /// Why the row is where it is: at most three reasons, the strongest first, never none.
  ///
  /// A reason is as strong as what it moves the leaning by, up or down.
  func reasons(for row: Int) -> [Reason] {
    let history = taste.history(of: table.ids[row])
    var found = moodReasons(row)
    if let history { found += ownReasons(history) }
    if let reason = artistReason(row, history: history) { found.append(reason) }
    let tagged = Int(table.taggedRatings[row])
    if tagged > 0, history?.ratingCount ?? 0 == 0 {
      found.append((.taggedRating(tagged), abs(Self.leaning(rating: Double(tagged))) * 0.4))
    }
    if history?.lastHeard == nil, history?.ratingCount ?? 0 == 0 { found.append((.new, 0.02)) }
    if found.isEmpty { return [.variety] }
    // The sort of the standard library is stable: equal ones stay in the order above.
    return found.sorted { $0.strength > $1.strength }.prefix(3).map(\.reason)
  }

  private typealias Weighed = (reason: Reason, strength: Double)

  private func moodReasons(_ row: Int) -> [Weighed] {
    let certainty = table.certainties[row]
    guard certainty > 0 else { return [(.unknownMood, 0.01)] }
    let strength = Double(moodLeaning(of: row))
    guard strength > 0 else { return [] }
    return [(certainty >= Self.taggedCertainty ? .closeMood : .genreMood, strength)]
  }

  /// A track's mood that is surer than this comes from its own tag or sound, not from its genre.
  private static var taggedCertainty: Float { 0.6 }

  private func ownReasons(_ history: TrackHistory) -> [Weighed] {
    var found: [Weighed] = []
    if let mean = history.meanRating {
      found.append((.rated(mean), 0.1 + abs(Self.leaning(rating: mean))))
    }
    if history.completions > 0 { found.append((.finished(history.completions), 0.12)) }
    if history.skips > 0 { found.append((.skipped(history.skips), 0.15)) }
    let fresh = 1.2 * freshness(history.lastHeard, hours: 4)
    if let heard = history.lastHeard, fresh > 0.05 {
      found.append((.heardLately(minutes: Int(min(abs(now - heard) / 60, 100_000))), fresh))
    }
    return found
  }

  /// The artist is liked for other songs than this one.
  private func artistReason(_ row: Int, history: TrackHistory?) -> Weighed? {
    guard table.artists[row] >= 0 else { return nil }
    var artist = artists[Int(table.artists[row])].ratings
    if let own = history?.meanRating { artist.add(Evidence(sum: -own, weight: -1)) }
    guard artist.weight > 0.5 else { return nil }
    let mean = artist.sum / artist.weight
    guard mean >= 6.5 else { return nil }
    return (.likedArtist(mean), 0.5 * Self.leaning(rating: mean))
  }
}
