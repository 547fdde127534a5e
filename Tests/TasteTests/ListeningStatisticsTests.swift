import Music
import Perception
import Testing

@testable import Taste

@Suite struct ListeningStatisticsTests {
  private func event(
    _ kind: Feedback.Kind, track: Int64 = 1, time: Double, value: Int? = nil,
    mood: Mood = Mood(valence: 0.5, arousal: 0.5, certainty: 1, source: .manual)
  ) -> Feedback {
    Feedback(
      listener: .default, track: TrackID(track), time: time, kind: kind, value: value, mood: mood)
  }

  private func statistics(_ events: [Feedback], offset: Double = 0) -> ListeningStatistics {
    ListeningStatistics(
      log: events.enumerated().map { RecordedFeedback(number: Int64($0 + 1), feedback: $1) },
      artist: { "Artist \($0.rawValue)" }, offset: { _ in offset })
  }

  @Test("songs, skips and ratings are counted, moods by the listener's own hour")
  func counts() {
    let low = Mood(valence: -0.5, arousal: -1, certainty: 0.5, source: .face)
    let result = statistics(
      [
        event(.completed, time: 1000), event(.skip, time: 1200), event(.chosen, time: 1300),
        event(.rating, time: 1400, value: 8, mood: low),
        event(.rating, time: 5000, value: 9, mood: .none),
      ], offset: 3600)
    #expect(result.heard == 1)
    #expect(result.skipped == 1)
    #expect(result.ratings.count == 1)
    #expect(result.ratings.mean == 9)
    #expect(result.hours.map(\.mood.count) == [0, 4] + [Int](repeating: 0, count: 22))
    #expect(result.hours[1].mood.valence == 0.25)
    #expect(result.hours[1].mood.arousal == 0.125)
  }

  @Test("songs, skips and ratings are counted by the hour as well, also without a mood")
  func hours() {
    let hour = 3600.0
    let result = statistics(
      [
        event(.completed, time: 1 * hour, mood: .none),
        event(.completed, time: 25 * hour, mood: .none), event(.skip, time: 1 * hour, mood: .none),
        event(.rating, time: 1 * hour, value: 3, mood: .none),
        event(.rating, time: 2 * hour, value: 8, mood: .none),
      ], offset: hour)
    #expect(result.hours.map(\.heard) == [0, 0, 2] + [Int](repeating: 0, count: 21))
    #expect(result.hours[2].skipped == 1)
    // Of the two ratings of one song the last counts, in its hour.
    #expect(result.hours[2].ratings.count == 0)
    #expect(result.hours[3].ratings.mean == 8)
    #expect(result.hours.enumerated().filter { !$0.element.isEmpty }.map(\.offset) == [2, 3])
    #expect(result.hours.allSatisfy { $0.mood.count == 0 })
  }

  @Test("of several ratings of one song the last counts, in its week and for its artist")
  func lastRating() {
    let week = 7 * 86_400.0
    let result = statistics([
      event(.rating, time: 0, value: 9), event(.rating, track: 2, time: 0, value: 4),
      event(.rating, time: week, value: 8),
    ])
    #expect(result.ratings.count == 2)
    #expect(result.ratings.mean == 6)
    #expect(result.weeks.map(\.tally.ratings.count) == [1, 1])
    #expect(result.weeks.last?.tally.ratings.mean == 8)
    let top = result.topArtists(in: .lively, count: 2)
    #expect(top.map(\.ratings.mean) == [8, 4])
  }

  @Test("under the demo face only ratings count, and not their mood")
  func demo() {
    let drawn = Mood(valence: 1, arousal: 1, certainty: 1, source: .demo)
    let result = statistics([
      event(.completed, time: 0, mood: drawn), event(.skip, time: 0, mood: drawn),
      event(.rating, time: 0, value: 3, mood: drawn),
    ])
    #expect(result.heard == 0)
    #expect(result.skipped == 0)
    #expect(result.ratings.mean == 3)
    #expect(result.hours.allSatisfy { $0.mood.count == 0 && $0.heard + $0.skipped == 0 })
    #expect(result.hours[0].ratings.count == 1)
    #expect(result.topArtists(in: .lively, count: 5).isEmpty)
  }

  @Test("weeks begin on Monday, by the listener's own clock")
  func weeks() {
    let sunday = 4.0 * 86_400 - 1800  // Sunday, 1970-01-04, half past eleven in the evening
    let result = statistics([event(.completed, time: sunday)])
    #expect(result.weeks.map(\.monday.description) == ["1969-12-29"])
    let ahead = statistics([event(.completed, time: sunday)], offset: 3600)
    #expect(ahead.weeks.map(\.monday.description) == ["1970-01-05"])
  }

  @Test("artists come by how often they were heard in a mood, then by rating, then by name")
  func artists() {
    let calm = Mood(valence: 0.1, arousal: -0.1, certainty: 1, source: .manual)
    let result = statistics([
      event(.completed, track: 1, time: 0), event(.completed, track: 2, time: 0),
      event(.completed, track: 2, time: 0), event(.completed, track: 3, time: 0),
      event(.rating, track: 3, time: 0, value: 9), event(.completed, track: 4, time: 0, mood: calm),
    ])
    #expect(
      result.topArtists(in: .lively, count: 3).map(\.name) == ["Artist 2", "Artist 3", "Artist 1"])
    #expect(result.topArtists(in: .lively, count: 1).count == 1)
    #expect(result.topArtists(in: .calm, count: 3).map(\.name) == ["Artist 4"])
  }
}
