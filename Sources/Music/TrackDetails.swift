/// What a listener imported about one track: measured or said elsewhere, and kept beside the tags,
/// which a scan reads anew.
package struct TrackDetails: Equatable, Sendable {
  /// Where it came from: the name of the imported file.
  package var source: String
  /// -1...1
  package var valence: Double?
  /// -1...1
  package var arousal: Double?
  /// In words, as a mood tag.
  package var mood: String?
  package var genre: String?
  /// Beats a minute.
  package var bpm: Double?
  /// A first guess of the listener's rating, 1...10.
  package var rating: Int?

  package init(
    source: String, valence: Double? = nil, arousal: Double? = nil, mood: String? = nil,
    genre: String? = nil, bpm: Double? = nil, rating: Int? = nil
  ) {
    self.source = source
    self.valence = valence
    self.arousal = arousal
    self.mood = mood
    self.genre = genre
    self.bpm = bpm
    self.rating = rating
  }

  /// How surely a place that was imported holds: less than a mood tag, as what a service calls
  /// energy is not quite arousal; more than a genre.
  static let certainty: Float = 0.7

  /// The tags that a mood is guessed from: an imported mood counts before the file's, genre and tempo
  /// where the file has none.
  package func joined(to tags: Tags) -> Tags {
    var tags = tags
    tags.mood = mood ?? tags.mood
    tags.genre = tags.genre ?? genre
    tags.bpm = tags.bpm ?? bpm
    return tags
  }

  /// The track's mood: where valence or arousal were imported they take the place of the guess.
  package func mood(over guess: TrackMood) -> TrackMood {
    guard valence != nil || arousal != nil else { return guess }
    // One of the two leaves the other as uncertain as it was.
    let certainty =
      valence != nil && arousal != nil
      ? Self.certainty : (Self.certainty + guess.certainty) / 2
    return TrackMood(
      valence: valence.map(Float.init) ?? guess.valence,
      arousal: arousal.map(Float.init) ?? guess.arousal, certainty: certainty)
  }

  /// Nothing but where it came from.
  package var isEmpty: Bool { self == TrackDetails(source: source) }

  /// Why they cannot be kept; nil where they can.
  package var fault: String? {
    let places = [("valence", valence), ("arousal", arousal)]
    if let (name, _) = places.first(where: { !(-1...1).contains($0.1 ?? 0) }) {
      return "\(name) is -1 to 1"
    }
    if let rating, !(1...10).contains(rating) { return "a rating is 1 to 10" }
    if let bpm, !(bpm > 0 && bpm.isFinite) { return "bpm is above 0" }
    return nil
  }

  /// What both say, this one first.
  package func filled(from older: TrackDetails) -> TrackDetails {
    TrackDetails(
      source: source, valence: valence ?? older.valence, arousal: arousal ?? older.arousal,
      mood: mood ?? older.mood, genre: genre ?? older.genre, bpm: bpm ?? older.bpm,
      rating: rating ?? older.rating)
  }
}
