import Music
import Synchronization

/// The playlists that were read, by their files: one that did not change is not read again. It keeps
/// no list that cannot be read, which may be mended without another size or time.
final class PlaylistCache: Sendable {
  /// A file as it was when it was read.
  struct Version: Equatable {
    var identity: System.Identity
    var stamp: FileStamp

    init(_ status: System.Status) {
      identity = status.identity
      stamp = status.stamp
    }
  }

  private let lists = Mutex<[[UInt8]: (version: Version, list: Playlist)]>([:])

  subscript(path: [UInt8], version: Version) -> Playlist? {
    lists.withLock { lists in
      lists[path].flatMap { $0.version == version ? $0.list : nil }
    }
  }

  func keep(_ list: Playlist, of path: [UInt8], _ version: Version) {
    lists.withLock { $0[path] = (version, list) }
  }

  /// Forgets all files but these.
  func forget(allBut paths: Set<[UInt8]>) {
    lists.withLock { $0 = $0.filter { paths.contains($0.key) } }
  }
}
