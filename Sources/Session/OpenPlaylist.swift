import Music

/// A playlist whose songs are on the screen: what the playlists screen shows while one is open.
///
/// It holds numbers, and reads no list: its songs come anew whenever they may have changed.
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

  /// Takes the songs as they are now. The selection stays with its song; where that is gone, it goes
  /// to the next one that is not.
  mutating func renew(_ new: PlaylistContents) {
    let old = contents.entries
    contents = new
    let kept = Set(new.entries)
    let place =
      old[min(selection, old.count)...].firstIndex(where: kept.contains)
      ?? old[..<min(selection, old.count)].lastIndex(where: kept.contains)
    guard let place else {
      selection = 0
      return
    }
    // A list may hold a song more than once.
    let earlier = old[..<place].count { $0 == old[place] }
    let places = new.entries.indices.filter { new.entries[$0] == old[place] }
    selection = places.dropFirst(earlier).first ?? places.last ?? 0
  }
}
