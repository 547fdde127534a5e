import Music
import Perception

/// What one listener's log has come to, counted: songs, ratings, moods by the hour and by the week,
/// and who is heard in which mood. A fold of the log; it recommends nothing.
///
/// Of several ratings of one song the last counts. What happened under the demo face is left out,
/// but for its ratings, which are the listener's own; their mood is not.
package struct ListeningStatistics: Equatable, Sendable {
  /// A mean of moods.
  package struct MoodMean: Equatable, Sendable {
    /// How many moods went into it.
    package private(set) var count = 0
    private var valenceSum = 0.0
    private var arousalSum = 0.0

    /// -1...1; 0 without any.
    package var valence: Double { count > 0 ? valenceSum / Double(count) : 0 }
    /// -1...1; 0 without any.
    package var arousal: Double { count > 0 ? arousalSum / Double(count) : 0 }

    mutating func add(_ mood: Mood) {
      count += 1
      valenceSum += mood.valence
      arousalSum += mood.arousal
    }
  }

  package struct Ratings: Equatable, Sendable {
    /// How often each rating was given, from 1 to 10.
    package private(set) var counts = [Int](repeating: 0, count: 10)

    package var count: Int { counts.reduce(0, +) }

    /// 1...10; nil without any.
    package var mean: Double? {
      guard count > 0 else { return nil }
      let sum = counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
      return Double(sum) / Double(count)
    }

    mutating func add(_ value: Int) {
      if (1...10).contains(value) { counts[value - 1] += 1 }
    }
  }

  /// What happened in an hour of the day, or in a week.
  package struct Tally: Equatable, Sendable {
    package fileprivate(set) var heard = 0
    package fileprivate(set) var skipped = 0
    package fileprivate(set) var ratings = Ratings()
    package fileprivate(set) var mood = MoodMean()

    /// Nothing was heard, skipped or rated, and no mood was known.
    package var isEmpty: Bool { heard + skipped + ratings.count + mood.count == 0 }

    fileprivate mutating func add(_ feedback: Feedback) {
      switch feedback.kind {
      case .completed: heard += 1
      case .skip: skipped += 1
      case .rating: ratings.add(feedback.value ?? 0)
      case .replay, .removed, .chosen: break
      }
    }
  }

  package struct Week: Equatable, Sendable {
    /// Its Monday.
    package var monday: CalendarDay.Date
    package fileprivate(set) var tally = Tally()
  }

  package struct Artist: Equatable, Sendable {
    package var name: String
    package var heard = 0
    package var ratings = Ratings()
  }

  /// The four corners of the plane of valence and arousal.
  package enum Corner: String, CaseIterable, Sendable {
    /// Pleasant and lively.
    case lively
    /// Unpleasant and lively.
    case tense
    /// Unpleasant and quiet.
    case low
    /// Pleasant and quiet.
    case calm

    init(_ mood: Mood) {
      if mood.arousal >= 0 {
        self = mood.valence >= 0 ? .lively : .tense
      } else {
        self = mood.valence >= 0 ? .calm : .low
      }
    }
  }

  private var all = Tally()
  /// Songs heard to their end.
  package var heard: Int { all.heard }
  package var skipped: Int { all.skipped }
  package var ratings: Ratings { all.ratings }
  /// By the hour of the listener's day, 0 to 23.
  package private(set) var hours = [Tally](repeating: Tally(), count: 24)
  /// The weeks in which something happened, oldest first.
  package private(set) var weeks: [Week] = []
  private var artists: [Corner: [String: Artist]] = [:]
  /// Seconds since 1970 beyond which no day is reckoned.
  private static let longest = 1e13

  /// - Parameters:
  ///   - log: Oldest first.
  ///   - artist: The name of a track's artist.
  ///   - offset: Seconds that the listener's clock is ahead of UTC, at a time in seconds since 1970.
  package init(
    log: [RecordedFeedback], artist: (TrackID) -> String?, offset: (Double) -> Double
  ) {
    var weeks: [Int: Week] = [:]
    var lastRatings: [TrackID: Int64] = [:]
    for event in log where event.feedback.kind == .rating {
      lastRatings[event.feedback.track] = event.number
    }
    for event in log {
      let feedback = event.feedback
      let isDemo = feedback.mood.source == .demo
      guard !isDemo || feedback.kind == .rating else { continue }
      let local = feedback.time + offset(feedback.time)
      guard local.magnitude < Self.longest else { continue }
      let day = Int((local / 86_400).rounded(.down))
      let monday = CalendarDay.monday(of: day)
      var week = weeks[monday] ?? Week(monday: CalendarDay.date(monday))
      let isKnown = !isDemo && feedback.mood.certainty > 0
      let hour = min(23, Int((local - Double(day) * 86_400) / 3600))
      if isKnown {
        hours[hour].mood.add(feedback.mood)
        week.tally.mood.add(feedback.mood)
      }
      let isOutdated =
        feedback.kind == .rating && lastRatings[feedback.track] != event.number
      if !isOutdated {
        all.add(feedback)
        hours[hour].add(feedback)
        week.tally.add(feedback)
      }
      weeks[monday] = week
      if isKnown, !isOutdated, let name = artist(feedback.track) {
        count(feedback, of: name, in: Corner(feedback.mood))
      }
    }
    self.weeks = weeks.sorted { $0.key < $1.key }.map(\.value)
  }

  private mutating func count(_ feedback: Feedback, of name: String, in corner: Corner) {
    guard feedback.kind == .completed || feedback.kind == .rating else { return }
    var artist = artists[corner]?[name] ?? Artist(name: name)
    if feedback.kind == .completed { artist.heard += 1 }
    if let value = feedback.value { artist.ratings.add(value) }
    artists[corner, default: [:]][name] = artist
  }

  /// Those heard most in a mood, then those rated best, then by name.
  package func topArtists(in corner: Corner, count: Int) -> [Artist] {
    let all = (artists[corner] ?? [:]).values.sorted { left, right in
      let (best, other) = (left.ratings.mean ?? 0, right.ratings.mean ?? 0)
      if left.heard != right.heard { return left.heard > right.heard }
      return best != other ? best > other : left.name < right.name
    }
    return Array(all.prefix(count))
  }
}
