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
  package enum Entry: Equatable, Sendable {
    case track(TrackID)
    /// The library does not have it: what the list calls it.
    case absent(String)
  }

  package var entries: [Entry]
  /// How many songs a smart playlist finds, of which `entries` are the first.
  package var total: Int

  package init(entries: [Entry], total: Int) {
    self.entries = entries
    self.total = total
  }

  package var tracks: [TrackID] {
    entries.compactMap { if case .track(let id) = $0 { id } else { nil } }
  }

  package var absent: Int { entries.count - tracks.count }
}

/// What the songs of a playlist are read for.
package enum PlaylistPurpose: Equatable, Sendable {
  case show
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

  package init() {}

  package var selected: PlaylistRow? {
    guard let rows, rows.indices.contains(selection) else { return nil }
    return rows[selection]
  }
}

/// A playlist whose songs are on the screen.
package struct OpenPlaylist: Equatable, Sendable {
  package var reference: PlaylistReference
  package var contents: PlaylistContents
  package var selection = 0

  package var selected: TrackID? {
    guard contents.entries.indices.contains(selection),
      case .track(let id) = contents.entries[selection]
    else { return nil }
    return id
  }

  /// The tracks around the selection, so many to either side.
  func tracks(around reach: Int) -> [TrackID] {
    let window = (selection - reach)..<(selection + reach)
    return contents.entries[window.clamped(to: contents.entries.indices)].compactMap {
      if case .track(let id) = $0 { id } else { nil }
    }
  }

  /// Tracks that are not there any more stay in the list as what cannot be played.
  mutating func lose(_ gone: Set<TrackID>) {
    for place in contents.entries.indices {
      guard case .track(let id) = contents.entries[place], gone.contains(id) else { continue }
      contents.entries[place] = .absent("a song that is gone")
    }
  }
}

/// A playlist that was dropped.
enum DroppedPlaylist: Equatable, Sendable {
  case saved(String, Playlist)
  /// Another was kept under its name.
  case replaced(String, Playlist)
  case smart(SmartPlaylist)
}
