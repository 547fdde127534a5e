import Music
import Perception
import Taste
import Testing

@Suite struct LearnerTests {
  private let demo = Mood(valence: 0, arousal: 0, certainty: 1, source: .demo)

  @Test("the last rating weighs more than the ones before")
  func lastRating() throws {
    let mind = taste([feedback(.rating, 1, value: 2), feedback(.rating, 1, value: 9)])
    let track = try #require(mind.history(of: TrackID(1)))
    #expect(track.ratingCount == 2)
    #expect(try #require(track.meanRating) > 6)
  }

  @Test("the same row of the log counts once, and the order of reading in pieces does not matter")
  func replay() {
    let log = history(count: 200, tracks: 30, seed: 5).enumerated().map {
      RecordedFeedback(number: Int64($0.offset + 1), feedback: $0.element)
    }
    let whole = ListenerTaste(log: log)
    var pieces = ListenerTaste(log: Array(log.prefix(90)))
    for event in log.dropFirst(70) { pieces.absorb(event) }
    #expect(pieces == whole)
    #expect(whole.lastNumber == 200)
  }

  @Test("a rating out of range teaches nothing", arguments: [nil, 0, 11, -3])
  func badRating(value: Int?) {
    #expect(taste([feedback(.rating, 1, value: value)]) == ListenerTaste())
  }

  @Test("under the demo face ratings count; skips and completed songs do not")
  func demoFace() throws {
    let mind = taste([
      feedback(.skip, 1, fraction: 0.02, mood: demo), feedback(.rating, 2, value: 9, mood: demo),
      feedback(.completed, 3, fraction: 1, time: evening - 60, mood: demo),
    ])
    #expect(mind.history(of: TrackID(1))?.skips == 0)
    #expect(mind.history(of: TrackID(2))?.meanRating == 9)
    #expect(mind.history(of: TrackID(3))?.completions == 0)
    #expect(mind.history(of: TrackID(3))?.lastHeard == evening - 60)
  }

  @Test("an early skip sinks a song more than a late one; one heard to the end rises")
  func skips() {
    let table = [
      facts(1, artist: 1), facts(2, artist: 2), facts(3, artist: 3), facts(4, artist: 4),
    ]
    let mind = taste([
      feedback(.skip, 1, fraction: 0.03), feedback(.skip, 2, fraction: 0.9),
      feedback(.completed, 3, fraction: 1),
    ])
    #expect(plainRank(table, mind).map(\.track.rawValue) == [3, 4, 2, 1])
  }

  @Test("chosen by hand and played again raise a song, taken out of the queue sinks it")
  func hints() {
    let table = (1...4).map { facts($0, artist: Int32($0)) }
    let mind = taste([
      feedback(.chosen, 1), feedback(.removed, 2), feedback(.replay, 3, fraction: 1),
    ])
    let songs = plainRank(table, mind)
    #expect(Set(songs.prefix(2).map(\.track.rawValue)) == [1, 3])
    #expect(songs.last?.track == TrackID(2))
  }
}
