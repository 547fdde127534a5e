import Testing

@testable import Music

@Suite("Track mood")
struct TrackMoodTests {
  private func estimate(
    mood: String? = nil, genre: String? = nil, bpm: Double? = nil
  ) -> TrackMood {
    TrackMood.estimate(moodTag: mood, genre: genre, bpm: bpm)
  }

  @Test("nothing known has no certainty and no place")
  func nothing() {
    #expect(estimate() == .unknown)
    #expect(estimate(mood: "", genre: "", bpm: nil) == .unknown)
    #expect(estimate(mood: "xyzzy", genre: "42", bpm: 0) == .unknown)
    #expect(estimate(mood: " ;, ", genre: "&", bpm: .nan) == .unknown)
    #expect(estimate(genre: "///;;;-'", bpm: .infinity) == .unknown)
  }

  @Test(
    "mood words lie in their quadrant",
    arguments: [
      ("Happy", 1, 1), ("energetic", 1, 1), ("calm", 1, -1), ("Relaxation", 1, -1), ("sad", -1, -1),
      ("MELANCHOLY", -1, -1), ("aggressive", -1, 1), ("Angry / Tense", -1, 1),
      ("sad; lonely", -1, -1), ("laid-back", 1, -1),
    ])
  func quadrants(word: String, valence: Float, arousal: Float) {
    let mood = estimate(mood: word)
    #expect(mood.valence * valence > 0)
    #expect(mood.arousal * arousal > 0)
    #expect(mood.certainty == 0.8)
  }

  @Test("a denied mood is the other one")
  func negation() {
    #expect(estimate(mood: "not happy").valence < 0)
    #expect(estimate(mood: "not very important").certainty == 0)
  }

  @Test(
    "genres are found by name, in longer names, and with other spellings",
    arguments: [
      ("Death Metal", "melodic death metal"), ("hip-hop", "Hip Hop"), ("R&B", "r&b"),
      ("Drum & Bass", "drum and bass"), ("Rock", "Rock, ROCK"), ("metal", "post-metal"),
      ("lo-fi", "Lo-Fi Beats"), ("children", "Children's Music"), ("k-pop", "K-Pop"),
    ])
  func aliases(first: String, second: String) {
    #expect(estimate(genre: first) == estimate(genre: second))
    #expect(estimate(genre: first).certainty == 0.3)
  }

  @Test("the longest name wins, and a name is found on the borders of words only")
  func longest() {
    #expect(estimate(genre: "dark ambient").valence < estimate(genre: "ambient").valence)
    #expect(estimate(genre: "Scrapbook") == .unknown)
  }

  @Test("several genres are averaged")
  func average() {
    let metal = estimate(genre: "Metal")
    let jazz = estimate(genre: "Jazz")
    let both = estimate(genre: "Metal; Jazz")
    #expect(abs(both.valence - (metal.valence + jazz.valence) / 2) < 1e-6)
    #expect(abs(both.arousal - (metal.arousal + jazz.arousal) / 2) < 1e-6)
  }

  @Test("a mood tag outweighs the genre")
  func tagBeforeGenre() {
    let mood = estimate(mood: "calm", genre: "Death Metal")
    #expect(mood.arousal < 0)
    #expect(mood.certainty == 0.8)
  }

  @Test("the tempo hints at arousal alone, and weakly")
  func tempo() {
    let fast = estimate(bpm: 174)
    #expect(fast.arousal > 0 && fast.valence == 0 && fast.certainty == 0.1)
    #expect(estimate(bpm: 60).arousal < 0)
    let rock = estimate(genre: "Rock")
    let slowRock = estimate(genre: "Rock", bpm: 60)
    #expect(slowRock.arousal < rock.arousal && slowRock.arousal > -0.1)
    #expect(slowRock.valence == rock.valence)
  }

  @Test("the tables are large enough and stay in range")
  func tables() {
    #expect(MoodWords.places.count >= 60)
    #expect(GenrePriors.places.count >= 60)
    let places = Array(MoodWords.places.values) + MoodWords.stems.map(\.1)
    for place in places + Array(GenrePriors.places.values) {
      #expect((-1...1).contains(place.valence) && (-1...1).contains(place.arousal))
    }
    for key in Array(MoodWords.places.keys) + Array(GenrePriors.places.keys) {
      #expect(key == key.lowercased())
    }
  }

  @Test("every genre of the table is found under its own name")
  func everyGenre() {
    for (name, place) in GenrePriors.places {
      let mood = estimate(genre: name)
      #expect(mood.valence == place.valence && mood.arousal == place.arousal, "\(name)")
    }
  }
}
