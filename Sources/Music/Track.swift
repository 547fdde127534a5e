/// A track's number in the catalogue. Stable for as long as the catalogue lives.
package struct TrackID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) { self.rawValue = rawValue }
  package init(_ rawValue: Int64) { self.rawValue = rawValue }

  package static func < (left: TrackID, right: TrackID) -> Bool { left.rawValue < right.rawValue }
}

/// Where a track is: a file as bytes (or a URL as its UTF-8) and, for cue sheets, a part of it.
package struct Location: Hashable, Sendable {
  /// An absolute path as the file system has it, not necessarily UTF-8, without a NUL.
  package var path: [UInt8]
  /// Seconds from the start of the file; nil is its beginning.
  package var start: Double?
  /// Seconds from the start of the file; nil is its end.
  package var end: Double?

  package init(path: [UInt8], start: Double? = nil, end: Double? = nil) {
    self.path = path
    self.start = start
    self.end = end
  }

  package init(path: String) { self.init(path: Array(path.utf8)) }

  /// Less than the whole file.
  package var isPart: Bool { start != nil || end != nil }

  /// The same file, whole in both; or pieces that begin in it at the same time, to a hundredth of a
  /// second: lists write times down shorter than sheets say them.
  package func isSame(as other: Location) -> Bool {
    guard path == other.path, isPart == other.isPart else { return false }
    return ((start ?? 0) - (other.start ?? 0)).magnitude < Self.tolerance
  }

  /// Seconds; a frame of a cue sheet is 0.0133.
  package static let tolerance = 0.01

  /// The path for people: bytes that are not UTF-8 become U+FFFD. Never use it to open a file.
  package var displayPath: String { String(decoding: path, as: UTF8.self) }

  /// The path for people, with nothing lost: a backslash is written twice, a byte that is no UTF-8
  /// as `\xE9`, a character that cannot be drawn as `\u{202E}`.
  package var escapedPath: String { PathText.escaped(path) }

  /// True where `displayPath` loses nothing.
  package var isUTF8: Bool { String(validating: path, as: UTF8.self) != nil }
}

/// One piece of music as the catalogue knows it.
package struct Track: Equatable, Sendable {
  package var id: TrackID
  package var location: Location
  package var tags: Tags
  /// A piece of the demo library of the installation.
  package var isDemo: Bool

  package init(id: TrackID, location: Location, tags: Tags, isDemo: Bool = false) {
    self.id = id
    self.location = location
    self.tags = tags
    self.isDemo = isDemo
  }

  /// The title, or the file's name where the tags have none, escaped as paths are. Never empty, safe
  /// to draw.
  package var displayTitle: String {
    tags.title ?? Tags.clean(PathText.escaped(fileName)) ?? "untitled"
  }

  /// The title, or the file's name where the tags have none, as people type it: what cannot be drawn
  /// is left out. The catalogue searches and orders by it, and takes it out of its index by the same
  /// text: it must not change.
  package var plainTitle: String {
    if let title = tags.title { return title }
    let name = String(decoding: fileName, as: UTF8.self).unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: name)
    return Tags.clean(String(text)) ?? "untitled"
  }

  private var fileName: [UInt8] {
    location.path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
  }

  /// The artist, or "unknown artist".
  package var displayArtist: String { tags.artist ?? tags.albumArtist ?? "unknown artist" }
}
