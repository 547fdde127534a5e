/// Why a song is recommended, as a value; `words` says it to people.
package enum Reason: Equatable, Sendable {
  /// Its mood is close to the wanted one.
  case closeMood
  /// Its genre usually feels like the wanted mood (no mood tag).
  case genreMood
  /// The listener rated it: mean of the ratings, 1...10.
  case rated(Double)
  /// The listener likes the artist: mean of the ratings, 1...10.
  case likedArtist(Double)
  /// Heard to the end so many times.
  case finished(Int)
  /// Skipped so many times: why it is not higher.
  case skipped(Int)
  /// Heard so many minutes ago: why it is not higher.
  case heardLately(minutes: Int)
  /// Rated in the file's own tags, 1...10.
  case taggedRating(Int)
  /// Never heard.
  case new
  /// Nothing is known of its mood.
  case unknownMood
}
