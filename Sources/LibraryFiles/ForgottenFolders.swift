import Music

/// Known folders that a listener wants forgotten although they are there: no scan reads them any
/// more, and nobody watches them.
///
/// Their songs leave the lists as those of files that are gone do: with all that hangs on them, and
/// until a folder in which they are found is scanned. What lies in another known folder as well
/// stays. It changes no file, and deletes no track.
package struct ForgottenFolders: Equatable, Sendable {
  /// As they were known.
  package private(set) var folders: [[UInt8]] = []
  /// Files whose songs left the lists.
  package private(set) var missing = 0

  /// Forgets folders, which are paths in bytes, relative ones from the working folder. A kill in
  /// between leaves known folders whose songs are missing until the next scan, or this again.
  ///
  /// - Throws: `ScanFailure`, before anything is forgotten, for a folder that is not known; and what
  ///   `catalog` throws.
  package static func run(
    _ names: [[UInt8]], catalog: Catalog
  ) async throws -> ForgottenFolders {
    let known = try await catalog.folders()
    let wanted = try names.map { try folder($0, among: known) }
    let others = known.filter { !wanted.contains($0) }
    var forgotten = ForgottenFolders()
    for folder in known where wanted.contains(folder) {
      try await forgotten.forget(folder, butFor: others, catalog)
    }
    return forgotten
  }

  private mutating func forget(
    _ folder: [UInt8], butFor others: [[UInt8]], _ catalog: Catalog
  ) async throws {
    func left(_ stamps: [[UInt8]: FileStamp]) -> [[UInt8]] {
      stamps.keys.filter { path in !others.contains { Scan.lies(path, in: $0) } }
        .sorted { $0.lexicographicallyPrecedes($1) }
    }
    let files = left(try await catalog.stamps(folder))
    let tally = try await catalog.write(
      ScanBatch(folder: folder, missing: files, isLast: true))
    missing += tally.missing
    let playlists = left(try await catalog.foundPlaylists.stamps(folder))
    if !playlists.isEmpty { try await catalog.foundPlaylists.write([], playlists) }
    try await catalog.files.forget([folder])
    folders.append(folder)
  }

  /// The known folder that is named so, which need not be there any more.
  private static func folder(_ name: [UInt8], among known: [[UInt8]]) throws -> [UInt8] {
    if let folder = Place.names(of: name).first(where: known.contains) { return folder }
    let names = known.map(PathText.escaped).joined(separator: ", ")
    throw ScanFailure(
      path: name,
      reason: known.isEmpty ? "no folder is known" : "no known folder; those are: \(names)")
  }
}
