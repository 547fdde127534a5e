/// A playlist follows files that went elsewhere.
extension Playlist {
  /// Names moved files by their new paths, which `moves` holds by the former ones: all of them at
  /// once, so that files that changed places do so here. False where the list names none of them.
  package mutating func follow(_ moves: [[UInt8]: [UInt8]]) -> Bool {
    var hasChanged = false
    for place in entries.indices {
      let paths = entries[place].place?.paths ?? []
      guard let new = paths.lazy.compactMap({ moves[$0] }).first else { continue }
      entries[place].place = .file(new)
      hasChanged = true
    }
    return hasChanged
  }
}
