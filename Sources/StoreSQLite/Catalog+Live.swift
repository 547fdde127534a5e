import Music

extension Catalog {
  /// The catalogue in the database.
  ///
  /// `mood` says where a track lies in the plane of valence and arousal. It gets the tags `mood`,
  /// `genre` and `bpm` only, and is called for each track at each `facts`.
  package static func live(
    _ database: EmusDatabase, mood: @escaping @Sendable (Tags) -> TrackMood
  ) -> Catalog {
    let cache = SearchCache()
    return Catalog(
      page: { query, window in
        try await database.read { try CatalogReading.page($0, query, window, cache) }
      },
      tracks: { ids in try await database.read { try CatalogReading.tracks($0, ids) } },
      locate: { places in try await database.read { try CatalogReading.locate($0, places) } },
      named: { names in try await database.read { try CatalogReading.named($0, names) } },
      total: { query in try await database.read { try CatalogReading.total($0, query, cache) } },
      history: { track, listener in
        try await database.read { try HistoryRows.history(of: track, listener: listener, $0) }
      },
      facts: { try await database.read { try CatalogReading.facts($0, mood: mood) } },
      folders: { try await database.read { try CatalogReading.folders($0) } },
      stamps: { folder in
        try await database.read { try CatalogReading.stamps($0, below: folder) }
      },
      write: { batch in
        // The last one brings all before it to the disk.
        if batch.isLast { return try await database.write { try CatalogWriting.write(batch, $0) } }
        return try await database.writeReadable { try CatalogWriting.write(batch, $0) }
      },
      smartPlaylists: SmartPlaylists(
        all: { try await database.read { try SmartPlaylistRows.all($0) } },
        save: { playlist in
          try await database.write { try SmartPlaylistRows.save(playlist, $0) }
        },
        rename: { name, new in
          try await database.write { try SmartPlaylistRows.rename(name, to: new, $0) }
        },
        remove: { name in try await database.write { try SmartPlaylistRows.remove(name, $0) } }),
      foundPlaylists: .live(database),
      describe: { details, progress in
        try await database.write { try DetailRows.join(details, $0, progress) }
      },
      files: .live(database))
  }
}

extension CatalogFiles {
  /// What scans know of the files, in the database.
  static func live(_ database: EmusDatabase) -> CatalogFiles {
    CatalogFiles(
      marked: { try await database.read { try FileRows.marked($0) } },
      unmarked: { after, limit in
        try await database.read { try FileRows.unmarked($0, after: after, limit: limit) }
      },
      mark: { marks in try await database.write { try FileRows.mark($0, marks) } },
      prune: { folder in try await database.write { try FileRows.prune($0, below: folder) } },
      forget: { folders in try await database.write { try FileRows.forget($0, folders) } })
  }
}

extension FoundPlaylists {
  /// What scans found, in the database.
  static func live(_ database: EmusDatabase) -> FoundPlaylists {
    let cache = FoundPlaylistCache()
    return FoundPlaylists(
      all: { try await database.read { try FoundPlaylistRows.all($0, cache) } },
      load: { path in try await database.read { try FoundPlaylistRows.load(path, $0) } },
      stamps: { folder in
        try await database.read { try FoundPlaylistRows.stamps(below: folder, $0) }
      },
      write: { read, gone in
        try await database.write { try FoundPlaylistRows.write(read, gone: gone, $0) }
        cache.keep([])
      })
  }
}
