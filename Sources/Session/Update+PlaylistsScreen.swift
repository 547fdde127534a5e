import Music
import Taste

/// The playlists screen: choosing, opening, playing, and changing what is selected.
extension State {
  /// Asks for what the screen shows, where it is shown: the songs of the open list, and all lists.
  func listPlaylists() -> [Effect] {
    guard section == .playlists else { return [] }
    let opened = playlists.opened.map { read($0.reference, for: .renew) } ?? []
    return opened + [.listPlaylists(listener: listener.id.rawValue, time: now)]
  }

  /// The list came; the selection stays with its playlist.
  mutating func take(_ rows: [PlaylistRow]) -> [Effect] {
    let selected = playlists.selected?.reference
    playlists.rows = rows
    let place = rows.firstIndex { $0.reference == selected } ?? playlists.selection
    playlists.selection = max(0, min(place, rows.count - 1))
    return []
  }

  mutating func activatePlaylist() -> [Effect] {
    guard let opened = playlists.opened else {
      return withReadable { row, state in state.read(row.reference, for: .show) }
    }
    guard opened.selected != nil else { return say("the library does not have this song") }
    let rest = opened.contents.entries[opened.selection...]
    return enqueue(
      PlaylistContents(entries: Array(rest), total: rest.count), of: opened.reference, for: .play)
  }

  mutating func addFromPlaylists(next: Bool) -> [Effect] {
    guard let opened = playlists.opened else {
      return withReadable { row, state in state.read(row.reference, for: next ? .next : .append) }
    }
    guard let id = opened.selected, let track = known[id] else {
      return say("the library does not have this song")
    }
    return addToQueue(track, next: next)
  }

  mutating func perform(_ command: Command.ListCommand) -> [Effect] {
    guard section == .playlists || command == .undo else {
      return say("playlist.\(command.rawValue) is for the playlists screen: gp")
    }
    switch command {
    case .play:
      let opened = playlists.opened?.reference
      if let opened { return read(opened, for: .play) }
      return withReadable { row, state in state.read(row.reference, for: .play) }
    case .new:
      guard !queuedTracks.isEmpty else { return say(Self.nothingToKeep) }
      mode = .typing(TextEntry(purpose: .playlistName(nil)))
      return []
    case .rename: return askForName()
    case .edit: return editQuery()
    case .undo: return bringBack()
    }
  }

  /// What is selected may be dropped where it is the listener's own.
  mutating func dropPlaylist() -> [Effect] {
    guard playlists.opened == nil else {
      return say("d drops a whole playlist: Esc goes back to the list")
    }
    switch playlists.selected?.reference {
    case .saved(let name): return [.playlist(.delete(name))]
    case .smart(let name): return dropSmart(name)
    case .found: return say(Self.foundStays, .warning)
    case nil: return say("nothing is selected")
    }
  }

  private static let foundStays =
    "this list is a file among your music, which EMUS only reads: change the file, then u"

  private mutating func withReadable(
    _ body: (PlaylistRow, inout State) -> [Effect]
  ) -> [Effect] {
    guard let row = playlists.selected else { return say("nothing is selected") }
    guard let problem = row.problem else { return body(row, &self) }
    let advice = if case .smart = row.reference { "; e mends the query" } else { "" }
    return say("\(NameText.shown(row.reference.name)): \(problem)\(advice)", .warning)
  }

  private mutating func askForName() -> [Effect] {
    guard let reference = playlists.opened?.reference ?? playlists.selected?.reference else {
      return say("nothing is selected")
    }
    if case .found = reference { return say(Self.foundStays, .warning) }
    mode = .typing(TextEntry(purpose: .playlistName(reference), text: reference.name))
    return []
  }

  private mutating func editQuery() -> [Effect] {
    let reference = playlists.opened?.reference ?? playlists.selected?.reference
    guard case .smart(let name)? = reference,
      let smart = smartPlaylists.first(where: { $0.name == name })
    else { return say("only a smart playlist has a query: :smart.save NAME QUERY makes one") }
    mode = .typing(TextEntry(purpose: .query(of: name), text: smart.text))
    checkQuery(smart.text)
    return []
  }

  /// Says of every letter whether the query can be read.
  mutating func checkQuery(_ text: String) {
    do {
      _ = try Query.parse(text)
      playlists.problem = nil
    } catch { playlists.problem = error }
  }

  /// What was dropped stays to be brought back until it is there again.
  private mutating func bringBack() -> [Effect] {
    guard let dropped = playlists.dropped else { return say("no playlist was dropped") }
    switch dropped {
    case .saved(let name, let list): return [.playlist(.restore(name, list, over: false))]
    case .replaced(let name, let list): return [.playlist(.restore(name, list, over: true))]
    case .smart(let playlist):
      guard smartPlaylist(playlist.name) == nil else {
        return say("\(PlaylistsFault.taken(playlist.name))", .warning)
      }
      return [.changeSmartPlaylists(.save(playlist))]
    case .replacedSmart(let playlist): return [.changeSmartPlaylists(.save(playlist))]
    }
  }
}

/// What was typed for a playlist.
extension State {
  /// A name, for the queue or for a playlist that is there.
  mutating func name(_ reference: PlaylistReference?, _ text: String) -> [Effect] {
    guard text != reference?.name, !text.isEmpty else { return [] }
    switch reference {
    case nil: return [.playlist(.create(text, kept(as: text, all: ownTracks.isEmpty)))]
    case .saved(let name): return [.playlist(.rename(name, text))]
    case .smart(let name): return [.changeSmartPlaylists(.rename(name, to: text))]
    case .found: return say(Self.foundStays, .warning)
    }
  }

  /// A query; one that cannot be read stays to be mended.
  mutating func keepQuery(of name: String, _ entry: TextEntry) -> [Effect] {
    checkQuery(entry.text)
    if playlists.problem == nil, let filter = SmartPlaylist(name: name, text: entry.text).filter,
      filter != .everything
    {
      return [.changeSmartPlaylists(.save(SmartPlaylist(name: name, filter: filter)))]
    }
    mode = .typing(entry)
    return []
  }

  /// The query of a smart playlist is typed in the screen's own pane.
  var queryEntry: TextEntry? {
    guard case .typing(let entry) = mode, case .query = entry.purpose, !isHelpShown else {
      return nil
    }
    return entry
  }
}
