import Music
import Perception
import Taste
import TestSupport
import Testing

@Suite struct RecommenderTests {
  @Test("an empty table, a count of zero and an exclusion of all recommend nothing")
  func nothing() {
    let two = [facts(1), facts(2)]
    #expect(plainRank([]).isEmpty)
    #expect(plainRank(two, count: 0).isEmpty)
    #expect(plainRank(two, count: -3).isEmpty)
    #expect(plainRank(two, excluding: [TrackID(1), TrackID(2), TrackID(77)]).isEmpty)
  }

  @Test("where nothing is known everything scores the middle and says so")
  func unknown() {
    let songs = plainRank([facts(1), facts(2)], mood: sad)
    #expect(songs.map(\.score) == [5.5, 5.5])
    #expect(songs.allSatisfy { $0.reasons == [.new, .unknownMood] })
  }

  @Test("a song of unknown mood lies between a fitting one and one that does not fit")
  func unknownIsNeutral() {
    let table = [
      facts(1, valence: 0.8, arousal: 0.8, certainty: 1), facts(2),
      facts(3, valence: -0.6, arousal: -0.4, certainty: 1),
    ]
    #expect(plainRank(table, mood: sad).map(\.track.rawValue) == [3, 2, 1])
  }

  @Test("the surer the song's mood and the listener's, the more closeness counts")
  func certainty() {
    let table = [
      facts(1, valence: -0.6, arousal: -0.4, certainty: 0.3),
      facts(2, valence: -0.6, arousal: -0.4, certainty: 0.9),
    ]
    let songs = plainRank(table, mood: sad)
    #expect(score(of: 2, in: songs) > score(of: 1, in: songs))
    var unsure = sad
    unsure.certainty = 0.2
    #expect(score(of: 2, in: plainRank(table, mood: unsure)) < score(of: 2, in: songs))
  }

  @Test(
    "each policy turns to its own side of the plane",
    arguments: zip(Policy.allCases, Int64(1)...4))
  func policies(policy: Policy, expected: Int64) {
    let table = [
      facts(1, valence: 0, arousal: 0, certainty: 1),
      facts(2, valence: 0.5, arousal: 0.1, certainty: 1),
      facts(3, valence: 0.1, arousal: -0.6, certainty: 1),
      facts(4, valence: 0.1, arousal: 0.6, certainty: 1),
    ]
    let mood = Mood(valence: 0, arousal: 0, certainty: 0.8, source: .face)
    #expect(plainRank(table, mood: mood, policy: policy).first?.track == TrackID(expected))
  }

  @Test("a wish to be calmed is followed where no face is seen")
  func wishWithoutFace() {
    let table = [
      facts(1, arousal: 0.7, certainty: 1), facts(2, arousal: -0.6, certainty: 1),
    ]
    #expect(plainRank(table, policy: .calm).first?.track == TrackID(2))
  }

  @Test("a 9 raises a song and a 1 sinks it, and other songs of the artist with it")
  func ratings() {
    let table = [
      facts(1, artist: 7), facts(2, artist: 7), facts(3, artist: 8), facts(4, artist: 9),
    ]
    let before = plainRank(table)
    let liked = plainRank(table, taste([feedback(.rating, 1, value: 9)]))
    #expect(liked.prefix(2).map(\.track.rawValue) == [1, 2])
    #expect(score(of: 1, in: liked) > score(of: 1, in: before) + 1)
    #expect(score(of: 2, in: liked) > score(of: 3, in: liked) + 0.5)
    let disliked = plainRank(table, taste([feedback(.rating, 1, value: 1)]))
    #expect(disliked.suffix(2).map(\.track.rawValue) == [2, 1])
    #expect(score(of: 1, in: disliked) < score(of: 1, in: before) - 1)
  }

  @Test("two listeners with different ratings get different lists")
  func twoListeners() {
    let table = library(count: 300, seed: 4)
    let ann = taste((0..<30).map { feedback(.rating, $0, value: $0 % 2 == 0 ? 9 : 2) })
    let ben = taste((0..<30).map { feedback(.rating, $0, value: $0 % 2 == 0 ? 2 : 9) })
    let annSongs = plainRank(table, ann, mood: sad, count: 10).map(\.track)
    let benSongs = plainRank(table, ben, mood: sad, count: 10).map(\.track)
    #expect(Set(annSongs).intersection(benSongs).count < 5)
  }

  @Test("a rated song does not drown the mood: with two loved songs the fitting one comes first")
  func moodAmongLoved() {
    let table = [
      facts(1, artist: 1, valence: 0.7, arousal: 0.7, certainty: 0.8),
      facts(2, artist: 2, valence: -0.6, arousal: -0.4, certainty: 0.8),
    ]
    let both = taste([feedback(.rating, 1, value: 10), feedback(.rating, 2, value: 9)])
    #expect(plainRank(table, both, mood: sad).first?.track == TrackID(2))
  }

  @Test("what was just heard waits, its artist a little; hours later both are back")
  func justHeard() {
    let table = [facts(1, artist: 1), facts(2, artist: 1), facts(3, artist: 2)]
    let now = plainRank(
      table, taste([feedback(.completed, 1, fraction: 1, time: evening - 60)]))
    #expect(now.map(\.track.rawValue) == [3, 2, 1])
    #expect(score(of: 1, in: now) < 3.5)
    let later = plainRank(
      table, taste([feedback(.completed, 1, fraction: 1, time: evening - 48 * 3600)]))
    #expect(later.map(\.track.rawValue) == [1, 2, 3])
  }

  @Test("a rating in the file's tags is a first guess that the listener's own outweighs")
  func tagged() {
    let table = [facts(1, tagged: 9), facts(2), facts(3, tagged: 2)]
    #expect(plainRank(table).map(\.track.rawValue) == [1, 2, 3])
    let own = taste([feedback(.rating, 1, value: 2), feedback(.rating, 3, value: 9)])
    #expect(plainRank(table, own).map(\.track.rawValue) == [3, 2, 1])
  }

  @Test("exploration changes the order, a little, and the generator alone decides how")
  func exploration() {
    let table = CandidateTable(library(count: 500, seed: 9))
    let rank = { (seed: UInt64, exploration: Double) in
      var generator = SeededGenerator(seed: seed)
      return Recommender(exploration: exploration).rank(
        table: table, taste: ListenerTaste(), mood: sad, policy: .match, now: evening, count: 20,
        generator: &generator)
    }
    #expect(rank(1, 0.5) == rank(1, 0.5))
    #expect(rank(1, 0.5) != rank(2, 0.5))
    #expect(rank(1, 0) == rank(2, 0))
    let best = rank(1, 0).map(\.score).reduce(0, +) / 20
    let explored = rank(1, 0.5).map(\.score).reduce(0, +) / 20
    #expect(explored < best && explored > best - 1)
    #expect(Recommender(exploration: .nan).exploration == 0)
  }
}
