import Music

/// A song that is recommended, with its score and why.
package struct Recommendation: Equatable, Sendable {
  package var track: TrackID
  /// The rating that the listener is expected to give, 1...10.
  package var score: Double
  /// The strongest first; never empty.
  package var reasons: [Reason]

  package init(track: TrackID, score: Double, reasons: [Reason]) {
    self.track = track
    self.score = score
    self.reasons = reasons
  }
}
