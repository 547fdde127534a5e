import Music

extension Catalog {
  /// The catalogue in the database.
  ///
  /// `mood` says where a track lies in the plane of valence and arousal. It gets the tags `mood`,
  /// `genre` and `bpm` only, and is called for each track at each `facts`.
  package static func live(
    _ database: EmusDatabase, mood: @escaping @Sendable (Tags) -> TrackMood
  ) -> Catalog {
    Catalog(
      page: { query, window in
        try await database.read { try CatalogReading.page($0, query, window) }
      },
      tracks: { ids in try await database.read { try CatalogReading.tracks($0, ids) } },
      locate: { paths in try await database.read { try CatalogReading.locate($0, paths) } },
      facts: { try await database.read { try CatalogReading.facts($0, mood: mood) } },
      folders: { try await database.read { try CatalogReading.folders($0) } },
      stamps: { folder in
        try await database.read { try CatalogReading.stamps($0, below: folder) }
      },
      write: { batch in try await database.write { try CatalogWriting.write(batch, $0) } },
      describe: { details in try await database.write { try DetailRows.join(details, $0) } })
  }
}
