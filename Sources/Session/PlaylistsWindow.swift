import Music

/// What names one playlist, of whichever kind: the listener's own, a query, a file in a folder of
/// their music.
package enum PlaylistReference: Hashable, Sendable {
  case saved(String)
  case smart(String)
  /// By the file's path.
  case found([UInt8])

  /// Safe to draw.
  package var name: String {
    switch self {
    case .saved(let name), .smart(let name): name
    case .found(let path): FoundPlaylist.name(path)
    }
  }
}

/// A playlist as a row of the screen.
package struct PlaylistRow: Equatable, Sendable {
  package var reference: PlaylistReference
  /// How many of its songs the library has; nil where the playlist cannot be read.
  package var songs: Int?
  /// A smart playlist finds more than are counted.
  package var isCut = false
  /// How many of its songs the library does not have.
  package var absent = 0
  /// How long the songs are together.
  package var seconds = 0.0
  /// Of a smart playlist, the text that is kept.
  package var query: String?
  /// Why it cannot be read, in one line.
  package var problem: String?

  package init(reference: PlaylistReference) { self.reference = reference }
}

/// The songs of one playlist: numbers, not tracks, however long it is.
package struct PlaylistContents: Equatable, Sendable {
  package enum Entry: Hashable, Sendable {
    case track(TrackID)
    /// The library does not have it: what the list calls it.
    case absent(String)
  }

  package var entries: [Entry]
  /// How many songs a smart playlist finds, of which `entries` are the first.
  package var total: Int
  /// How many of the tracks were found by title and artist, as no path led to them.
  package var named: Int

  package init(entries: [Entry], total: Int, named: Int = 0) {
    self.entries = entries
    self.total = total
    self.named = named
  }

  package var tracks: [TrackID] {
    entries.compactMap { if case .track(let id) = $0 { id } else { nil } }
  }

  package var absent: Int { entries.count - tracks.count }

  /// What the list calls the first song that the library does not have.
  var firstAbsent: String? {
    entries.lazy.compactMap { if case .absent(let words) = $0 { words } else { nil } }.first
  }
}

/// What the songs of a playlist are read for.
package enum PlaylistPurpose: Equatable, Sendable {
  case show
  /// It is open: they are shown as they are now.
  case renew
  /// They take the place of what comes; what plays goes on.
  case load
  /// They take the place of what comes, and the first one plays.
  case play
  /// They come after the listener's own songs in the queue.
  case append
  /// They come before all others.
  case next
}

/// The playlists screen: the list of them, and the one that is open.
package struct PlaylistsWindow: Equatable, Sendable {
  /// Nil until they were read.
  package var rows: [PlaylistRow]?
  package var selection = 0
  package var opened: OpenPlaylist?
  /// Why the query that is being edited cannot be read.
  package var problem: QueryError?
  /// What was dropped last, to be brought back.
  var dropped: DroppedPlaylist?
  /// The lists that were put into the queue.
  var loaded: [LoadedPlaylist] = []
  /// What played when a list took the place of all that came: no song of that list.
  var playedBefore: PlayID?

  package init() {}

  package var selected: PlaylistRow? {
    guard let rows, rows.indices.contains(selection) else { return nil }
    return rows[selection]
  }
}

/// A list that was put into the queue, and what the listener took out there: what is to go where the
/// queue is kept under its name.
struct LoadedPlaylist: Equatable, Sendable {
  var reference: PlaylistReference
  /// It took the place of all that came.
  var isBase = false
  /// Its songs that were put there.
  var tracks: Set<TrackID>
  var removed: [TrackID: Int] = [:]
}

extension PlaylistsWindow {
  /// A list takes the place of all that comes.
  mutating func replaceQueue(
    with reference: PlaylistReference, _ tracks: [TrackID], playing: PlayID?
  ) {
    loaded = [LoadedPlaylist(reference: reference, isBase: true, tracks: Set(tracks))]
    playedBefore = playing
  }

  /// Songs of a list come into the queue.
  mutating func addToQueue(_ reference: PlaylistReference, _ tracks: [TrackID]) {
    if let place = place(of: reference) {
      loaded[place].tracks.formUnion(tracks)
    } else {
      loaded.append(LoadedPlaylist(reference: reference, tracks: Set(tracks)))
    }
  }

  /// The listener took a song out of the queue.
  mutating func remove(_ track: TrackID) {
    for place in loaded.indices where loaded[place].tracks.contains(track) {
      loaded[place].removed[track, default: 0] += 1
    }
  }

  /// The queue is kept as a list.
  mutating func keep(_ name: String, _ tracks: [TrackID]) {
    let isBase = place(of: .saved(name)).map { loaded[$0].isBase } ?? false
    loaded.removeAll { $0.reference == .saved(name) }
    loaded.append(
      LoadedPlaylist(reference: .saved(name), isBase: isBase, tracks: Set(tracks)))
  }

  mutating func rename(_ name: String, to new: String) {
    if let place = place(of: .saved(name)) { loaded[place].reference = .saved(new) }
    if opened?.reference == .saved(name) { opened?.reference = .saved(new) }
  }

  /// A list was dropped: it is left, and kept to be brought back.
  mutating func drop(_ name: String, _ list: Playlist) {
    if opened?.reference == .saved(name) { opened = nil }
    dropped = .saved(name, list)
  }

  /// The list of this name is there again. What could not be brought back is kept until it is.
  mutating func bringBack(_ name: String) {
    switch dropped {
    case .saved(name, _), .replaced(name, _): dropped = nil
    default: break
    }
  }

  /// A smart playlist is there again.
  mutating func bringBack(_ playlist: SmartPlaylist) {
    if dropped == .smart(playlist) || dropped == .replacedSmart(playlist) { dropped = nil }
  }

  /// Smart playlists came, went or are called otherwise: the open one goes on under its new name, and
  /// is left where it is gone.
  mutating func follow(_ now: [SmartPlaylist], before: [SmartPlaylist]) {
    guard case .smart(let name)? = opened?.reference, !now.contains(where: { $0.name == name })
    else { return }
    let known = Set(before.map(\.name))
    guard let new = now.first(where: { !known.contains($0.name) }) else {
      opened = nil
      return
    }
    opened?.reference = .smart(new.name)
  }

  private func place(of reference: PlaylistReference) -> Int? {
    loaded.firstIndex { $0.reference == reference }
  }
}

/// A playlist that was dropped.
enum DroppedPlaylist: Equatable, Sendable {
  case saved(String, Playlist)
  /// Another was kept under its name.
  case replaced(String, Playlist)
  case smart(SmartPlaylist)
  /// Another query was kept under its name.
  case replacedSmart(SmartPlaylist)
}
