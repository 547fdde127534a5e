import Music

/// What an effect on a playlist comes to: playlists hold paths, the queue holds tracks.
extension Ports {
  func perform(_ work: PlaylistWork) async throws -> PlaylistNews {
    switch work {
    case .save(let name, let ids): return try await save(name, ids)
    case .create(let name, let ids):
      try await refuseTaken(name)
      return try await save(name, ids)
    case .add(let name, let id):
      var list = try await playlists.load(name) ?? Playlist(title: name)
      list.entries += try await catalog.tracks([id]).map { .init($0) }
      try await playlists.save(name, list)
      return .added(name, count: list.entries.count)
    case .rename(let name, let new):
      try await playlists.rename(name, new)
      return .renamed(name, new)
    case .delete(let name):
      // What cannot be read could not be brought back: it is not dropped.
      guard let list = try await playlists.load(name) else { throw try await unknown(name) }
      _ = try await playlists.delete(name)
      return .deleted(name, list)
    case .restore(let name, let list, let over):
      if !over { try await refuseTaken(name) }
      try await playlists.save(name, list)
      return .restored(name)
    }
  }

  private func save(_ name: String, _ ids: [TrackID]) async throws -> PlaylistNews {
    let tracks = try await catalog.tracks(ids)
    let list = Playlist(title: name, entries: tracks.map { .init($0) })
    let former = try await playlists.load(name)
    try await playlists.save(name, list)
    return .saved(name, count: tracks.count, replaced: former)
  }

  private func refuseTaken(_ name: String) async throws {
    if try await playlists.load(name) != nil { throw PlaylistsFault.taken(name) }
  }

  private func unknown(_ name: String) async throws -> PlaylistsFault {
    .unknown(name, known: try await playlists.list().map(\.name))
  }
}

/// The playlists as the screen lists and opens them.
extension Ports {
  /// All of them: the listener's own and smart ones by name, then those that lie in folders by path.
  func playlistRows(listener: Int64?, time: Double) async throws -> [PlaylistRow] {
    var rows: [PlaylistRow] = []
    for summary in try await playlists.list() {
      do {
        let list = try await playlists.load(summary.name)
        rows.append(try await row(.saved(summary.name), list ?? Playlist()))
      } catch PlaylistsFault.unreadable(_, let reason) {
        rows.append(unreadable(.saved(summary.name), reason))
      }
    }
    for smart in try await catalog.smartPlaylists.all() {
      rows.append(try await row(smart, listener: listener, time: time))
    }
    for found in try await catalog.foundPlaylists.all() {
      switch found.contents {
      case .success(let list): rows.append(try await row(.found(found.path), list))
      case .failure(let fault): rows.append(unreadable(.found(found.path), fault.description))
      }
    }
    return rows
  }

  private func row(_ reference: PlaylistReference, _ list: Playlist) async throws -> PlaylistRow {
    let found = try await list.located(in: catalog).compactMap(\.self)
    var row = PlaylistRow(reference: reference)
    row.songs = found.count
    row.absent = list.entries.count - found.count
    row.seconds = try await catalog.tracks(found).reduce(0) { $0 + ($1.tags.duration ?? 0) }
    return row
  }

  private func row(
    _ smart: SmartPlaylist, listener: Int64?, time: Double
  ) async throws -> PlaylistRow {
    var row = PlaylistRow(reference: .smart(smart.name))
    row.query = smart.text
    switch smart.query {
    case .failure(let error): row.problem = error.description
    case .success(let filter):
      let total = try await catalog.total(
        CatalogQuery(filter, listener: listener, time: time, forgivesSlips: false))
      row.songs = total.count
      row.isCut = total.isCut
      row.seconds = total.seconds
    }
    return row
  }

  private func unreadable(_ reference: PlaylistReference, _ reason: String) -> PlaylistRow {
    var row = PlaylistRow(reference: reference)
    row.problem = reason
    return row
  }

  /// The songs of one playlist; of a smart one the first `State.longestPlaylist`.
  func contents(
    of reference: PlaylistReference, listener: Int64?, time: Double
  ) async throws -> PlaylistContents {
    switch reference {
    case .saved(let name):
      guard let list = try await playlists.load(name) else { throw try await unknown(name) }
      return try await contents(of: list)
    case .found(let path):
      guard let found = try await catalog.foundPlaylists.load(path) else {
        throw PlaylistsFault.gone(path: PathText.escaped(path))
      }
      return try await contents(of: try found.contents.get())
    case .smart(let name):
      let all = try await catalog.smartPlaylists.all()
      guard let smart = all.first(where: { $0.name == name }) else {
        throw PlaylistsFault.unknown(name, known: all.map(\.name))
      }
      let query = CatalogQuery(
        try smart.query.get(), listener: listener, time: time, forgivesSlips: false)
      let page = try await catalog.page(query, 0..<State.longestPlaylist)
      return PlaylistContents(entries: page.rows.map { .track($0.id) }, total: page.total)
    }
  }

  private func contents(of list: Playlist) async throws -> PlaylistContents {
    let found = try await list.located(in: catalog)
    let entries = zip(list.entries, found).map { entry, id in
      id.map { PlaylistContents.Entry.track($0) } ?? .absent(Self.words(of: entry))
    }
    return PlaylistContents(entries: entries, total: entries.count)
  }

  private static func words(of entry: Playlist.Entry) -> String {
    guard let title = entry.title else {
      return entry.place?.displayText ?? "a song without a name"
    }
    return entry.artist.map { "\($0) - \(title)" } ?? title
  }
}

extension SmartPlaylists {
  func apply(_ change: SmartPlaylistChange) async throws {
    switch change {
    case .save(let playlist): try await save(playlist)
    case .rename(let name, let new): try await rename(name, new)
    case .remove(let name): try await remove(name)
    }
  }
}
