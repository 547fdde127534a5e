import Music
import Perception
import Taste
import TestSupport

/// An evening in January 2026, in seconds since 1970.
let evening = 1_767_636_000.0

let sad = Mood(valence: -0.6, arousal: -0.4, certainty: 0.9, source: .manual)

func facts(
  _ id: Int64, artist: Int32 = -1, valence: Float = 0, arousal: Float = 0, certainty: Float = 0,
  tagged: Int8 = 0
) -> TrackFacts {
  TrackFacts(
    id: TrackID(id), artist: artist, album: -1,
    mood: TrackMood(valence: valence, arousal: arousal, certainty: certainty),
    taggedRating: tagged)
}

func feedback(
  _ kind: Feedback.Kind, _ track: Int64, value: Int? = nil, fraction: Double? = nil,
  time: Double = evening - 1_000_000, mood: Mood = .none
) -> Feedback {
  Feedback(
    listener: .default, track: TrackID(track), time: time, kind: kind, fraction: fraction,
    value: value, mood: mood)
}

func taste(_ events: [Feedback]) -> ListenerTaste {
  var result = ListenerTaste()
  for event in events { result.absorb(event) }
  return result
}

/// A library with everything in it: unknown moods, unknown artists, tags, numbers that are none.
func library(count: Int, seed: UInt64) -> [TrackFacts] {
  var random = SeededGenerator(seed: seed)
  return (0..<Int64(count)).map { id in
    var fact = facts(
      id, artist: Int32.random(in: -1..<30, using: &random),
      valence: Float.random(in: -1...1, using: &random),
      arousal: Float.random(in: -1...1, using: &random),
      certainty: Float.random(in: 0...1, using: &random),
      tagged: Int8.random(in: 0...10, using: &random))
    switch Int.random(in: 0..<20, using: &random) {
    case 0: fact.mood.valence = .nan
    case 1: fact.mood.arousal = .infinity
    case 2: fact.mood = .unknown
    case 3: fact.taggedRating = -7
    default: break
    }
    return fact
  }
}

/// A log of all kinds of events, with numbers that are none among them.
func history(count: Int, tracks: Int64, seed: UInt64) -> [Feedback] {
  var random = SeededGenerator(seed: seed)
  return (0..<count).map { _ in
    let kind = Feedback.Kind.allCases.randomElement(using: &random) ?? .rating
    let fraction: Double? =
      Int.random(in: 0..<10, using: &random) == 0 ? .nan : Double.random(in: -1...2, using: &random)
    let isDemo = Bool.random(using: &random)
    return feedback(
      kind, Int64.random(in: 0..<tracks, using: &random),
      value: Int.random(in: -1...12, using: &random), fraction: fraction,
      time: Int.random(in: 0..<30, using: &random) == 0
        ? .nan : evening - Double.random(in: -1000...1_000_000, using: &random),
      mood: isDemo ? Mood(valence: 0, arousal: 0, certainty: 1, source: .demo) : sad)
  }
}

/// Chooses with everything at its plainest: no chance, no spreading.
func plainRank(
  _ table: [TrackFacts], _ taste: ListenerTaste = ListenerTaste(), mood: Mood = .none,
  policy: Policy = .match, excluding: Set<TrackID> = [], count: Int = 1000
) -> [Recommendation] {
  var generator = SeededGenerator(seed: 1)
  return Recommender(exploration: 0, isDiverse: false).rank(
    table: CandidateTable(table), taste: taste, mood: mood, policy: policy, now: evening,
    excluding: excluding, count: count, generator: &generator)
}

func score(of track: Int64, in songs: [Recommendation]) -> Double {
  songs.first { $0.track == TrackID(track) }?.score ?? .nan
}

func reasons(of track: Int64, in songs: [Recommendation]) -> [Reason] {
  songs.first { $0.track == TrackID(track) }?.reasons ?? []
}
