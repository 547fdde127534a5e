/// What a scan has come to, and how far it is.
package struct ScanReport: Equatable, Sendable {
  package var added = 0
  package var updated = 0
  package var unchanged = 0
  /// Files known under another path before; recognised by no scan yet.
  package var moved = 0
  package var missing = 0
  /// Files and folders that could not be read, in the order in which they were met.
  package var failed: [ScanFailure] = []
  package var seconds = 0.0
  /// False where the scan was stopped; the next one goes on from there.
  package var isComplete = true

  package init() {}
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

  package var description: String { "\(String(decoding: path, as: UTF8.self)): \(reason)" }
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
