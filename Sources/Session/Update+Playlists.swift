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
      guard !ownTracks.isEmpty else {
        return say(
          "no song in the queue is your own choice: "
            + ":playlist save-all \(NameText.shown(name)) keeps it all",
          .warning)
      }
      return [.playlist(.save(name, kept(as: name, all: false)))]
    case .saveAll(let name):
      guard !queuedTracks.isEmpty else { return say(Self.nothingToKeep) }
      return [.playlist(.save(name, kept(as: name, all: true)))]
    case .load(let name): return [.loadPlaylist(name)]
    case .add(let name):
      guard let track = selectedTrack else { return say("no song is selected") }
      return [.playlist(.add(name, track))]
    case .delete(let name): return [.playlist(.delete(name))]
    }
  }

  /// What plays and what comes, in order.
  var queuedTracks: [TrackID] { queuedEntries.map(\.track) }

  /// The listener's own choice: without what the recommender chose, and without what played already
  /// when a list took the place of all that came.
  var ownTracks: [TrackID] {
    queuedEntries.filter { !$0.isRecommended && $0.id != playlists.playedBefore }.map(\.track)
  }

  private var queuedEntries: [Queue.Entry] {
    [queue.current].compactMap(\.self) + queue.upcoming
  }

  /// What becomes the playlist of a name: the listener's own songs of the queue, or all.
  func kept(as name: String, all: Bool) -> KeptQueue {
    func source(_ list: LoadedPlaylist) -> KeptQueue.Source {
      KeptQueue.Source(reference: list.reference, removed: list.removed)
    }
    return KeptQueue(
      tracks: all ? queuedTracks : ownTracks,
      recommended: all ? 0 : queuedEntries.count(where: \.isRecommended),
      own: playlists.loaded.first { $0.reference == .saved(name) }.map(source),
      base: playlists.loaded.first(where: \.isBase).map(source))
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
    let told = tell(news)
    return listPlaylists() + told
  }

  private mutating func tell(_ news: PlaylistNews) -> [Effect] {
    switch news {
    case .saved(let saved):
      playlists.keep(saved.name, queuedTracks)
      if let former = saved.former, !former.entries.isEmpty {
        playlists.dropped = .replaced(saved.name, former)
      }
      return say(words(of: saved), .good)
    case .added(let name, let count):
      return say("\(NameText.shown(name)) has \(counted(count, "song")) now", .good)
    case .renamed(let name, let new):
      playlists.rename(name, to: new)
      return say("\(NameText.shown(name)) is called \(NameText.shown(new)) now", .good)
    case .deleted(let name, let list):
      playlists.drop(name, list)
      return say("\(NameText.shown(name)) is dropped; \(undoHint)", .good)
    case .restored(let name):
      playlists.bringBack(name)
      return say("\(NameText.shown(name)) is back", .good)
    }
  }

  /// What is kept, what is not, and how to have the list before again.
  private func words(of saved: SavedPlaylist) -> String {
    var text = "\(NameText.shown(saved.name)): \(counted(saved.count, "song")) kept"
    let others = [
      saved.absent > 0 ? "\(saved.absent) not in the library" : nil,
      saved.waiting > 0 ? "\(saved.waiting) not queued" : nil,
    ].compactMap(\.self)
    if !others.isEmpty { text += " (\(others.joined(separator: ", ")))" }
    let left = [
      saved.dropped > 0
        ? "\(saved.dropped) \(saved.wasLoaded ? "taken out" : "of the list before")" : nil,
      saved.recommended > 0 ? "\(saved.recommended) recommended" : nil,
    ].compactMap(\.self)
    if !left.isEmpty { text += ", not \(left.joined(separator: " and "))" }
    return saved.former.map(\.entries.isEmpty) == false ? "\(text); \(undoHint)" : text
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
    switch purpose {
    case .show: playlists.opened = OpenPlaylist(reference: reference, contents: contents)
    case .renew where playlists.opened?.reference == reference: playlists.opened?.renew(contents)
    case .renew: break
    case .load, .play, .append, .next: return enqueue(contents, of: reference, for: purpose)
    }
    return []
  }

  /// Puts songs into the queue, and says how many.
  mutating func enqueue(
    _ contents: PlaylistContents, of reference: PlaylistReference, for purpose: PlaylistPurpose
  ) -> [Effect] {
    let tracks = contents.tracks
    guard !tracks.isEmpty else {
      return say("\(NameText.shown(reference.name)): none of its songs is in the library", .warning)
    }
    let picks = tracks.prefix(Self.longestPlaylist).map { Queue.Pick(track: $0) }
    var effects: [Effect] = []
    switch purpose {
    case .show, .renew: break
    case .append: queue.insert(contentsOf: picks, at: placeAfterOwn)
    case .next: queue.insert(contentsOf: picks, at: 0)
    case .load, .play:
      queue.clear()
      queue.append(contentsOf: picks)
      select(0)
      playlists.replaceQueue(with: reference, picks.map(\.track), playing: queue.current?.id)
      if purpose == .play { effects = playFirst() }
    }
    playlists.addToQueue(reference, picks.map(\.track))
    let tone = contents.absent > 0 ? Message.Tone.warning : .good
    return effects + say(words(of: contents, reference.name, queued: picks.count), tone)
  }

  private func words(of contents: PlaylistContents, _ name: String, queued: Int) -> String {
    var text = "\(NameText.shown(name)): \(counted(queued, "song")) in the queue"
    let total = max(contents.tracks.count, contents.total - contents.absent)
    if total > queued { text += ", of \(total)" }
    if contents.named > 0 { text += ", \(contents.named) by title and artist" }
    guard let first = contents.firstAbsent else { return text }
    let more = contents.absent > 1 ? " and others" : ""
    return "\(text), \(contents.absent) not in the library: \(first)\(more)"
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
