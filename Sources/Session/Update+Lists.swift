import Music
import Screen

/// Selection and search in the lists, and the library's window.
extension State {
  mutating func performOnList(_ command: Command) -> [Effect] {
    switch command {
    case .move(let motion): return moveSelection(motion)
    case .activate where section == .playlists: return activatePlaylist()
    case .activate:
      return section == .library ? playNow(library.selected) : playSelectedEntry()
    case .search(let text?): return find(text)
    case .search: return openSearch()
    case .searchStep(let step): return stepToHit(step)
    case .queueAdd where section == .library: return addToQueue(library.selected, next: false)
    case .queueAddNext where section == .library: return addToQueue(library.selected, next: true)
    case .queueAdd where section == .playlists: return addFromPlaylists(next: false)
    case .queueAddNext where section == .playlists: return addFromPlaylists(next: true)
    case .queueAdd, .queueAddNext: return say("songs are added in the library: gl")
    case .queueRemove where section == .playlists: return dropPlaylist()
    case .queueRemove: return removeSelectedEntry()
    case .queueClear: return clearQueue()
    case .queueMove(let places): return moveSelectedEntry(by: places)
    default: return []
    }
  }

  private mutating func moveSelection(_ motion: Command.Motion) -> [Effect] {
    if isHelpShown {
      helpOffset = max(0, moved(helpOffset, motion, count: 200))
      return []
    }
    if let shown = details {
      let last = DetailsView(state: self, details: shown).lastOffset
      let offset = moved(shown.offset, motion, count: last + 1)
      details?.offset = offset
      return []
    }
    if section == .playlists { return movePlaylistSelection(motion) }
    if section == .library {
      library.selection = moved(library.selection, motion, count: library.total ?? 0)
      return loadLibrary()
    }
    select(moved(queueSelection, motion, count: queue.upcoming.count))
    return []
  }

  private mutating func movePlaylistSelection(_ motion: Command.Motion) -> [Effect] {
    if let opened = playlists.opened {
      let place = moved(opened.selection, motion, count: opened.contents.entries.count)
      playlists.opened?.selection = place
    } else {
      playlists.selection = moved(
        playlists.selection, motion, count: playlists.rows?.count ?? 0)
    }
    return []
  }

  private func moved(_ place: Int, _ motion: Command.Motion, count: Int) -> Int {
    let target =
      switch motion {
      case .by(let lines): place + lines
      case .page(let pages): place + Int(Double(max(1, size.rows - 8)) * pages)
      case .top: 0
      case .bottom: count - 1
      }
    return max(0, min(target, count - 1))
  }

  private mutating func openSearch() -> [Effect] {
    let effects = section == .library || section == .queue ? [] : show(.library)
    // What is typed on goes beside what was looked for, not into its last word.
    let isOpen = searchText.last.map(\.isWhitespace) ?? true
    mode = .typing(TextEntry(purpose: .search, text: isOpen ? searchText : searchText + " "))
    return effects
  }

  /// The library shows only what matches; the queue's selection jumps to the first hit.
  mutating func find(_ text: String) -> [Effect] {
    searchText = text
    guard section == .library else {
      return text.isEmpty ? [] : selectHit(from: queueSelection, step: 1)
    }
    return findInLibrary(text)
  }

  private mutating func stepToHit(_ step: Int) -> [Effect] {
    guard section == .library else {
      return searchText.isEmpty ? [] : selectHit(from: queueSelection + step, step: step)
    }
    guard let total = library.total, total > 0 else { return [] }
    library.selection = (library.selection + step % total + total) % total
    return loadLibrary()
  }

  private mutating func selectHit(from start: Int, step: Int) -> [Effect] {
    let count = queue.upcoming.count
    let words = searchText.lowercased()
    for distance in 0..<count {
      let place = ((start + distance * step) % count + count) % count
      guard let track = known[queue.upcoming[place].track] else { continue }
      let text = "\(track.displayTitle) \(track.displayArtist) \(track.tags.album ?? "")"
      if text.lowercased().contains(words) {
        select(place)
        return []
      }
    }
    return say("'\(searchText)' is not in the queue")
  }

  /// Asks for the rows around the selection, where they are not held already.
  mutating func loadLibrary(always: Bool = false) -> [Effect] {
    let page = max(10, size.rows)
    let visible = max(0, library.selection - page)..<(library.selection + page)
    let end = min(visible.upperBound, library.total ?? visible.upperBound)
    let isHeld =
      library.offset <= visible.lowerBound && library.offset + library.rows.count >= end
    guard always || library.total == nil || !isHeld else { return [] }
    let first = max(0, library.selection - 2 * page)
    return [.page(library.query, first..<(first + 4 * page))]
  }

  mutating func show(_ query: CatalogQuery, _ offset: Int, _ page: CatalogPage) -> [Effect] {
    guard query == library.query else { return [] }
    library.total = page.total
    library.offset = offset
    library.rows = page.rows
    library.isCut = page.isCut
    library.isNear = page.isNear
    library.selection = max(0, min(library.selection, page.total - 1))
    // A late answer to an older wish may not hold what is selected now.
    let isSelectionHeld = page.total == 0 || library.selected != nil || page.rows.isEmpty
    return prepareSound() + (isSelectionHeld ? [] : loadLibrary(always: true))
  }

  /// Opens the sound once the first list is there: loading its library holds up every other thread
  /// that starts meanwhile. Where nothing plays before Space, it waits for that: the library takes
  /// more memory than all else.
  private mutating func prepareSound() -> [Effect] {
    guard !playback.isPrepared, !playback.waitsForSpace else { return [] }
    playback.isPrepared = true
    return [.player(.prepare)]
  }
}
