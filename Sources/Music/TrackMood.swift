/// Where a track lies in the plane of valence and arousal, and how surely that is known.
package struct TrackMood: Equatable, Sendable {
  /// -1...1
  package var valence: Float
  /// -1...1
  package var arousal: Float
  /// 0 knows nothing ... 1; a mood tag is surer than a genre.
  package var certainty: Float

  package init(valence: Float, arousal: Float, certainty: Float) {
    self.valence = valence
    self.arousal = arousal
    self.certainty = certainty
  }

  package static let unknown = TrackMood(valence: 0, arousal: 0, certainty: 0)
}
