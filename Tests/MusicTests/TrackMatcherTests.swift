import TestSupport
import Testing

@testable import Music

@Suite struct TrackMatcherTests {
  private func matcher(_ tracks: [(path: String, tags: Tags)]) -> TrackMatcher {
    var matcher = TrackMatcher(fold: { $0.lowercased() })
    for (place, track) in tracks.enumerated() {
      matcher.add(
        Track(
          id: TrackID(Int64(place + 1)), location: Location(path: track.path), tags: track.tags))
    }
    return matcher
  }

  private func library() -> TrackMatcher {
    matcher([
      ("/m/1", Tags(title: "Rain", artist: "The Nines", album: "One")),
      ("/m/2", Tags(title: "Rain", artist: "The Nines", album: "Best of")),
      ("/m/3", Tags(title: "Blue (Live)", artist: "Ada")),
      ("/m/4", Tags(title: "Blue [Demo]", artist: "Ada")),
      ("/m/5", Tags(title: "Red Sea", artist: "Ada feat. Bob")),
      ("/m/6", Tags(title: "Duet", artist: "Ada & Bob")),
      ("/m/7", Tags(artist: "Ada")),
    ])
  }

  private func match(
    _ title: String?, _ artist: String?, album: String? = nil, path: String? = nil,
    takesTitles: Bool = false
  ) -> Result<TrackMatcher.Match, TrackMatcher.Miss> {
    library().match(
      places: path.map { [Location(path: $0)] } ?? [], title: title, artist: artist, album: album,
      takesTitles: takesTitles)
  }

  private func found(_ ids: [Int64], _ certainty: Double) -> Result<
    TrackMatcher.Match, TrackMatcher.Miss
  > {
    .success(.init(tracks: ids.map(TrackID.init(_:)), certainty: certainty, way: .tags))
  }

  @Test("a path comes before names")
  func path() {
    #expect(
      match("Rain", "The Nines", path: "/m/3")
        == .success(.init(tracks: [TrackID(3)], certainty: 1, way: .path)))
    #expect(match("Rain", "The Nines", album: "One", path: "/gone") == found([1], 1))
    #expect(match(nil, nil, path: "/gone") == .failure(.unknown))
  }

  @Test("the same song on two albums is both, unless the album tells")
  func albums() {
    #expect(match("Rain", "The Nines") == found([1, 2], 1))
    #expect(match("Rain", "The Nines", album: "best OF") == found([2], 1))
    #expect(match("Rain", "The Nines", album: "Three") == found([1, 2], 1))
  }

  @Test("what differs in case, brackets, versions, guests or artists is less certain")
  func certainty() {
    #expect(match("RAIN", "the nines", album: "One") == found([1], 0.9))
    #expect(match("Red Sea (feat. Bob) [2011]", "Ada") == found([5], 0.7))
    #expect(match("Red Sea - 2011 Remaster", "Ada") == found([5], 0.7))
    #expect(match("Rain!", "Nines", album: "One") == found([1], 0.7))
    #expect(match("Duet", "Ada; Bob") == found([6], 0.7))
    #expect(match("Duet", "Ada") == found([6], 0.6))
  }

  @Test("where several songs fit a loose name none is chosen")
  func ambiguous() {
    #expect(match("Blue", "Ada") == .failure(.several))
    #expect(match("Blue (live)", "Ada") == found([3], 0.9))
  }

  @Test("a title alone is the one song that has it, where that is asked for; an album may tell")
  func titles() {
    func match(_ title: String, album: String? = nil, path: String? = nil) -> Result<
      TrackMatcher.Match, TrackMatcher.Miss
    > {
      self.match(title, nil, album: album, path: path, takesTitles: true)
    }
    func found(_ id: Int64) -> Result<TrackMatcher.Match, TrackMatcher.Miss> {
      .success(.init(tracks: [TrackID(id)], certainty: 0.5, way: .title))
    }
    #expect(match("duet") == found(6))
    #expect(match("Rain") == .failure(.several))
    #expect(match("Rain", album: "one") == found(1))
    #expect(match("Blue") == .failure(.unknown))
    #expect(match("Duet", path: "/gone") == .failure(.unknown))
  }

  @Test("a piece of a file is the one that begins there, and never the whole file")
  func pieces() {
    var matcher = TrackMatcher(fold: { $0 })
    let places: [(start: Double?, end: Double?)] = [(nil, 10), (10, 20.0133), (20.0133, nil)]
    for (number, place) in places.enumerated() {
      matcher.add(
        Track(
          id: TrackID(Int64(number + 1)),
          location: Location(path: Array("/a".utf8), start: place.start, end: place.end),
          tags: Tags()))
    }
    func found(_ start: Double?, _ end: Double?) -> TrackID? {
      let place = Location(path: Array("/a".utf8), start: start, end: end)
      guard case .success(let match) = matcher.match(places: [place], title: nil, artist: nil)
      else { return nil }
      return match.tracks.first
    }
    #expect(found(nil, 10) == TrackID(1))
    #expect(found(10, nil) == TrackID(2))
    #expect(found(20.013, nil) == TrackID(3))
    #expect(found(15, 20) == nil)
    #expect(found(nil, nil) == nil)
  }

  @Test("a title alone, or an unknown one, finds nothing")
  func misses() {
    #expect(match("Rain", nil) == .failure(.nameless))
    #expect(match("Snow", "Ada") == .failure(.unknown))
    #expect(match("Rain", "Ada") == .failure(.unknown))
    #expect(match("()", "!") == .failure(.unknown))
  }

  @Test("loose names of ASCII are what they would be beside a letter of another script")
  func looseASCII() {
    var random = SeededGenerator(seed: 7)
    let letters = Array("ab9 '-,.& x")
    for _ in 0..<2000 {
      let text = String((0..<12).map { _ in letters.randomElement(using: &random) ?? " " })
      let beside = LooseName.title("z" + text + " 夜")
      #expect(LooseName.title("z" + text) + " 夜" == beside, "\(text)")
    }
    #expect(LooseName.first("ada & bob") == "ada" && LooseName.artist("the ada feat. x") == "ada")
    #expect(LooseName.title("rain - 2011 remaster") == "rain")
  }
}

@Suite struct TrackDetailsTests {
  private let guess = TrackMood(valence: 0.2, arousal: 0.4, certainty: 0.3)

  @Test("an imported place takes the guess's; half of one leaves half of the doubt")
  func mood() {
    let whole = TrackDetails(source: "a.csv", valence: -0.5, arousal: 0.25)
    #expect(whole.mood(over: guess) == TrackMood(valence: -0.5, arousal: 0.25, certainty: 0.7))
    let half = TrackDetails(source: "a.csv", valence: -0.5)
    #expect(half.mood(over: guess) == TrackMood(valence: -0.5, arousal: 0.4, certainty: 0.5))
    #expect(TrackDetails(source: "a.csv", rating: 3).mood(over: guess) == guess)
  }

  @Test("an imported mood comes before the file's, genre and tempo only where it has none")
  func tags() {
    let details = TrackDetails(source: "a.csv", mood: "sad", genre: "Jazz", bpm: 90)
    let joined = details.joined(to: Tags(genre: "Rock", mood: "happy"))
    #expect(joined == Tags(genre: "Rock", mood: "sad", bpm: 90))
  }
}
