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
      try await files.mark(
        rows.map { row in
          let fingerprint = marks[row.path] ?? nil
          return FileMark(number: row.number, stamp: row.stamp, fingerprint: fingerprint ?? 0)
        })
    }
    return count
  }
}
