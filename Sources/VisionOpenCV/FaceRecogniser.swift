import Glibc
import Perception

/// Says whose a face may be, by comparing its local binary patterns with the registered ones.
///
/// The third step of the eye. It only scores: whether a match counts as a login, and for how
/// long, is the player's to decide. It cannot tell a face from its photograph.
package final class FaceRecogniser {
  /// A face as near as this counts as recognised; its score is then one half.
  ///
  /// Measured: the decision page on LBPH's threshold has the figures.
  static let acceptedDistance = 0.542
  /// Score by distance; 25 spreads what was measured (0.3...0.7) over 0.02...1.
  private static let steepness = 25.0
  /// How many of a person's samples, the nearest, make up the distance.
  private static let nearest = 2

  package static let threshold = 0.5

  private var people: [(person: Int64, samples: [FacePatterns])] = []

  package init() {}

  package var isIdle: Bool { people.isEmpty }

  /// Replaces the gallery; templates of other recognisers and broken ones are left out.
  package func register(_ entries: [GalleryEntry]) {
    people = entries.compactMap { entry in
      entry.template.samples.map { (entry.person, $0) }
    }
  }

  /// Everybody registered, the likeliest first.
  func candidates(for face: FacePatterns) -> [IdentityCandidate] {
    people.map { person, samples in
      let distances = samples.map(face.distance).sorted().prefix(Self.nearest)
      let distance = distances.reduce(0, +) / Double(max(1, distances.count))
      return IdentityCandidate(
        person: person, score: Self.score(distance: distance), threshold: Self.threshold)
    }
    .sorted { $0.score > $1.score }
  }

  /// 1 for the same picture, one half at the accepted distance, towards 0 beyond.
  static func score(distance: Double) -> Double {
    1 / (1 + exp(steepness * (distance - acceptedDistance)))
  }
}
