/// What a file says of itself beyond what lists show: every artist and genre by itself, loudness,
/// identifiers, what else it carries. Read and stored with the `Tags`; texts went through
/// `Tags.clean`.
package struct TagDetails: Equatable, Sendable {
  /// Each artist, where the file names several; else empty, and `Tags.artist` is the one.
  package var artists: [String] = []
  /// Each genre, where the file names several; else empty, and `Tags.genre` is the one.
  package var genres: [String] = []
  /// The file says that its album is by several artists.
  package var isCompilation = false
  /// When the music first came out, as written: "1973", "1973-03-01".
  package var originalDate: String?
  package var gain = ReplayGain()
  /// MusicBrainz's numbers, in lower case.
  package var recordingID: String?
  package var releaseID: String?
  package var artistIDs: [String] = []
  /// The file carries a picture.
  package var hasCover = false
  /// The file carries words, with times or without.
  package var hasLyrics = false

  package init() {}

  /// The most values that one list may have; the rest is left out.
  package static let listLimit = 16
}

/// How much louder or softer a piece has to be played to sound as loud as others. Relative to
/// -18 LUFS (ReplayGain 2.0); what R128 tags say relative to -23 is converted.
package struct ReplayGain: Equatable, Sendable {
  /// Decibels.
  package var track: Double?
  /// The loudest sample of the piece; 1 is full scale.
  package var trackPeak: Double?
  /// Decibels, one value for the whole album.
  package var album: Double?
  package var albumPeak: Double?

  package init(
    track: Double? = nil, trackPeak: Double? = nil, album: Double? = nil, albumPeak: Double? = nil
  ) {
    self.track = track
    self.trackPeak = trackPeak
    self.album = album
    self.albumPeak = albumPeak
  }
}
