import Music
import Perception
import Taste
import TestSupport
import Testing

/// What holds of every recommendation, over seeded libraries and logs with bad numbers in them.
@Suite struct RecommenderPropertyTests {
  private func moods(_ random: inout SeededGenerator) -> Mood {
    Mood(
      valence: Double.random(in: -1...1, using: &random),
      arousal: Double.random(in: -1...1, using: &random),
      certainty: Double.random(in: 0...1, using: &random), source: .face)
  }

  @Test(
    "songs are candidates, none twice, none excluded, scores in 1...10, always with a reason",
    arguments: 1...30)
  func wellFormed(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let size = Int.random(in: 1...400, using: &random)
    let table = library(count: size, seed: seed)
    let excluded = Set((0..<20).map { _ in TrackID(Int64.random(in: 0..<500, using: &random)) })
    let count = Int.random(in: 1...500, using: &random)
    let heard = taste(history(count: 300, tracks: 500, seed: seed))
    let songs = Recommender(exploration: 0.5).rank(
      table: CandidateTable(table), taste: heard, mood: moods(&random),
      policy: Policy.allCases.randomElement(using: &random) ?? .match, now: evening,
      excluding: excluded, count: count, generator: &random)
    let left = Set(table.map(\.id)).subtracting(excluded)
    #expect(songs.count == min(count, left.count))
    #expect(Set(songs.map(\.track)).count == songs.count)
    #expect(Set(songs.map(\.track)).isSubset(of: left))
    #expect(songs.allSatisfy { $0.score >= 1 && $0.score <= 10 })
    #expect(songs.allSatisfy { (1...3).contains($0.reasons.count) })
    #expect(songs.allSatisfy { $0.reasons.allSatisfy { !$0.words.isEmpty } })
  }

  @Test("asked for all, it returns all; asked for few, the same ones first", arguments: 1...10)
  func permutation(seed: UInt64) {
    let table = library(count: 200, seed: seed)
    let heard = taste(history(count: 100, tracks: 200, seed: seed))
    let all = plainRank(table, heard, mood: sad, count: 200)
    #expect(Set(all.map(\.track)) == Set(table.map(\.id)))
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.score >= $1.score })
    #expect(plainRank(table, heard, mood: sad, count: 17) == Array(all.prefix(17)))
  }

  @Test("all else equal, the closer mood scores higher", arguments: 1...50)
  func closer(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let mood = moods(&random)
    guard mood.certainty > 0.05 else { return }
    let table = (0..<12).map { id in
      facts(
        id, valence: Float.random(in: -1...1, using: &random),
        arousal: Float.random(in: -1...1, using: &random), certainty: 0.7)
    }
    let distance = { (id: TrackID) in
      let track = table[Int(id.rawValue)].mood
      let valence = Double(track.valence) - mood.valence
      let arousal = Double(track.arousal) - mood.arousal
      return valence * valence + arousal * arousal
    }
    let order = plainRank(table, mood: mood).map { distance($0.track) }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 + 1e-5 })
  }

  @Test("every rating above the expected one raises the song, every one below sinks it")
  func monotonic() {
    let table = [facts(1, artist: 1), facts(2, artist: 2)]
    var previous = 0.0
    for value in 1...10 {
      let now = score(of: 1, in: plainRank(table, taste([feedback(.rating, 1, value: value)])))
      #expect(now > previous)
      previous = now
    }
  }

  @Test("an artist comes at most twice in a row while there is another", arguments: 1...20)
  func diverse(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // One artist whom the listener loves has most of the songs.
    let table = (0..<200).map { id in facts(id, artist: id < 150 ? 1 : Int32(id)) }
    let loved = taste((0..<20).map { feedback(.rating, $0, value: 10) })
    let songs = Recommender(exploration: 0.2).rank(
      table: CandidateTable(table), taste: loved, mood: .none, policy: .match, now: evening,
      count: 12, generator: &random)
    let isLoved = songs.map { $0.track.rawValue < 150 }
    #expect(isLoved.first == true)
    for place in 2..<songs.count {
      #expect(!(isLoved[place] && isLoved[place - 1] && isLoved[place - 2]))
    }
  }

  @Test("a library of one artist, or of none that is known, still gives a full list")
  func oneArtist() {
    var random = SeededGenerator(seed: 3)
    for artist in [Int32(-1), 5] {
      let songs = Recommender().rank(
        table: CandidateTable((0..<40).map { facts($0, artist: artist) }), taste: ListenerTaste(),
        mood: sad, policy: .lift, now: .nan, count: 40, generator: &random)
      #expect(Set(songs.map(\.track)).count == 40)
    }
  }
}
