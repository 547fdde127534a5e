import Music
import Perception

/// What one listener's feedback has come to: the fold of the append-only log. Stands between
/// feedback and the next recommendation.
///
/// Everything is evidence of a rating: a value 1...10 with a weight. A rating weighs most; a song
/// heard to its end, skipped early or taken out of the queue is a hint. It knows no song's mood
/// and decides nothing: that is `Recommender`.
package struct ListenerTaste: Equatable, Sendable {
  /// What is known of each track, by its first event in the log: an order that is the same at each
  /// start, so that sums over it are, too.
  package private(set) var tracks: [TrackHistory] = []
  private var places: [TrackID: Int] = [:]
  /// The number of the last event of the log that was absorbed; 0 is none.
  package private(set) var lastNumber: Int64 = 0
  /// All ratings of the listener: how high the listener rates in general.
  private var ratings = Evidence()

  package init() {}

  /// The taste that a log has come to, oldest event first.
  package init(log: [RecordedFeedback]) {
    for event in log { absorb(event) }
  }

  /// The rating to expect of a song about which nothing is known, 1...10.
  ///
  /// The listener's mean, held back towards the middle while there are few ratings.
  package var meanRating: Double { ratings.mean(prior: 5.5, weight: 8) }

  /// Learns from one row of the log; a row that was absorbed already changes nothing.
  package mutating func absorb(_ event: RecordedFeedback) {
    guard event.number > lastNumber else { return }
    lastNumber = event.number
    absorb(event.feedback)
  }

  /// Learns from one event that need not be stored, as a guest's.
  ///
  /// Under the demo face only ratings are learned from; that a song was heard still counts as
  /// heard, so that it does not come again at once.
  package mutating func absorb(_ feedback: Feedback) {
    if feedback.kind == .rating {
      guard let value = feedback.value, (1...10).contains(value) else { return }
      ratings.add(Double(value), weight: 1)
      tracks[makePlace(of: feedback.track)].rate(Double(value))
    } else {
      let place = makePlace(of: feedback.track)
      tracks[place].hear(feedback)
      if feedback.mood.source != .demo { tracks[place].take(feedback) }
    }
  }

  /// What is known of one track; nil where nothing is.
  package func history(of track: TrackID) -> TrackHistory? { places[track].map { tracks[$0] } }

  private mutating func makePlace(of track: TrackID) -> Int {
    if let place = places[track] { return place }
    places[track] = tracks.count
    tracks.append(TrackHistory(track: track))
    return tracks.count - 1
  }
}

/// What one listener did with one track.
package struct TrackHistory: Equatable, Sendable {
  package let track: TrackID
  /// How often it was rated.
  package private(set) var ratingCount = 0
  /// How often it was heard, to the end or not.
  package private(set) var plays = 0
  package private(set) var completions = 0
  package private(set) var skips = 0
  /// Seconds since 1970; nil is never.
  package private(set) var lastHeard: Double?
  private(set) var ratings = Evidence()
  private(set) var hints = Evidence()

  /// The mean of the ratings, of which the last weigh more; nil where there is none.
  package var meanRating: Double? {
    ratings.weight > 0 ? ratings.sum / ratings.weight : nil
  }

  /// All that speaks for or against the track.
  var evidence: Evidence {
    Evidence(sum: ratings.sum + hints.sum, weight: ratings.weight + hints.weight)
  }

  fileprivate init(track: TrackID) { self.track = track }

  fileprivate mutating func hear(_ feedback: Feedback) {
    switch feedback.kind {
    case .skip, .completed, .replay:
      guard feedback.time.isFinite else { return }
      lastHeard = max(lastHeard ?? feedback.time, feedback.time)
    case .rating, .removed, .chosen: break
    }
  }

  fileprivate mutating func rate(_ value: Double) {
    ratingCount += 1
    ratings.fade(by: 0.6)
    ratings.add(value, weight: 2)
  }

  fileprivate mutating func take(_ feedback: Feedback) {
    switch feedback.kind {
    case .rating: return
    case .completed:
      completions += 1
      plays += 1
      hint(7.5, weight: 0.4)
    case .skip:
      skips += 1
      plays += 1
      let heard = Self.share(feedback.fraction)
      // Left in its first seconds says "not this"; left in its last ones says almost nothing.
      hint(2 + 3.5 * heard, weight: 0.2 + 0.6 * (1 - heard))
    case .replay:
      plays += 1
      hint(9, weight: 0.6)
    case .removed: hint(3, weight: 0.4)
    case .chosen: hint(8, weight: 0.5)
    }
  }

  private mutating func hint(_ value: Double, weight: Double) {
    hints.fade(by: 0.85)
    hints.add(value, weight: weight)
  }

  /// The share heard, 0...1; an unknown one counts as a half.
  private static func share(_ fraction: Double?) -> Double {
    guard let fraction, fraction.isFinite else { return 0.5 }
    return min(1, max(0, fraction))
  }
}

/// Weighted values on the scale of ratings, 1...10.
struct Evidence: Equatable, Sendable {
  var sum = 0.0
  var weight = 0.0

  mutating func add(_ value: Double, weight: Double) {
    sum += value * weight
    self.weight += weight
  }

  mutating func add(_ other: Evidence) {
    sum += other.sum
    weight += other.weight
  }

  /// Makes what was added before count for less.
  mutating func fade(by factor: Double) {
    sum *= factor
    weight *= factor
  }

  /// The mean of the evidence and of a prior that weighs as said.
  func mean(prior: Double, weight priorWeight: Double) -> Double {
    (sum + prior * priorWeight) / (weight + priorWeight)
  }
}
