import Music

/// The listener's playlists, by command: what is asked for, and what came of it.
extension State {
  /// The most songs that a playlist brings into the queue; a longer one is played in parts.
  static let longestPlaylist = 1000

  mutating func perform(_ command: Command.PlaylistCommand) -> [Effect] {
    switch command {
    case .save(let name):
      let tracks = [queue.current].compactMap { $0?.track } + queue.upcoming.map(\.track)
      guard !tracks.isEmpty else { return say("the queue is empty: there is nothing to keep") }
      return [.playlist(.save(name, tracks))]
    case .load(let name): return [.playlist(.load(name))]
    case .add(let name):
      guard let track = selectedTrack else { return say("no song is selected") }
      return [.playlist(.add(name, track))]
    case .delete(let name): return [.playlist(.delete(name))]
    }
  }

  /// The song under the selection, on a screen without one the song that plays.
  private var selectedTrack: TrackID? {
    switch section {
    case .library: library.selected?.id
    case .queue: selectedEntry?.track
    case .now, .mood: queue.current?.track
    }
  }

  mutating func hear(_ news: PlaylistNews) -> [Effect] {
    switch news {
    case .saved(let name, let count): return say("\(name): \(counted(count, "song")) kept", .good)
    case .added(let name, let count): return say("\(name) has \(counted(count, "song")) now", .good)
    case .deleted(let name): return say("\(name) is dropped", .good)
    case .loaded(let name, let tracks, let unknown): return take(tracks, of: name, unknown)
    }
  }

  /// The playlist's songs take the place of what comes; what plays goes on.
  private mutating func take(_ tracks: [TrackID], of name: String, _ unknown: Int) -> [Effect] {
    guard !tracks.isEmpty else {
      return say("\(name): none of its songs is in the library", .warning)
    }
    queue.clear()
    queue.append(contentsOf: tracks.prefix(Self.longestPlaylist).map { Queue.Pick(track: $0) })
    select(0)
    var text = "\(name): \(counted(min(tracks.count, Self.longestPlaylist), "song")) in the queue"
    if tracks.count > Self.longestPlaylist { text += ", of \(tracks.count)" }
    if unknown > 0 { text += ", \(unknown) not in the library" }
    return say(text, unknown > 0 ? .warning : .good)
  }
}
