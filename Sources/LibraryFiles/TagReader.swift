import CTagLib
import Music

/// Reads what one file says of itself, in this process: what a worker does for each path it is
/// handed, and what small jobs and tests do directly. It never writes, and never fails other than
/// by a `TagFault` (but foreign code may crash or hang here: a scan uses `TagWorkerPool`).
package enum TagReader {
  /// The tags of the file at `path` (bytes, without NUL).
  package static func read(_ path: [UInt8]) -> Result<Tags, TagFault> {
    TagLibrary.read(path).map(tags)
  }

  /// A reader for `Scan` that needs no workers: one file after the other, on a thread of its own.
  package static let inProcess: TagReading = { paths in
    await System.onOwnThread { paths.map(read) }
  }

  static func tags(_ raw: TagLibrary.Raw) -> Tags {
    let genres = GenreText.parted(raw[EMUS_TAG_GENRE])
    var tags = Tags(
      title: Tags.clean(raw[EMUS_TAG_TITLE]), artist: Tags.clean(raw[EMUS_TAG_ARTIST]),
      album: Tags.clean(raw[EMUS_TAG_ALBUM]), albumArtist: Tags.clean(raw[EMUS_TAG_ALBUM_ARTIST]),
      genre: Tags.clean(genres.joined(separator: "; ")), year: TagText.year(raw[EMUS_TAG_DATE]),
      track: TagText.position(raw[EMUS_TAG_TRACK]), disc: TagText.position(raw[EMUS_TAG_DISC]),
      duration: raw.milliseconds > 0 ? Double(raw.milliseconds) / 1000 : nil,
      mood: Tags.clean(raw[EMUS_TAG_MOOD]), bpm: TagText.bpm(raw[EMUS_TAG_BPM]),
      rating: rating(raw))
    tags.details = details(raw)
    tags.details.genres = genres.count > 1 ? genres : []
    tags.cueSheet = cueSheet(raw[EMUS_TAG_CUE_SHEET])
    return tags
  }

  private static func details(_ raw: TagLibrary.Raw) -> TagDetails {
    var details = TagDetails()
    details.artists = TagText.list(raw[EMUS_TAG_ARTISTS])
    details.isCompilation = TagText.isTrue(raw[EMUS_TAG_COMPILATION])
    details.originalDate = TagText.date(raw[EMUS_TAG_ORIGINAL_DATE])
    details.gain = ReplayGain(
      track: TagText.gain(raw[EMUS_TAG_TRACK_GAIN])
        ?? TagText.gainOfR128(raw[EMUS_TAG_R128_TRACK_GAIN]),
      trackPeak: TagText.peak(raw[EMUS_TAG_TRACK_PEAK]),
      album: TagText.gain(raw[EMUS_TAG_ALBUM_GAIN])
        ?? TagText.gainOfR128(raw[EMUS_TAG_R128_ALBUM_GAIN]),
      albumPeak: TagText.peak(raw[EMUS_TAG_ALBUM_PEAK]))
    details.recordingID = TagText.identifiers(raw[EMUS_TAG_RECORDING_ID]).first
    details.releaseID = TagText.identifiers(raw[EMUS_TAG_RELEASE_ID]).first
    details.artistIDs = TagText.identifiers(raw[EMUS_TAG_ARTIST_IDS])
    details.hasCover = raw.hasCover
    details.hasLyrics = raw.hasLyrics
    return details
  }

  /// A sheet that was cut at the limit would lose its last pieces: better none.
  private static func cueSheet(_ text: String) -> String? {
    text.isEmpty || text.utf8.count > TagCodec.sheetLimit ? nil : text
  }

  /// FMPS is the only one with an agreed scale, so it comes first.
  private static func rating(_ raw: TagLibrary.Raw) -> Int? {
    TagText.fmpsRating(raw[EMUS_TAG_FMPS_RATING])
      ?? raw.popularity.flatMap(TagText.popularity)
      ?? TagText.rating(raw[EMUS_TAG_RATING])
  }
}

/// Reads the tags of many files; the answers are in the order of the paths, one for each.
package typealias TagReading =
  @Sendable (_ paths: [[UInt8]]) async throws -> [Result<Tags, TagFault>]
