import Foundation
import Music
import Perception
import Taste

/// One line of an export: a JSON object whose `type` says what it is. Keys are in snake_case and
/// sorted, so that the same home always gives the same bytes.
enum ArchiveLine: Equatable {
  case header(Header)
  case listener(ListenerLine)
  case track(TrackLine)
  case feedback(FeedbackLine)
  case details(DetailsLine)
  case memory(MemoryLine)
  case playlist(PlaylistLine)
  case smartPlaylist(SmartPlaylistLine)
  case end(End)

  /// The version that this program writes and reads.
  static let version = 1

  /// The first line.
  struct Header: Codable, Equatable {
    var type = "emus"
    var version = ArchiveLine.version
  }

  struct ListenerLine: Codable, Equatable {
    var type = "listener"
    var id: Int64
    var name: String
  }

  struct MemoryLine: Codable, Equatable {
    var type = "memory"
    var key: String
    var value: String
  }

  struct PlaylistLine: Codable, Equatable {
    var type = "playlist"
    var name: String
    /// The list as an M3U file.
    var m3u8: String
  }

  struct SmartPlaylistLine: Codable, Equatable {
    var type = "smart_playlist"
    var name: String
    var query: String
  }

  /// The last line: without it the file was cut short.
  struct End: Codable, Equatable {
    var type = "end"
    /// How many lines there are, this one included.
    var lines: Int
  }

  private struct Kind: Decodable {
    var type: String
  }

  init(_ line: Data) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    switch try decoder.decode(Kind.self, from: line).type {
    case "emus": self = .header(try decoder.decode(Header.self, from: line))
    case "listener": self = .listener(try decoder.decode(ListenerLine.self, from: line))
    case "track": self = .track(try decoder.decode(TrackLine.self, from: line))
    case "feedback": self = .feedback(try decoder.decode(FeedbackLine.self, from: line))
    case "details": self = .details(try decoder.decode(DetailsLine.self, from: line))
    case "memory": self = .memory(try decoder.decode(MemoryLine.self, from: line))
    case "playlist": self = .playlist(try decoder.decode(PlaylistLine.self, from: line))
    case "smart_playlist":
      self = .smartPlaylist(try decoder.decode(SmartPlaylistLine.self, from: line))
    case "end": self = .end(try decoder.decode(End.self, from: line))
    case let type:
      throw ArchiveFault(reason: "'\(type.prefix(40))' is no kind of line")
    }
  }

  func encoded(_ encoder: JSONEncoder) throws -> Data {
    switch self {
    case .header(let line): try encoder.encode(line)
    case .listener(let line): try encoder.encode(line)
    case .track(let line): try encoder.encode(line)
    case .feedback(let line): try encoder.encode(line)
    case .details(let line): try encoder.encode(line)
    case .memory(let line): try encoder.encode(line)
    case .playlist(let line): try encoder.encode(line)
    case .smartPlaylist(let line): try encoder.encode(line)
    case .end(let line): try encoder.encode(line)
    }
  }
}

/// A track of an export; other lines speak of it by `number`.
struct TrackLine: Codable, Equatable {
  var type = "track"
  var number: Int64
  /// The path for people; exact unless `path_bytes` is there.
  var path: String
  /// Base64 of a path that is not UTF-8.
  var pathBytes: Data?
  var start: Double?
  var end: Double?
  var isDemo: Bool
  var title: String?
  var artist: String?
  var album: String?
  var albumArtist: String?
  var genre: String?
  var year: Int?
  var track: Int?
  var disc: Int?
  var duration: Double?
  var mood: String?
  var bpm: Double?
  var rating: Int?
  /// How the file sounds, in 16 hexadecimal digits: whole numbers of such a size are not safe in JSON.
  var fingerprint: String?

  init(_ known: Track, fingerprint: Int64?) {
    self.fingerprint = fingerprint.map(Self.digits)
    let (location, tags) = (known.location, known.tags)
    number = known.id.rawValue
    path = location.displayPath
    pathBytes = location.isUTF8 ? nil : Data(location.path)
    start = location.start
    end = location.end
    isDemo = known.isDemo
    title = tags.title
    artist = tags.artist
    album = tags.album
    albumArtist = tags.albumArtist
    genre = tags.genre
    year = tags.year
    track = tags.track
    disc = tags.disc
    duration = tags.duration
    mood = tags.mood
    bpm = tags.bpm
    rating = tags.rating
  }

  private static func digits(_ fingerprint: Int64) -> String {
    let digits = String(UInt64(bitPattern: fingerprint), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Nil where the line has none.
  func knownFingerprint() throws -> Int64? {
    guard let fingerprint else { return nil }
    guard let value = UInt64(fingerprint, radix: 16), value != 0 else {
      throw ArchiveFault(reason: "'\(fingerprint.prefix(40))' is no fingerprint")
    }
    return Int64(bitPattern: value)
  }

  func known() throws -> Track {
    let bytes = pathBytes.map(Array.init) ?? Array(path.utf8)
    guard bytes.first == UInt8(ascii: "/") || bytes.contains(UInt8(ascii: ":")), !bytes.contains(0)
    else { throw ArchiveFault(reason: "'\(path.prefix(40))' is no absolute path") }
    return Track(
      id: TrackID(number), location: Location(path: bytes, start: start, end: end),
      tags: Tags(
        title: title, artist: artist, album: album, albumArtist: albumArtist, genre: genre,
        year: year, track: track, disc: disc, duration: duration, mood: mood, bpm: bpm,
        rating: rating),
      isDemo: isDemo)
  }
}

/// What was imported about a track.
struct DetailsLine: Codable, Equatable {
  var type = "details"
  var track: Int64
  var source: String
  var valence: Double?
  var arousal: Double?
  var mood: String?
  var genre: String?
  var bpm: Double?
  var rating: Int?

  init(_ details: TrackDetails, of track: TrackID) {
    self.track = track.rawValue
    source = details.source
    valence = details.valence
    arousal = details.arousal
    mood = details.mood
    genre = details.genre
    bpm = details.bpm
    rating = details.rating
  }

  var details: TrackDetails {
    TrackDetails(
      source: source, valence: valence, arousal: arousal, mood: mood, genre: genre, bpm: bpm,
      rating: rating)
  }
}

/// One event of the log, with all of its context.
struct FeedbackLine: Codable, Equatable {
  var type = "feedback"
  var number: Int64
  var listener: Int64
  var track: Int64
  var time: Double
  var kind: Feedback.Kind
  var fraction: Double?
  var value: Int?
  var valence: Double
  var arousal: Double
  var certainty: Double
  var moodSource: MoodSource
  var policy: Policy
  /// The score of the recommender that chose the song; absent where the listener did.
  var score: Double?
  var previous: Int64?

  init(_ event: RecordedFeedback) {
    let feedback = event.feedback
    number = event.number
    listener = feedback.listener.rawValue
    track = feedback.track.rawValue
    time = feedback.time
    kind = feedback.kind
    fraction = feedback.fraction
    value = feedback.value
    valence = feedback.mood.valence
    arousal = feedback.mood.arousal
    certainty = feedback.mood.certainty
    moodSource = feedback.mood.source
    policy = feedback.policy
    if case .recommender(let score) = feedback.chooser { self.score = score }
    previous = feedback.previous?.rawValue
  }

  var event: RecordedFeedback {
    RecordedFeedback(
      number: number,
      feedback: Feedback(
        listener: ListenerID(listener), track: TrackID(track), time: time, kind: kind,
        fraction: fraction, value: value,
        mood: Mood(
          valence: valence, arousal: arousal, certainty: certainty, source: moodSource),
        policy: policy, chooser: score.map { .recommender(score: $0) } ?? .listener,
        previous: previous.map(TrackID.init(_:))))
  }
}

/// Why a line of an export cannot be read.
struct ArchiveFault: Error, CustomStringConvertible {
  var reason: String

  var description: String { reason }
}
