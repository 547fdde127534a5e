import GRDB
import Music

/// The columns of `track` that hold `TagDetails`.
extension TrackRow {
  static let detailColumns = [
    "artists", "genres", "is_compilation", "original_date", "track_gain", "track_peak",
    "album_gain", "album_peak", "recording", "release", "artist_ids", "has_cover", "has_lyrics",
  ]

  /// Binds the columns of `detailColumns`.
  static func fill(_ row: inout RowBinding, _ details: TagDetails) {
    row.add(joined(details.artists))
    row.add(joined(details.genres))
    row.add(details.isCompilation)
    row.add(details.originalDate)
    let gain = details.gain
    for value in [gain.track, gain.trackPeak, gain.album, gain.albumPeak] { row.add(value) }
    row.add(details.recordingID)
    row.add(details.releaseID)
    row.add(joined(details.artistIDs))
    row.add(details.hasCover)
    row.add(details.hasLyrics)
  }

  /// From the columns of `detailColumns`, of which the first is at `start`.
  static func details(_ row: Row, from start: Int) throws -> TagDetails {
    var details = TagDetails()
    details.artists = split(try row.decode(String?.self, atIndex: start))
    details.genres = split(try row.decode(String?.self, atIndex: start + 1))
    details.isCompilation = try row.decode(Bool.self, atIndex: start + 2)
    details.originalDate = try row.decode(String?.self, atIndex: start + 3)
    details.gain = ReplayGain(
      track: try row.decode(Double?.self, atIndex: start + 4),
      trackPeak: try row.decode(Double?.self, atIndex: start + 5),
      album: try row.decode(Double?.self, atIndex: start + 6),
      albumPeak: try row.decode(Double?.self, atIndex: start + 7))
    details.recordingID = try row.decode(String?.self, atIndex: start + 8)
    details.releaseID = try row.decode(String?.self, atIndex: start + 9)
    details.artistIDs = split(try row.decode(String?.self, atIndex: start + 10))
    details.hasCover = try row.decode(Bool.self, atIndex: start + 11)
    details.hasLyrics = try row.decode(Bool.self, atIndex: start + 12)
    return details
  }

  private static let separator: Character = "\u{1F}"

  private static func joined(_ texts: [String]) -> String? {
    texts.isEmpty ? nil : texts.joined(separator: String(separator))
  }

  private static func split(_ text: String?) -> [String] {
    text?.split(separator: separator).map(String.init) ?? []
  }
}
