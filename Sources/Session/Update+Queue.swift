import Music
import Perception
import Screen
import Taste

/// The queue: filling it from the recommender, and editing it by hand.
extension State {
  /// How many songs shall be in sight, and below how many more are asked for.
  static let queueLength = 24
  static let queueMinimum = 16

  /// Asks for songs where the queue runs low and the listener lets it refill.
  mutating func fillQueue() -> [Effect] {
    guard settings.refill, !choice.awaitsMood, !choice.isExhausted, mayRecommend,
      queue.needsRefill(minimum: Self.queueMinimum)
    else { return [] }
    return choose(.refill)
  }

  /// In `required` nothing is recommended to a stranger.
  var mayRecommend: Bool {
    // The drawn face is nobody, and never asked who it is.
    settings.identity != .required || camera.isRecognised || settings.source == .demo
  }

  /// Asks for songs; one request at a time, a later wish waits.
  mutating func choose(_ purpose: RecommendationRequest.Purpose) -> [Effect] {
    guard settings.refill, !choice.awaitsMood, mayRecommend else { return [] }
    guard !choice.isBusy else {
      if purpose == .replace { choice.pending = .replace }
      return []
    }
    choice.isBusy = true
    choice.isExhausted = false
    let own = queue.upcoming.filter { !$0.isRecommended }
    let excluded =
      purpose == .refill
      ? queue.tracks : Set(own.map(\.track) + [queue.current?.track].compactMap { $0 })
    let taken = purpose == .refill ? queue.upcoming.count : own.count
    return [
      .recommend(
        RecommendationRequest(
          purpose: purpose, mood: mood, policy: policy, excluding: excluded,
          count: max(1, Self.queueLength - taken), listener: listener.id, time: now,
          seed: generator.next()))
    ]
  }

  /// Songs came: they go to the end, or take the places of the recommended ones.
  mutating func take(
    _ songs: [Recommendation], for request: RecommendationRequest
  ) -> [Effect] {
    choice.isBusy = false
    guard request.listener == listener.id else {
      choice.pending = nil
      return choose(.replace)
    }
    choice.mood = request.mood
    let taken =
      request.purpose == .refill
      ? queue.tracks : Set(queue.upcoming.filter { !$0.isRecommended }.map(\.track))
    let picks = songs.filter { !taken.contains($0.track) }.map { song in
      Queue.Pick(
        track: song.track, origin: .recommended(score: song.score),
        reasons: song.reasons.map { $0.words(under: request.policy) })
    }
    switch request.purpose {
    case .refill:
      queue.append(contentsOf: picks)
      choice.isExhausted = picks.isEmpty
    case .replace: queue.replaceRecommended(with: picks)
    }
    if let pending = choice.pending {
      choice.pending = nil
      return choose(pending)
    }
    return []
  }

  /// Asks for what the queue shows and nobody has looked up yet.
  mutating func fetchUnknown() -> [Effect] {
    var ids = queue.upcoming.map(\.track)
    if let current = queue.current { ids.insert(current.track, at: 0) }
    ids += openedTracks
    let unknown = ids.filter { known[$0] == nil && !fetching.contains($0) }
    guard !unknown.isEmpty else { return [] }
    fetching.formUnion(unknown)
    return [.fetch(unknown)]
  }

  /// The tracks of the open playlist that the screen shows, and a page on either side.
  private var openedTracks: [TrackID] {
    guard section == .playlists else { return [] }
    return playlists.opened?.tracks(around: 2 * max(10, size.rows)) ?? []
  }

  /// Tracks were looked up. What was asked for and is not there leaves the queue.
  mutating func learn(_ asked: [TrackID], _ tracks: [Track]) -> [Effect] {
    for track in tracks {
      // What stands ready in the player under its old path is told anew.
      let hasMoved = known[track.id].map { $0.location != track.location } ?? false
      if hasMoved, queue.next?.track == track.id { playback.lookAhead = nil }
      known[track.id] = track
    }
    fetching.subtract(asked)
    let gone = Set(asked).subtracting(tracks.map(\.id))
    for entry in queue.upcoming where gone.contains(entry.track) { queue.remove(entry.id) }
    if let current = queue.current, gone.contains(current.track) {
      queue.advance(remembering: false)
    }
    playlists.opened?.lose(gone)
    forgetUnneeded()
    return []
  }

  /// Keeps `known` small: what the queue, its history and the library window show.
  private mutating func forgetUnneeded() {
    guard known.count > 1000 else { return }
    var needed = queue.tracks
    needed.formUnion(queue.history.map(\.track))
    needed.formUnion(library.rows.map(\.id))
    needed.formUnion(openedTracks)
    known = known.filter { needed.contains($0.key) }
  }
}

/// Editing by hand.
extension State {
  /// The entry under the selection of the queue's screen.
  package var selectedEntry: Queue.Entry? {
    queue.upcoming.indices.contains(queueSelection) ? queue.upcoming[queueSelection] : nil
  }

  mutating func addToQueue(_ track: Track?, next: Bool) -> [Effect] {
    guard let track else { return say("nothing is selected") }
    known[track.id] = track
    let pick = Queue.Pick(track: track.id)
    let entry = next ? queue.insertNext(pick) : addAfterOwn(pick)
    return record(.chosen, entry)
      + say("\(track.displayTitle): \(next ? "plays next" : "in the queue")", .good)
  }

  /// The listener's songs come before recommended ones: who chooses by hand wants to hear it soon.
  private mutating func addAfterOwn(_ pick: Queue.Pick) -> Queue.Entry {
    let entry = queue.append(pick)
    let place = queue.upcoming.lastIndex { !$0.isRecommended && $0.id != entry.id }
    queue.move(entry.id, to: (place ?? -1) + 1)
    return entry
  }

  mutating func playNow(_ track: Track?) -> [Effect] {
    guard let track else { return say("nothing is selected") }
    known[track.id] = track
    let entry = queue.insertNext(Queue.Pick(track: track.id))
    var effects = record(.chosen, entry)
    effects += leaveCurrent()
    playback.waitsForSpace = false
    playback.lookAhead = nil
    queue.advance()
    return effects
  }

  mutating func playSelectedEntry() -> [Effect] {
    guard let entry = selectedEntry else { return [] }
    let effects = record(.chosen, entry) + leaveCurrent()
    playback.waitsForSpace = false
    playback.lookAhead = nil
    queue.jump(to: entry.id)
    select(0)
    return effects
  }

  /// The song that plays is left for another: a skip.
  mutating func leaveCurrent() -> [Effect] {
    guard let current = queue.current, playback.hasStarted, !playback.isFinished else { return [] }
    // Left in its last moments a song counts as heard; passed by within a second it says nothing.
    let isHeard = (playback.heardShare ?? 0) >= 0.95
    let effects = playback.heard < 1 ? [] : record(isHeard ? .completed : .skip, current)
    playback.previous = current.track
    return effects
  }

  /// The selection stays with its entry, wherever that moves to.
  mutating func keepSelection() {
    if let id = selectedID, let place = queue.place(of: id) {
      queueSelection = place
    } else {
      queueSelection = max(0, min(queueSelection, queue.upcoming.count - 1))
      selectedID = nil
    }
  }

  /// Selects the entry at a place of the queue.
  mutating func select(_ place: Int) {
    queueSelection = place
    selectedID = selectedEntry?.id
  }

  mutating func removeSelectedEntry() -> [Effect] {
    guard let entry = selectedEntry else { return say("nothing is selected in the queue") }
    let effects = record(.removed, entry)
    queue.remove(entry.id)
    playlists.remove(entry.track)
    select(max(0, min(queueSelection, queue.upcoming.count - 1)))
    return effects
  }

  mutating func clearQueue() -> [Effect] {
    for entry in queue.upcoming { playlists.remove(entry.track) }
    queue.clear()
    select(0)
    choice.isExhausted = true
    return say(
      settings.refill ? "queue emptied; it refills when the next song begins" : "queue emptied")
  }

  mutating func moveSelectedEntry(by places: Int) -> [Effect] {
    guard let entry = selectedEntry else { return [] }
    queue.move(entry.id, to: queueSelection + places)
    select(queue.place(of: entry.id) ?? queueSelection)
    return []
  }
}
