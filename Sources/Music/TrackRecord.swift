/// What became of one track: when it came, what the listener did with it, what was imported about
/// it. Its tags are not in here.
package struct TrackRecord: Equatable, Sendable {
  /// Seconds since 1970; nil for what came before that was written down.
  package var added: Double?
  /// How often the listener heard it to its end.
  package var plays: Int
  /// When it was last heard to its end, seconds since 1970.
  package var lastPlayed: Double?
  /// The listener's last rating, 1...10.
  package var rating: Int?
  package var details: TrackDetails?

  package init(
    added: Double? = nil, plays: Int = 0, lastPlayed: Double? = nil, rating: Int? = nil,
    details: TrackDetails? = nil
  ) {
    self.added = added
    self.plays = plays
    self.lastPlayed = lastPlayed
    self.rating = rating
    self.details = details
  }
}
