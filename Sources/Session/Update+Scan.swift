import Music

/// Music is read: because somebody asked for it, or because the folders changed.
extension State {
  /// Reads folders in which something changed, as soon as no other scan runs.
  mutating func read(_ folders: [String]) -> [Effect] {
    guard settings.watch else { return [] }
    guard scan == nil else {
      changedFolders.formUnion(folders)
      return []
    }
    scan = ScanStatus()
    isScanAsked = false
    return [.scan(folders)]
  }

  /// New music: lists and choice begin afresh. A scan that nobody asked for and that found nothing
  /// says nothing.
  mutating func finishScan(_ status: ScanStatus) -> [Effect] {
    scan = nil
    choice.isExhausted = false
    let isWorthTelling = isScanAsked || status.hasNews
    isScanAsked = false
    var effects: [Effect] = settings.watch ? [.followFolders(true)] : []
    if !changedFolders.isEmpty {
      let folders = changedFolders.sorted()
      changedFolders = []
      effects += read(folders)
    }
    if status.hasNews { effects += fetchKnownAnew() }
    effects += listPlaylists()
    guard isWorthTelling else { return effects + loadLibrary(always: true) }
    return effects + say("music: " + status.words, .good) + loadLibrary(always: true)
      + choose(.replace)
  }
}

extension State {
  /// What is queued or shown may lie elsewhere by now, have another title, or have made room for a
  /// new song.
  private mutating func fetchKnownAnew() -> [Effect] {
    let ids = known.keys.sorted()
    guard !ids.isEmpty else { return [] }
    fetching.formUnion(ids)
    return [.fetch(ids)]
  }
}

extension ScanStatus {
  fileprivate var hasNews: Bool { added + updated + moved + returned + missing > 0 }

  fileprivate var words: String {
    let parts = [
      (added, "added"), (updated, "updated"), (moved, "moved"), (returned, "back"),
      (missing, "gone"), (failed, "could not be read (see the log)"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return hasNews
      ? parts.joined(separator: ", ") : (["nothing new"] + parts).joined(separator: ", ")
  }
}
