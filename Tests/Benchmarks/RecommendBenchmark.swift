import Music
import Perception
import Session
import Taste

/// Choosing songs from a large catalogue with a long history, as a change of mood asks for.
struct RecommendBenchmark {
  let workspace: Workspace

  private static let events = 2_000
  private static let songs = 20

  func rows() -> [Row] {
    let count = workspace.scale.tracks
    let table = CandidateTable(Self.facts(count))
    let taste = ListenerTaste(log: Self.log(tracks: count))
    let recommender = Recommender()
    var generator = SeededGenerator(seed: 3)
    var chosen = 0
    let sample = Sample.times(max(100, workspace.scale.calls / 4)) {
      let songs = recommender.rank(
        table: table, taste: taste,
        mood: Mood(valence: 0.4, arousal: -0.2, certainty: 0.7, source: .face), policy: .match,
        now: 1_800_000_000, excluding: [TrackID(1)], count: Self.songs, generator: &generator)
      chosen += songs.count
    }
    precondition(chosen > 0, "nothing was recommended")
    let row = Row("recommend, \(count) tracks, \(Self.events) events", sample)
    return [row.aiming(at: "10 ms p99", sample.quantile(0.99) <= 10)]
  }

  /// Songs of three hundred artists, two thirds of which have a mood.
  private static func facts(_ count: Int) -> [TrackFacts] {
    var generator = SeededGenerator(seed: 1)
    return (0..<count).map { number in
      let mood = TrackMood(
        valence: .random(in: -1...1, using: &generator),
        arousal: .random(in: -1...1, using: &generator),
        certainty: number % 3 == 0 ? 0 : .random(in: 0.3...0.8, using: &generator))
      return TrackFacts(
        id: TrackID(Int64(number + 1)), artist: Int32(number / 12 % 300), album: Int32(number / 12),
        mood: mood, duration: 200)
    }
  }

  /// Two years of listening to a part of them.
  private static func log(tracks: Int) -> [RecordedFeedback] {
    var generator = SeededGenerator(seed: 2)
    return (1...events).map { number in
      let kind = Feedback.Kind.allCases.randomElement(using: &generator) ?? .completed
      let track = Int64.random(in: 1...Int64(max(1, tracks / 4)), using: &generator)
      let feedback = Feedback(
        listener: .default, track: TrackID(track),
        time: 1_800_000_000 - Double(events - number) * 30_000, kind: kind,
        fraction: .random(in: 0...1, using: &generator),
        value: kind == .rating ? .random(in: 1...10, using: &generator) : nil)
      return RecordedFeedback(number: Int64(number), feedback: feedback)
    }
  }
}
