/// A list of songs by where they are, as files of this and of other programs hold it: what stands
/// between a `.m3u` and the catalogue.
///
/// A pure value. It knows no catalogue and asks no disk: whether a file is there, and which track it
/// is, others say. It refuses to drop an entry that it cannot place.
package struct Playlist: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    /// Where the song is; nil where the file names a song without saying where (XSPF may).
    package var place: PlaylistPlace?
    /// Went through `Tags.clean`, like the artist.
    package var title: String?
    package var artist: String?
    /// Seconds, above 0; nil where the file does not tell.
    package var duration: Double?
    /// Of a piece of a file: seconds, above 0, from the start of the file; nil is its beginning.
    package var start: Double?
    /// Seconds, above 0, from the start of the file; nil is its end.
    package var end: Double?
    /// Comments, and directives that nobody here understands, that stand before it.
    package var remarks: [PlaylistRemark]

    package init(
      place: PlaylistPlace?, title: String? = nil, artist: String? = nil, duration: Double? = nil,
      start: Double? = nil, end: Double? = nil, remarks: [PlaylistRemark] = []
    ) {
      self.place = place
      self.title = title
      self.artist = artist
      self.duration = duration
      self.start = start
      self.end = end
      self.remarks = remarks
    }

    /// The entry of a track of the catalogue.
    package init(_ track: Track) {
      self.init(
        place: .file(track.location.path), title: track.displayTitle,
        artist: track.tags.artist ?? track.tags.albumArtist, duration: track.tags.duration,
        start: track.location.start, end: track.location.end)
    }

    /// Less than a whole file.
    package var isPiece: Bool { start != nil || end != nil }

    /// Where it may be in the library, the likeliest first.
    package var locations: [Location] {
      place?.paths.map { Location(path: $0, start: start, end: end) } ?? []
    }
  }

  /// What the list calls itself; nil where it does not.
  package var title: String?
  package var entries: [Entry]
  /// Those that stand behind the last entry.
  package var remarks: [PlaylistRemark]

  package init(
    title: String? = nil, entries: [Entry] = [], remarks: [PlaylistRemark] = []
  ) {
    self.title = title
    self.entries = entries
    self.remarks = remarks
  }

  /// Reads the bytes of a playlist file.
  ///
  /// `folder` is the absolute folder of the file, which relative paths start from. Throws, with the
  /// line where there is one to blame, where the bytes are no text or no list of the format.
  package init(
    _ bytes: [UInt8], format: PlaylistFormat, folder: [UInt8]
  ) throws(PlaylistFault) {
    let bytes = try PlaylistText.withoutMark(bytes)
    switch format {
    case .m3u, .m3u8:
      try PlaylistText.refuseLongLines(bytes)
      self = try .m3u(bytes, folder: folder)
    case .pls:
      try PlaylistText.refuseLongLines(bytes)
      self = try .pls(bytes, folder: folder)
    case .xspf: self = try .xspf(bytes, folder: folder)
    }
  }

  /// The bytes of a file of this list.
  ///
  /// What a format cannot hold is left out: lengths below a second in all but XSPF, songs without a
  /// place in these too; of `.pls` what `losses` counts, and the list's title.
  ///
  /// Paths below `folder`, an absolute one, are written relative to it; nil writes all whole.
  package func bytes(as format: PlaylistFormat, relativeTo folder: [UInt8]? = nil) -> [UInt8] {
    switch format {
    case .m3u, .m3u8: m3u(format, folder)
    case .pls: pls(folder)
    case .xspf: xspf(folder)
    }
  }

  /// What `bytes` leaves out for want of a place in the format.
  package struct Losses: Equatable, Sendable {
    /// Pieces that are written as their whole files.
    package var pieces = 0
    package var remarks = 0
  }

  package func losses(as format: PlaylistFormat) -> Losses {
    guard format == .pls else { return Losses() }
    return Losses(
      pieces: entries.count(where: \.isPiece),
      remarks: entries.reduce(remarks.count) { $0 + $1.remarks.count })
  }
}

/// The playlist files there are.
package enum PlaylistFormat: String, CaseIterable, Sendable {
  /// In UTF-8 or, where a line is none, in Latin-1.
  case m3u
  case m3u8
  case pls
  case xspf

  /// The format that a file's name ends in, whatever its case; nil for any other.
  package init?(fileName: [UInt8]) {
    guard let dot = fileName.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let ending = String(decoding: fileName[(dot + 1)...], as: UTF8.self).lowercased()
    self.init(rawValue: ending)
  }

  /// Whether a path stands in a line as it is, even if its bytes are no UTF-8.
  var takesAnyBytes: Bool { self == .m3u }
}

/// Why the bytes of a file are no playlist; the caller adds which file.
package struct PlaylistFault: Error, Equatable, CustomStringConvertible {
  /// From 1; nil where it is not about one line.
  package var line: Int?
  package var reason: String

  package init(line: Int? = nil, reason: String) {
    self.line = line
    self.reason = reason
  }

  package var description: String { line.map { "line \($0): \(reason)" } ?? reason }
}
