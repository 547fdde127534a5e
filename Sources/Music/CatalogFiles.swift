/// The part of the port to the listener's music that only scans use: fingerprints, by which a file
/// is known again under another path, and forgetting what is gone. `live` is in `StoreSQLite`.
package struct CatalogFiles: Sendable {
  /// Every file with a fingerprint, missing ones too, and missing ones without; not those of demo
  /// pieces.
  package var marked: @Sendable () async throws -> [MarkedFile]
  /// Files that are there and lack a fingerprint, after a number, at most `limit` tracks of them.
  package var unmarked: @Sendable (_ after: Int64, _ limit: Int) async throws -> [UnmarkedFile]
  /// Stores fingerprints, of files that have not changed meanwhile, in one transaction.
  package var mark: @Sendable ([FileMark]) async throws -> Void
  /// Forgets the missing tracks below a folder on which nothing hangs: no rating, no history,
  /// nothing else of the listener's.
  package var prune: @Sendable (_ folder: [UInt8]) async throws -> PruneTally
  /// Forgets that folders were scanned, of whose tracks others take care.
  package var forget: @Sendable (_ folders: [[UInt8]]) async throws -> Void

  package init(
    marked: @escaping @Sendable () async throws -> [MarkedFile],
    unmarked: @escaping @Sendable (_ after: Int64, _ limit: Int) async throws -> [UnmarkedFile],
    mark: @escaping @Sendable ([FileMark]) async throws -> Void,
    prune: @escaping @Sendable (_ folder: [UInt8]) async throws -> PruneTally,
    forget: @escaping @Sendable (_ folders: [[UInt8]]) async throws -> Void
  ) {
    self.marked = marked
    self.unmarked = unmarked
    self.mark = mark
    self.prune = prune
    self.forget = forget
  }

  /// Knows no file.
  package static let silent = CatalogFiles(
    marked: { [] }, unmarked: { _, _ in [] }, mark: { _ in }, prune: { _ in PruneTally() },
    forget: { _ in })
}

/// A file that is known by its sound, or missing.
package struct MarkedFile: Equatable, Sendable {
  package var path: [UInt8]
  /// The lowest of its tracks' numbers.
  package var number: Int64
  /// When it was last read.
  package var stamp: FileStamp
  /// 0 where the sound is not known. Two files may have the same.
  package var fingerprint: Int64
  package var isMissing: Bool
  /// A rating, a play or imported details hang on one of its tracks.
  package var isUsed: Bool

  package init(
    path: [UInt8], number: Int64, stamp: FileStamp, fingerprint: Int64, isMissing: Bool,
    isUsed: Bool
  ) {
    self.path = path
    self.number = number
    self.stamp = stamp
    self.fingerprint = fingerprint
    self.isMissing = isMissing
    self.isUsed = isUsed
  }
}

/// A file whose sound is not known yet. The parts of one file come as one each.
package struct UnmarkedFile: Equatable, Sendable {
  /// The track's number, for the next call.
  package var number: Int64
  package var path: [UInt8]
  package var stamp: FileStamp

  package init(number: Int64, path: [UInt8], stamp: FileStamp) {
    self.number = number
    self.path = path
    self.stamp = stamp
  }
}

/// A fingerprint to store.
package struct FileMark: Equatable, Sendable {
  /// The track's.
  package var number: Int64
  /// The catalogue's, not the file's: that of a part speaks of its sheet too.
  package var stamp: FileStamp
  /// 0 where none can be made: it is not tried again before the file changes.
  package var fingerprint: Int64

  package init(number: Int64, stamp: FileStamp, fingerprint: Int64) {
    self.number = number
    self.stamp = stamp
    self.fingerprint = fingerprint
  }
}

/// What pruning came to.
package struct PruneTally: Equatable, Sendable {
  /// The files of the tracks that were forgotten, each once.
  package var forgotten: [[UInt8]]
  /// Missing tracks that stay, hidden, since something of the listener's hangs on them.
  package var kept: Int
  /// How many of those have a rating.
  package var keptWithRating: Int

  package init(forgotten: [[UInt8]] = [], kept: Int = 0, keptWithRating: Int = 0) {
    self.forgotten = forgotten
    self.kept = kept
    self.keptWithRating = keptWithRating
  }
}
