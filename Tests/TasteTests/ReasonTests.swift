import Music
import Perception
import Taste
import Testing

@Suite struct ReasonTests {
  @Test(
    "reasons speak plainly",
    arguments: [
      (Reason.closeMood, "close to how you feel"),
      (.genreMood, "close to how you feel, by its genre"),
      (.rated(9), "you rated it 9"), (.rated(8.46), "you rated it 8.5"),
      (.likedArtist(8), "you rate the artist 8"), (.finished(1), "heard to the end once"),
      (.finished(3), "heard to the end 3 times"), (.skipped(2), "skipped twice"),
      (.heardLately(minutes: 0), "heard just now"),
      (.heardLately(minutes: 12), "heard 12 minutes ago"),
      (.heardLately(minutes: 130), "heard 2 hours ago"), (.taggedRating(7), "tagged 7 of 10"),
      (.new, "not heard yet"), (.unknownMood, "its mood is unknown"), (.variety, "for a change"),
      (.rated(.nan), "you rated it ?"),
    ])
  func words(reason: Reason, expected: String) {
    #expect(reason.words == expected)
  }

  @Test("a song that shall calm is not said to feel like the listener")
  func policies() {
    #expect(Reason.closeMood.words(under: .calm) == "quieter than you feel")
    #expect(Reason.closeMood.words(under: .lift) == "brighter than you feel")
    #expect(Reason.closeMood.words(under: .energise) == "livelier than you feel")
  }

  @Test("the strongest reason comes first")
  func order() {
    let table = [
      facts(1, artist: 1, valence: -0.6, arousal: -0.4, certainty: 0.9), facts(2, artist: 1),
      facts(3, artist: 2, valence: -0.6, arousal: -0.4, certainty: 0.4), facts(4, tagged: 9),
    ]
    let mind = taste([
      feedback(.rating, 2, value: 10), feedback(.completed, 3, fraction: 1, time: evening - 600),
    ])
    let songs = plainRank(table, mind, mood: sad)
    #expect(reasons(of: 1, in: songs) == [.closeMood, .likedArtist(10), .new])
    #expect(reasons(of: 2, in: songs) == [.rated(10), .unknownMood])
    #expect(reasons(of: 3, in: songs) == [.heardLately(minutes: 10), .genreMood, .finished(1)])
    #expect(reasons(of: 4, in: songs) == [.taggedRating(9), .new, .unknownMood])
  }

  @Test("a song about which nothing can be said is there for a change")
  func variety() {
    let table = [facts(1, valence: 0.9, arousal: 0.9, certainty: 0.9)]
    let mind = taste([feedback(.replay, 1, time: evening - 500_000)])
    #expect(reasons(of: 1, in: plainRank(table, mind, mood: sad)) == [.variety])
  }
}
