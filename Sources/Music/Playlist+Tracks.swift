/// From the paths of a playlist to the tracks of the catalogue.
extension Playlist {
  /// The tracks that the entries' paths lead to, in their order; nil where the catalogue has none.
  package func located(in catalog: Catalog) async throws -> [TrackID?] {
    let paths = entries.map { $0.place?.paths ?? [] }
    var known = try await catalog.locate(paths.flatMap(\.self))[...]
    return paths.map { paths in
      defer { known = known.dropFirst(paths.count) }
      return known.prefix(paths.count).compactMap(\.self).first
    }
  }
}
