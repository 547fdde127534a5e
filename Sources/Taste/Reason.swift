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
  /// Nothing speaks for or against it.
  case variety
}

extension Reason {
  /// The reason in a few words, lower case, without a full stop; never empty.
  package var words: String { words(under: .match) }

  /// The same, true to what the listener asked the music to do.
  package func words(under policy: Policy) -> String {
    switch self {
    case .closeMood: Self.closeness(policy)
    case .genreMood: Self.closeness(policy) + ", by its genre"
    case .rated(let mean): "you rated it \(Self.rating(mean))"
    case .likedArtist(let mean): "you rate the artist \(Self.rating(mean))"
    case .finished(let count): "heard to the end \(Self.times(count))"
    case .skipped(let count): "skipped \(Self.times(count))"
    case .heardLately(let minutes): "heard \(Self.ago(minutes))"
    case .taggedRating(let value): "tagged \(value) of 10"
    case .new: "not heard yet"
    case .unknownMood: "its mood is unknown"
    case .variety: "for a change"
    }
  }

  private static func closeness(_ policy: Policy) -> String {
    switch policy {
    case .match: "close to how you feel"
    case .lift: "brighter than you feel"
    case .calm: "quieter than you feel"
    case .energise: "livelier than you feel"
    }
  }

  /// "9", or "8.5" where the mean is not whole.
  private static func rating(_ mean: Double) -> String {
    guard mean.isFinite else { return "?" }
    let tenths = Int((min(10, max(1, mean)) * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func times(_ count: Int) -> String {
    switch count {
    case 1: "once"
    case 2: "twice"
    default: "\(count) times"
    }
  }

  private static func ago(_ minutes: Int) -> String {
    switch minutes {
    case ..<1: "just now"
    case 1: "a minute ago"
    case ..<60: "\(minutes) minutes ago"
    case ..<120: "an hour ago"
    default: "\(minutes / 60) hours ago"
    }
  }
}
