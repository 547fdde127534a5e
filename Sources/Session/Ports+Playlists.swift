import Music

/// What an effect on a playlist comes to: playlists hold paths, the queue holds tracks.
extension Ports {
  func perform(_ work: PlaylistWork) async throws -> PlaylistNews {
    switch work {
    case .save(let name, let queue): return try await save(name, queue)
    case .create(let name, let queue):
      try await refuseTaken(name)
      return try await save(name, queue)
    case .add(let name, let id):
      let new = try await catalog.tracks([id]).map { Playlist.Entry($0) }
      return try await change(name) { former in
        var list = former ?? Playlist(title: name)
        list.entries += new
        return (list, .added(name, count: list.entries.count))
      }
    case .rename(let name, let new):
      try await playlists.rename(name, new)
      return .renamed(name, new)
    case .delete(let name):
      // What cannot be read could not be brought back: it is not dropped.
      let own = PlaylistName(name) == nil ? nil : try await playlists.load(name)
      guard let list = own else { throw try await notOwn(name) }
      _ = try await playlists.delete(name)
      return .deleted(name, list)
    case .restore(let name, let list, let over):
      // Asked for twice, it is there already.
      let known = over ? nil : try await playlists.load(name)
      guard known == nil || known == list else { throw PlaylistsFault.taken(name) }
      try await playlists.save(name, list)
      return .restored(name)
    }
  }

  /// Keeps the queue in the place of the list of that name; else of a copy of the one that it was
  /// filled from.
  private func save(_ name: String, _ queue: KeptQueue) async throws -> PlaylistNews {
    let tracks = try await catalog.tracks(queue.tracks)
    return try await change(name) { known in
      let (list, saved) = try await revised(known, name, queue, tracks)
      return (list, .saved(saved))
    }
  }

  private func revised(
    _ known: Playlist?, _ name: String, _ queue: KeptQueue, _ tracks: [Track]
  ) async throws -> (Playlist, SavedPlaylist) {
    let copied = known == nil ? try await list(queue.base?.reference) : nil
    let former = known ?? copied ?? Playlist()
    let source = known == nil ? queue.base : queue.own
    let revision = PlaylistRevision(
      of: former, tracks: try await former.located(in: catalog).map(\.track), queue: tracks,
      removed: source?.removed)
    let list = Playlist(
      title: known.map(\.title) ?? name, entries: revision.entries, remarks: former.remarks)
    var saved = SavedPlaylist(
      name: name, count: list.entries.count, recommended: queue.recommended)
    (saved.absent, saved.waiting) = (revision.absent, revision.waiting)
    (saved.dropped, saved.wasLoaded) = (revision.dropped, source != nil)
    if known?.entries != list.entries { saved.former = known }
    return (list, saved)
  }

  /// Writes what a list is to become, made anew where somebody else changed it meanwhile.
  private func change(
    _ name: String, _ body: (Playlist?) async throws -> (Playlist, PlaylistNews)
  ) async throws -> PlaylistNews {
    let tries = 5
    for _ in 0..<tries {
      let former = try await playlists.load(name)
      let (list, news) = try await body(former)
      if list == former { return news }
      if try await playlists.replace(name, former, list) { return news }
    }
    throw PlaylistsFault.busy(name)
  }

  /// What a list of paths says; nil where it is gone, cannot be read, or is a query.
  private func list(_ reference: PlaylistReference?) async throws -> Playlist? {
    switch reference {
    case .saved(let name):
      do {
        return try await playlists.load(name)
      } catch PlaylistsFault.unreadable {
        // It was whole when it was loaded; that must not keep the queue from being saved.
        return nil
      }
    case .found(let path):
      guard case .success(let list)? = try await catalog.foundPlaylists.load(path)?.contents
      else { return nil }
      return list
    case .smart, nil: return nil
    }
  }

  private func refuseTaken(_ name: String) async throws {
    if try await playlists.load(name) != nil { throw PlaylistsFault.taken(name) }
  }

  /// Why the listener has no list of a name, though the screen may show one that is called so.
  private func notOwn(_ name: String) async throws -> PlaylistsFault {
    let found = try await catalog.foundPlaylists.all().filter { Self.isCalled($0.path, name) }
    if !found.isEmpty { return .onlyRead(paths: found.map { PathText.escaped($0.path) }) }
    if try await catalog.smartPlaylists.all().contains(where: { $0.name == name }) {
      return .smart(name)
    }
    return try await unknown(name)
  }

  private func unknown(_ name: String) async throws -> PlaylistsFault {
    .unknown(name, known: try await playlists.list().map(\.name))
  }
}

/// The playlists as the screen lists and opens them.
extension Ports {
  /// All of them: the listener's own and smart ones by name, then those that lie in folders by path.
  func playlistRows(listener: Int64?, time: Double) async throws -> [PlaylistRow] {
    var own: [(PlaylistReference, Result<Playlist, PlaylistFault>)] = []
    for summary in try await playlists.list() {
      let reference = PlaylistReference.saved(summary.name)
      do {
        own.append((reference, .success(try await playlists.load(summary.name) ?? Playlist())))
      } catch PlaylistsFault.unreadable(_, let reason) {
        own.append((reference, .failure(PlaylistFault(reason: reason))))
      }
    }
    let found = try await catalog.foundPlaylists.all().map { found in
      (PlaylistReference.found(found.path), found.contents)
    }
    var rows = try await rows(own + found)
    var smart: [PlaylistRow] = []
    for playlist in try await catalog.smartPlaylists.all() {
      smart.append(try await row(playlist, listener: listener, time: time))
    }
    rows.insert(contentsOf: smart, at: own.count)
    return rows
  }

  /// The songs of all lists are looked for at once.
  private func rows(
    _ lists: [(reference: PlaylistReference, contents: Result<Playlist, PlaylistFault>)]
  ) async throws -> [PlaylistRow] {
    let entries = lists.map { list -> [Playlist.Entry] in
      if case .success(let list) = list.contents { list.entries } else { [] }
    }
    var known = try await Playlist.located(entries.flatMap(\.self), in: catalog)[...]
    var rows: [PlaylistRow] = []
    for (list, entries) in zip(lists, entries) {
      var row = PlaylistRow(reference: list.reference)
      let found = known.prefix(entries.count).compactMap(\.track)
      known = known.dropFirst(entries.count)
      if case .failure(let fault) = list.contents {
        row.problem = fault.description
      } else {
        row.songs = found.count
        row.absent = entries.count - found.count
        row.seconds = try await catalog.tracks(found).reduce(0) { $0 + ($1.tags.duration ?? 0) }
      }
      rows.append(row)
    }
    return rows
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
    let entries = zip(list.entries, found).map { entry, found -> PlaylistContents.Entry in
      switch found {
      case .byPath(let id), .byName(let id): .track(id)
      case .several: .absent("\(Self.words(of: entry)): several songs fit")
      case .nothing: .absent(Self.words(of: entry))
      }
    }
    let named = found.count { if case .byName = $0 { true } else { false } }
    return PlaylistContents(entries: entries, total: entries.count, named: named)
  }

  private static func words(of entry: Playlist.Entry) -> String {
    guard let title = entry.title else {
      return entry.place?.displayText ?? "a song without a name"
    }
    return entry.artist.map { "\($0) - \(title)" } ?? title
  }
}

/// A playlist by its name.
extension Ports {
  /// The songs of the listener's list of a name; else of the one among the music that is called so,
  /// without or with its ending, or that lies at this path.
  func load(_ name: String) async throws -> (PlaylistReference, PlaylistContents) {
    if PlaylistName(name) != nil, let list = try await playlists.load(name) {
      return (.saved(name), try await contents(of: list))
    }
    let found = try await catalog.foundPlaylists.all()
    let called = found.filter { Self.isCalled($0.path, name) }
    guard called.count < 2 else {
      throw PlaylistsFault.several(name, paths: called.map { PathText.escaped($0.path) })
    }
    guard let list = called.first else {
      let own = try await playlists.list().map(\.name)
      throw PlaylistsFault.unknown(name, known: own + found.map { FoundPlaylist.name($0.path) })
    }
    switch list.contents {
    case .success(let contents):
      return (.found(list.path), try await self.contents(of: contents))
    case .failure(let fault):
      throw PlaylistsFault.unreadable(path: PathText.escaped(list.path), reason: fault.description)
    }
  }

  private static func isCalled(_ path: [UInt8], _ name: String) -> Bool {
    let file = path[((path.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
    return FoundPlaylist.name(path) == name || path.elementsEqual(name.utf8)
      || file.elementsEqual(name.utf8)
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
