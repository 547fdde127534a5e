/// The port to the playlists that lie in the listener's own folders: a part of `Catalog`. A scan
/// finds and reads them; they are shown and played, and never written.
package struct FoundPlaylists: Sendable {
  /// All of them, by path.
  package var all: @Sendable () async throws -> [FoundPlaylist]
  /// The one at a path; nil where none was found there.
  package var load: @Sendable (_ path: [UInt8]) async throws -> FoundPlaylist?
  /// Size and time of those below a folder, by path.
  package var stamps: @Sendable (_ folder: [UInt8]) async throws -> [[UInt8]: FileStamp]
  /// Keeps what a scan read and forgets what is gone, in one transaction.
  package var write: @Sendable (_ read: [FoundPlaylist], _ gone: [[UInt8]]) async throws -> Void

  package init(
    all: @escaping @Sendable () async throws -> [FoundPlaylist],
    load: @escaping @Sendable (_ path: [UInt8]) async throws -> FoundPlaylist?,
    stamps: @escaping @Sendable (_ folder: [UInt8]) async throws -> [[UInt8]: FileStamp],
    write: @escaping @Sendable (_ read: [FoundPlaylist], _ gone: [[UInt8]]) async throws -> Void
  ) {
    self.all = all
    self.load = load
    self.stamps = stamps
    self.write = write
  }

  /// Knows none.
  package static let silent = FoundPlaylists(
    all: { [] }, load: { _ in nil }, stamps: { _ in [:] }, write: { _, _ in })
}

/// A playlist file as a scan met it.
package struct FoundPlaylist: Equatable, Sendable {
  /// Absolute.
  package var path: [UInt8]
  package var stamp: FileStamp
  /// What it says, or why it cannot be read, in one line.
  package var contents: Result<Playlist, PlaylistFault>

  package init(path: [UInt8], stamp: FileStamp, contents: Result<Playlist, PlaylistFault>) {
    self.path = path
    self.stamp = stamp
    self.contents = contents
  }

  /// The file's name without its ending, safe to draw.
  package static func name(_ path: [UInt8]) -> String {
    let file = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
    let end = file.lastIndex(of: UInt8(ascii: ".")) ?? file.endIndex
    return Tags.clean(PathText.escaped(Array(file[..<end]))) ?? "untitled"
  }
}
