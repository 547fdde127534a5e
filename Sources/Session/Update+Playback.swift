import Music
import Perception
import Taste

/// The sound: what the player says, what the listener wants of it, what is remembered of both.
extension State {
  mutating func performOnSound(_ command: Command) -> [Effect] {
    switch command {
    case .pause: return togglePause()
    case .next: return skip()
    case .previous: return goBack()
    case .replay: return replay()
    case .seek(.by(let seconds)): return seek(to: playback.position + seconds)
    case .seek(.to(let seconds)): return seek(to: seconds)
    case .volume(.by(let change)): return setVolume(playback.volume + change)
    case .volume(.to(let volume)): return setVolume(volume)
    case .rate(let value): return rate(value)
    default: return []
    }
  }

  private mutating func togglePause() -> [Effect] {
    if playback.trouble != nil {
      playback.trouble = nil
      playback.requested = nil
      playback.waitsForSpace = false
      return [.player(.prepare), .player(.volume(playback.volume))]
    }
    if playback.waitsForSpace || queue.current == nil {
      playback.waitsForSpace = false
      playback.isPaused = false
      return queue.isEmpty ? say("nothing to play yet: gl shows the library") : []
    }
    playback.isPaused.toggle()
    return [.player(.pause(playback.isPaused)), .remember(memory)]
  }

  private mutating func skip() -> [Effect] {
    guard !queue.isEmpty else { return [] }
    let effects = leaveCurrent()
    playback.waitsForSpace = false
    playback.lookAhead = nil
    queue.advance()
    return effects
  }

  private mutating func goBack() -> [Effect] {
    if playback.position > 3 || queue.history.isEmpty { return replay() }
    let left = playback.hasStarted ? queue.current?.track : playback.previous
    guard let entry = queue.back() else { return [] }
    let effects = record(.chosen, entry)
    playback.previous = left
    return effects
  }

  private mutating func replay() -> [Effect] {
    guard let entry = queue.current else { return [] }
    let isMeant = playback.position > 3
    let effects = isMeant ? record(.replay, entry) : []
    return effects + seek(to: 0)
  }

  private mutating func seek(to seconds: Double) -> [Effect] {
    guard playback.hasStarted else { return [] }
    let target = max(0, min(seconds, playback.duration ?? seconds))
    playback.position = target
    playback.movedAt = now
    return [.player(.seek(to: target))]
  }

  private mutating func setVolume(_ volume: Int) -> [Effect] {
    playback.volume = max(0, min(100, volume))
    return [
      .player(.volume(playback.volume)), .remember(["volume": String(playback.volume)]),
    ]
  }

  private mutating func rate(_ value: Int) -> [Effect] {
    guard let entry = queue.current else { return say("nothing plays that could be rated") }
    guard isRemembering else { return say("a guest's ratings are not kept", .warning) }
    return record(.rating, entry, value: value)
  }

  /// The effect that writes one feedback down with all of its context; none for a guest.
  func record(_ kind: Feedback.Kind, _ entry: Queue.Entry, value: Int? = nil) -> [Effect] {
    guard isRemembering else { return [] }
    let isPlaying = entry.id == playback.requested && playback.hasStarted
    let before = isPlaying || !playback.hasStarted ? playback.previous : queue.current?.track
    var mood = mood
    // Even an unsure mood under the drawn face is the drawn face's.
    if settings.source == .demo, camera.isOn, manualMood == nil { mood.source = .demo }
    return [
      .record(
        Feedback(
          listener: listener.id, track: entry.track, time: now, kind: kind,
          fraction: isPlaying ? playback.heardShare : nil, value: value,
          mood: mood, policy: policy, chooser: entry.chooser, previous: before))
    ]
  }

  /// A feedback is committed: say so, and let the next choice know.
  mutating func confirm(_ feedback: Feedback) -> [Effect] {
    guard feedback.listener == listener.id else { return [] }
    guard feedback.kind == .rating, let value = feedback.value else { return refreshPersonal() }
    if queue.current?.track == feedback.track { playback.rating = value }
    let consequence =
      switch value {
      case 8...: "more like this when you feel like this"
      case ...3: "less like this from now on"
      default: "the next choice knows"
      }
    return say("\(value) stored: \(consequence)", .good) + choose(.replace) + refreshPersonal()
  }
}

extension Queue.Entry {
  var chooser: Chooser {
    switch origin {
    case .listener: .listener
    case .recommended(let score): .recommender(score: score)
    }
  }
}
