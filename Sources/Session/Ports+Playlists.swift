import Music

/// What an effect on a playlist comes to: playlists hold paths, the queue holds tracks.
extension Ports {
  func perform(_ work: PlaylistWork) async throws -> PlaylistNews {
    switch work {
    case .save(let name, let ids):
      let tracks = try await catalog.tracks(ids)
      try await playlists.save(name, Playlist(title: name, entries: tracks.map { .init($0) }))
      return .saved(name, count: tracks.count)
    case .load(let name):
      guard let list = try await playlists.load(name) else { throw try await unknown(name) }
      let found = try await list.located(in: catalog)
      return .loaded(name, found.compactMap(\.self), unknown: found.count { $0 == nil })
    case .add(let name, let id):
      var list = try await playlists.load(name) ?? Playlist(title: name)
      list.entries += try await catalog.tracks([id]).map { .init($0) }
      try await playlists.save(name, list)
      return .added(name, count: list.entries.count)
    case .delete(let name):
      guard try await playlists.delete(name) else { throw try await unknown(name) }
      return .deleted(name)
    }
  }

  private func unknown(_ name: String) async throws -> PlaylistsFault {
    .unknown(name, known: try await playlists.list().map(\.name))
  }
}
