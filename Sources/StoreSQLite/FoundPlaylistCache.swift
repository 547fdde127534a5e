import Music
import Synchronization

/// Found playlists that were read from the database, by path and stamp: what a scan did not write
/// anew since is not taken apart again.
final class FoundPlaylistCache: Sendable {
  private let lists = Mutex<[[UInt8]: FoundPlaylist]>([:])

  subscript(path: [UInt8], stamp: FileStamp) -> FoundPlaylist? {
    lists.withLock { lists in
      lists[path].flatMap { $0.stamp == stamp ? $0 : nil }
    }
  }

  /// Those that there are now, and no others.
  func keep(_ all: [FoundPlaylist]) {
    let readable = all.filter { if case .success = $0.contents { true } else { false } }
    lists.withLock { lists in
      lists = Dictionary(readable.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
