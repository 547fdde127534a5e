/// Where a track lies in the plane of valence and arousal, and how surely that is known.
///
/// What tags say is a first guess; measuring the sound says more. Not knowing is said by a certainty
/// of 0, never by a place: what that means for choosing is the recommender's to say.
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

  /// A first guess from a file's tags.
  ///
  /// A mood tag is what somebody heard, and counts most; a genre leaves a standard deviation of about
  /// 0.4 in the plane; a tempo hints at arousal alone. Where two speak they are averaged by their
  /// certainty. Unknown words say nothing. Nothing known is `unknown`.
  ///
  /// - Parameters:
  ///   - moodTag: As written: "Happy", "sad; lonely".
  ///   - genre: As written: "Melodic Death Metal", "Rock; Jazz".
  ///   - bpm: Beats a minute.
  /// - Returns: A place with a certainty of 0.8 from a mood tag, 0.3 from a genre, 0.1 from a tempo.
  package static func estimate(moodTag: String?, genre: String?, bpm: Double?) -> TrackMood {
    let mood = moodTag.flatMap(MoodWords.place)
    let prior = genre.flatMap(GenrePriors.place)
    var valence = WeightedMean()
    var arousal = WeightedMean()
    if let mood {
      valence.add(mood.valence, moodCertainty)
      arousal.add(mood.arousal, moodCertainty)
    }
    if let prior {
      // Beside a mood tag a genre has little left to say.
      let weight = mood == nil ? genreCertainty : genreCertainty / 4
      valence.add(prior.valence, weight)
      arousal.add(prior.arousal, weight)
    }
    let tempo = bpm.flatMap(arousalOfTempo)
    if let tempo { arousal.add(tempo, mood == nil ? tempoCertainty : tempoCertainty / 4) }
    let certainty =
      mood != nil
      ? moodCertainty : prior != nil ? genreCertainty : tempo != nil ? tempoCertainty : 0
    return TrackMood(valence: valence.value, arousal: arousal.value, certainty: certainty)
  }

  private static let moodCertainty: Float = 0.8
  private static let genreCertainty: Float = 0.3
  private static let tempoCertainty: Float = 0.1

  /// 60 beats a minute are calm, 180 are lively; between lies a straight line. Half and double
  /// tempo are often confused, so the ends stay far from -1 and 1.
  private static func arousalOfTempo(_ bpm: Double) -> Float? {
    guard bpm.isFinite, (20...400).contains(bpm) else { return nil }
    return Float(min(0.6, max(-0.6, (bpm - 120) / 100)))
  }

  /// 0 where nothing was added.
  private struct WeightedMean {
    private var sum: Float = 0
    private var weight: Float = 0

    mutating func add(_ value: Float, _ weight: Float) {
      sum += value * weight
      self.weight += weight
    }

    var value: Float { weight > 0 ? sum / weight : 0 }
  }
}
