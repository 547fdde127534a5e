import Music
import Taste

/// What the player says, and keeping it in step with the queue.
extension State {
  mutating func hear(_ event: PlayerEvent) -> [Effect] {
    switch event {
    case .output(let name, let isSilent):
      playback.output = name
      playback.isSilent = isSilent
      playback.trouble = nil
      // A mistake in the configuration matters more; the bottom line says "silent" all the time.
      return isSilent && message?.tone != .warning
        ? say("no sound device found: playing silently (emus doctor says more)", .warning) : []
    case .started(let id): return start(id)
    case .duration(let id, let seconds):
      if id == playback.requested, seconds > 0 { playback.duration = seconds }
      return []
    case .position(let id, let seconds):
      guard id == playback.requested else { return [] }
      hearOn(to: max(0, seconds))
      return keepPlace()
    case .paused(let isPaused):
      playback.isPaused = isPaused
      return []
    case .finished(let id): return finish(id)
    case .failed(let id, let message): return fail(id, message)
    case .unavailable(let message):
      playback.trouble = message
      playback.waitsForSpace = true
      playback.hasStarted = false
      playback.requested = nil
      return say(message, .error)
    }
  }

  private mutating func start(_ id: PlayID) -> [Effect] {
    if queue.current?.id != id {
      guard queue.next?.id == id else { return forsake(id) }
      queue.advance()
    }
    beginPlayback(of: id)
    playback.hasStarted = true
    playback.failures = 0
    choice.isExhausted = false
    return takeOverListener() + [.remember(memory)]
  }

  /// The player began a song that has left the queue meanwhile: what the queue says is played
  /// instead. A song of the past is only a late word.
  private mutating func forsake(_ id: PlayID) -> [Effect] {
    guard !queue.history.contains(where: { $0.id == id }) else { return [] }
    playback.requested = nil
    playback.hasStarted = false
    playback.lookAhead = nil
    if playback.isFinished { queue.advance() }
    playback.isFinished = false
    return []
  }

  /// Forgets what belonged to the song before.
  private mutating func beginPlayback(of id: PlayID) {
    if playback.lookAhead == id { playback.lookAhead = nil }
    guard playback.requested != id || !playback.hasStarted else { return }
    playback.requested = id
    playback.hasStarted = false
    playback.isFinished = false
    playback.position = playback.resume.flatMap { $0.id == id ? $0.seconds : nil } ?? 0
    playback.resume = nil
    playback.heard = 0
    playback.movedAt = now
    playback.keptPosition = playback.position
    playback.duration = playingTrack?.tags.duration
    playback.rating = nil
  }

  private mutating func finish(_ id: PlayID) -> [Effect] {
    guard let entry = queue.current, entry.id == id else { return [] }
    hearOn(to: playback.duration ?? playback.position)
    // Who seeks to the end has not heard the song.
    let effects = record((playback.heardShare ?? 1) >= 0.5 ? .completed : .skip, entry)
    playback.previous = entry.track
    playback.isFinished = true
    // Where everything was excluded as queued or playing, this song is free again.
    choice.isExhausted = false
    if playback.lookAhead == nil {
      queue.advance()
    }
    return effects
  }

  /// The song moved on: what passed in the time that passed was heard, what was jumped over not.
  private mutating func hearOn(to position: Double) {
    let step = position - playback.position
    let elapsed = now - (playback.movedAt ?? now)
    if step > 0 { playback.heard += min(step, elapsed + 0.5) }
    playback.position = position
    playback.movedAt = now
  }

  /// Remembers the place every ten seconds: a kill takes no more than that away.
  private mutating func keepPlace() -> [Effect] {
    guard abs(playback.position - playback.keptPosition) >= 10 else { return [] }
    playback.keptPosition = playback.position
    return [.remember(memory)]
  }

  /// A bad file is skipped; after five in a row the music stops, lest the queue run through.
  private mutating func fail(_ id: PlayID, _ message: String) -> [Effect] {
    if queue.next?.id == id { queue.advance() }
    guard queue.current?.id == id else { return [] }
    queue.advance(remembering: false)
    playback.hasStarted = false
    if playback.lookAhead != queue.current?.id { playback.requested = nil }
    playback.failures += 1
    if playback.failures >= 5 {
      playback.waitsForSpace = true
      playback.hasStarted = false
      return say("stopped after five songs that cannot be played; last: \(message)", .error)
    }
    return say(message, .error)
  }

  /// Tells the player to play what the queue says, where it does not do so yet.
  mutating func syncPlayback() -> [Effect] {
    if queue.current == nil, !playback.waitsForSpace, queue.next != nil { queue.advance() }
    guard let current = queue.current else {
      guard playback.requested != nil else { return [] }
      playback.requested = nil
      playback.hasStarted = false
      playback.lookAhead = nil
      playback.position = 0
      playback.duration = nil
      return [.player(.stop)]
    }
    guard !playback.waitsForSpace || playback.hasStarted, playback.requested != current.id,
      playback.lookAhead != current.id, let track = known[current.track]
    else { return [] }
    let start = playback.resume.flatMap { $0.id == current.id ? $0.seconds : nil } ?? 0
    playback.hasStarted = false
    playback.requested = nil
    playback.lookAhead = nil
    beginPlayback(of: current.id)
    playback.isPaused = false
    return [.player(.play(current.id, track.location, at: start))]
  }

  /// Keeps the entry after the playing one ready in the player, and no other.
  mutating func syncLookAhead() -> [Effect] {
    guard playback.hasStarted else { return [] }
    let next = queue.next.flatMap { entry in known[entry.track].map { (entry.id, $0.location) } }
    guard playback.lookAhead != next?.0 else { return [] }
    playback.lookAhead = next?.0
    return [.player(.lookAhead(next?.0, next?.1))]
  }
}
