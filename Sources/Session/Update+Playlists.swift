import Music
import Taste

/// The listener's playlists, by command: what is asked for, and what came of it.
extension State {
  /// The most songs that a playlist brings into the queue; a longer one is played in parts.
  static let longestPlaylist = 1000

  mutating func perform(_ command: Command.PlaylistCommand) -> [Effect] {
    switch command {
    case .save(let name):
      guard !queuedTracks.isEmpty else { return say(Self.nothingToKeep) }
      return [.playlist(.save(name, queuedTracks))]
    case .load(let name): return read(.saved(name), for: .load)
    case .add(let name):
      guard let track = selectedTrack else { return say("no song is selected") }
      return [.playlist(.add(name, track))]
    case .delete(let name): return [.playlist(.delete(name))]
    }
  }

  /// What plays and what comes, in order.
  var queuedTracks: [TrackID] {
    [queue.current].compactMap { $0?.track } + queue.upcoming.map(\.track)
  }

  static let nothingToKeep = "the queue is empty: there is nothing to keep"

  /// The song under the selection, on a screen without one the song that plays.
  var selectedTrack: TrackID? {
    switch section {
    case .library: library.selected?.id
    case .queue: selectedEntry?.track
    case .playlists: playlists.opened == nil ? queue.current?.track : playlists.opened?.selected
    case .now, .mood: queue.current?.track
    }
  }

  func read(_ reference: PlaylistReference, for purpose: PlaylistPurpose) -> [Effect] {
    [.readPlaylist(reference, for: purpose, listener: listener.id.rawValue, time: now)]
  }

  mutating func hear(_ news: PlaylistNews) -> [Effect] {
    listPlaylists() + tell(news)
  }

  private mutating func tell(_ news: PlaylistNews) -> [Effect] {
    switch news {
    case .saved(let name, let count, let former):
      let text = "\(name): \(counted(count, "song")) kept"
      guard let former, !former.entries.isEmpty else { return say(text, .good) }
      playlists.dropped = .replaced(name, former)
      return say("\(text) in place of \(former.entries.count); \(undoHint)", .good)
    case .added(let name, let count): return say("\(name) has \(counted(count, "song")) now", .good)
    case .renamed(let name, let new): return say("\(name) is called \(new) now", .good)
    case .deleted(let name, let list):
      playlists.dropped = .saved(name, list)
      return say("\(name) is dropped; \(undoHint)", .good)
    case .restored(let name): return say("\(name) is back", .good)
    }
  }

  /// How what was dropped or replaced is brought back.
  var undoHint: String {
    let key = keymap.keys(for: "playlist.undo").first
    return key.map { "\(section == .playlists ? "" : "gp ")\($0) brings it back" }
      ?? ":playlist.undo brings it back"
  }

  /// The songs of a playlist came.
  mutating func take(
    _ contents: PlaylistContents, of reference: PlaylistReference, for purpose: PlaylistPurpose
  ) -> [Effect] {
    if purpose == .show {
      playlists.opened = OpenPlaylist(reference: reference, contents: contents)
      return []
    }
    return enqueue(contents, of: reference.name, for: purpose)
  }

  /// Puts songs into the queue, and says how many.
  mutating func enqueue(
    _ contents: PlaylistContents, of name: String, for purpose: PlaylistPurpose
  ) -> [Effect] {
    let tracks = contents.tracks
    guard !tracks.isEmpty else {
      return say("\(name): none of its songs is in the library", .warning)
    }
    let picks = tracks.prefix(Self.longestPlaylist).map { Queue.Pick(track: $0) }
    var effects: [Effect] = []
    switch purpose {
    case .show: break
    case .append: queue.insert(contentsOf: picks, at: placeAfterOwn)
    case .next: queue.insert(contentsOf: picks, at: 0)
    case .load, .play:
      queue.clear()
      queue.append(contentsOf: picks)
      select(0)
      if purpose == .play { effects = playFirst() }
    }
    var text = "\(name): \(counted(picks.count, "song")) in the queue"
    let total = max(tracks.count, contents.total - contents.absent)
    if total > picks.count { text += ", of \(total)" }
    if contents.absent > 0 { text += ", \(contents.absent) not in the library" }
    return effects + say(text, contents.absent > 0 ? .warning : .good)
  }

  /// The listener's songs come before recommended ones.
  private var placeAfterOwn: Int {
    queue.upcoming.lastIndex { !$0.isRecommended }.map { $0 + 1 } ?? 0
  }

  /// What plays is left for the first of what comes.
  private mutating func playFirst() -> [Effect] {
    guard let first = queue.next else { return [] }
    let effects = record(.chosen, first) + leaveCurrent()
    playback.waitsForSpace = false
    playback.lookAhead = nil
    queue.advance()
    return effects
  }
}
