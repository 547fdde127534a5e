import Music
import Taste

/// The search of the library as it is typed, and queries that have a name.
extension State {
  /// The library shows only what the query finds.
  ///
  /// What cannot be read leaves the rows of before and says where it went wrong.
  mutating func findInLibrary(_ text: String) -> [Effect] {
    library.text = text
    do {
      let filter = try Query.parse(text)
      library.problem = nil
      guard filter != library.query.filter else { return [] }
      library.query = CatalogQuery(filter)
      library.selection = 0
      return refreshSearch(always: true)
    } catch {
      library.problem = error
      return searchEntry == nil ? say(error.description, .warning) : []
    }
  }

  /// Asks anew where what is found depends on the listener, or always.
  mutating func refreshSearch(always: Bool = false) -> [Effect] {
    let isPersonal = library.query.filter.dependsOnListening
    guard always || isPersonal else { return [] }
    library.query.listener = isPersonal ? listener.id.rawValue : nil
    library.query.time = library.query.filter.dependsOnTime ? now : nil
    return loadLibrary(always: true)
  }

  /// Asks anew for what a rating, a finished song or another listener may change.
  mutating func refreshPersonal() -> [Effect] {
    let isListed = smartPlaylists.contains { $0.filter?.dependsOnListening == true }
    return refreshSearch() + (isListed ? listPlaylists() : [])
  }

  /// The search is typed in the library's own pane.
  var searchEntry: TextEntry? {
    guard case .typing(let entry) = mode, entry.purpose == .search, section == .library,
      !isHelpShown
    else { return nil }
    return entry
  }
}

/// Smart playlists: what was searched for, by name.
extension State {
  mutating func perform(_ command: Command.SmartCommand) -> [Effect] {
    switch command {
    case .list: return say(smartNames.map { "smart playlists: \($0)" } ?? Self.noSmartPlaylist)
    case .open(let name):
      guard let playlist = smartPlaylist(name) else { return say(unknownSmart(name), .warning) }
      return show(.library) + find(playlist.text)
    case .save(let name, let text): return save(text ?? library.text, as: name)
    case .remove(let name): return dropSmart(name)
    }
  }

  mutating func dropSmart(_ name: String) -> [Effect] {
    guard let playlist = smartPlaylist(name) else { return say(unknownSmart(name), .warning) }
    return [.changeSmartPlaylists(.remove(playlist.name))]
  }

  private mutating func save(_ text: String, as name: String) -> [Effect] {
    do {
      let filter = try Query.parse(text)
      guard filter != .everything else {
        return say("smart.save: search for something first, or name a query", .warning)
      }
      return [.changeSmartPlaylists(.save(SmartPlaylist(name: name, filter: filter)))]
    } catch {
      return say("smart.save: \(error) of the query", .warning)
    }
  }

  /// What the catalogue holds after a change, or at the start.
  mutating func take(_ all: [SmartPlaylist], after change: SmartPlaylistChange?) -> [Effect] {
    let before = smartPlaylists
    smartPlaylists = all
    playlists.follow(all, before: before)
    switch change {
    case .save(let playlist):
      playlists.bringBack(playlist)
      return tellKept(playlist, before)
    case .rename(let name, let new):
      return listPlaylists()
        + say("\(NameText.shown(name)) is called \(NameText.shown(new)) now", .good)
    case .remove(let name):
      // What is dropped is kept until the next is, to be brought back.
      if let gone = before.first(where: { $0.name == name }) { playlists.dropped = .smart(gone) }
      return listPlaylists()
        + say("smart playlist '\(NameText.shown(name))' removed; \(undoHint)", .good)
    case nil: return []
    }
  }

  /// What had another query under the same name is kept, to be brought back.
  private mutating func tellKept(_ new: SmartPlaylist, _ before: [SmartPlaylist]) -> [Effect] {
    let text = "kept: smart \(Query.quoted(NameText.shown(new.name))) shows what it finds"
    let former = before.first { old in
      // The catalogue takes names for one that differ in accents: what it gave up is told by that.
      old.text != new.text
        && (old.name == new.name || !smartPlaylists.contains { $0.name == old.name })
    }
    guard let former else { return listPlaylists() + say(text, .good) }
    playlists.dropped = .replacedSmart(former)
    return listPlaylists()
      + say("\(text), in place of \(CommandFile.quoted(former.text)); \(undoHint)", .good)
  }

  func smartPlaylist(_ name: String) -> SmartPlaylist? {
    smartPlaylists.first { $0.name.lowercased() == name.lowercased() }
  }

  private var smartNames: String? {
    smartPlaylists.isEmpty ? nil : smartPlaylists.map(\.name).joined(separator: ", ")
  }

  private static let noSmartPlaylist =
    "no smart playlist yet: search, then :smart.save NAME keeps the query"

  private func unknownSmart(_ name: String) -> String {
    smartNames.map { "no smart playlist '\(NameText.shown(name))': there are \($0)" }
      ?? Self.noSmartPlaylist
  }
}
