import Music

/// What a scan has come to, in files: one with a cue sheet counts once, however many pieces.
package struct ScanReport: Equatable, Sendable {
  package var added = 0
  package var updated = 0
  package var unchanged = 0
  /// Known under another path before; neither added nor updated.
  package var moved = 0
  /// Missing until now and found again in their place; not in `updated`.
  package var returned = 0
  /// Known and not there any more, or another song has their place.
  package var missing = 0
  /// Playlist files of the folders that can be read.
  package var playlists = 0
  /// The listener's own playlists that now name moved files by their new paths.
  package var followed = 0
  /// Files, folders and cue sheets that could not be read, and what sheets name that is not there,
  /// in the order in which they were met.
  package var failed: [ScanFailure] = []
  /// Folders that were to be scanned and are not there or may not be listed; in `failed` as well,
  /// with the reason.
  package var absent: [[UInt8]] = []
  package var seconds = 0.0
  /// False where the scan was stopped; the next one goes on from there.
  package var isComplete = true
  /// What was forgotten; nil where nobody asked for it.
  package var pruned: Pruned?

  package init() {}

  /// What became of the missing tracks of the scanned folders.
  package struct Pruned: Equatable, Sendable {
    /// Paths of the files whose tracks were forgotten.
    package var forgotten: [[UInt8]] = []
    /// Missing tracks that stay, hidden, since something of the listener's hangs on them.
    package var kept = 0
    /// How many of those have a rating.
    package var keptWithRating = 0
    /// Folders that held no music at all, of which nothing was forgotten.
    package var refused: [[UInt8]] = []
    /// Known folders that were gone, and are known no more.
    package var folders: [[UInt8]] = []

    package init() {}
  }
}

/// A file or folder that could not be read, and why.
package struct ScanFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: [UInt8]
  /// One line, without the path.
  package var reason: String

  package init(path: [UInt8], reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The path with every byte of it to be seen.
  package var description: String { "\(PathText.escaped(path)): \(reason)" }
}

/// None of the folders that were to be scanned is there and may be listed.
package struct AbsentFolders: Error, Equatable, CustomStringConvertible {
  package var failures: [ScanFailure]

  package var description: String { failures.map(\.description).joined(separator: "; ") }
}

/// How far a scan is.
package struct ScanProgress: Equatable, Sendable {
  /// The folder being scanned.
  package var folder: [UInt8]
  /// Files of this folder that are done, unchanged ones included.
  package var done: Int
  /// Files found below this folder.
  package var total: Int
  /// Failures so far, in all folders.
  package var failed: Int

  package init(folder: [UInt8], done: Int, total: Int, failed: Int) {
    self.folder = folder
    self.done = done
    self.total = total
    self.failed = failed
  }
}
