import Music

/// Gives every file that lacks one its fingerprint: what comes after a scan, so that the scan
/// itself need not wait for it. It stands back for all other work, may be stopped at any moment,
/// and goes on from there the next time. Two at once do the same work twice and no harm.
package enum FingerprintPass {
  /// Tracks of one transaction.
  static let batchSize = 4000

  /// Runs to the end, or until `isCancelled` says so; answers how many tracks it looked at. Throws
  /// what the catalogue throws.
  @discardableResult
  package static func run(
    _ files: CatalogFiles, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws -> Int {
    var last: Int64 = 0
    var count = 0
    while !isCancelled(), !Task.isCancelled {
      let rows = try await files.unmarked(last, batchSize)
      guard let end = rows.last else { break }
      last = end.number
      count += rows.count
      // The parts of one file share its fingerprint.
      let paths = Array(Set(rows.map(\.path)))
      let found = await Fingerprint.of(paths, standingBack: true)
      let marks = Dictionary(uniqueKeysWithValues: zip(paths, found))
      // After the reading: what was replaced before it, or meanwhile, is another file than the row's.
      let unchanged = await System.onOwnThread { rows.filter { isStill($0) } }
      try await files.mark(
        unchanged.map { row in
          let fingerprint = marks[row.path] ?? nil
          return FileMark(number: row.number, stamp: row.stamp, fingerprint: fingerprint ?? 0)
        })
    }
    return count
  }

  /// Whether the file is as the scan read it. That of a piece has the time of its sheet mixed into
  /// its stamp: where a sheet lies beside it the size has to do.
  private static func isStill(_ file: UnmarkedFile) -> Bool {
    guard case .success(let status) = System.status(file.path),
      status.stamp.size == file.stamp.size
    else { return false }
    return status.stamp.modified == file.stamp.modified || hasSheetBeside(file.path)
  }

  private static func hasSheetBeside(_ path: [UInt8]) -> Bool {
    let folder = Array(path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)])
    guard
      case .success(let entries) = System.entries(
        of: folder, isWanted: { FolderWalk.kind($0) == .sheet })
    else { return false }
    return entries.contains { FolderWalk.kind($0.name) == .sheet }
  }
}
