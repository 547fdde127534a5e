import Music
import Perception
import Screen
import Taste

/// What follows from an event: changes the state and says what the world shall do.
///
/// Pure: the same state, event and time always give the same state and effects.
package func update(_ state: inout State, _ event: Event, at time: Double) -> [Effect] {
  state.clock = Moment(seconds: time)
  var effects = state.handle(event)
  effects += state.fillQueue()
  effects += state.syncPlayback()
  effects += state.syncLookAhead()
  effects += state.fetchUnknown()
  state.keepSelection()
  return effects
}

extension State {
  fileprivate mutating func handle(_ event: Event) -> [Effect] {
    switch event {
    case .painted: return begin()
    case .key(let key): return press(key)
    case .resized(let size):
      self.size = size
      return loadLibrary() + sendPreview()
    case .hangup: return leave()
    case .sight(let sight): return see(sight)
    case .eye(let reply): return hear(reply)
    case .player(let event): return hear(event)
    case .recalled(let memory): return recall(memory)
    case .listeners(let all): return meet(all)
    case .rows(let query, let offset, let page): return show(query, offset, page)
    case .tracks(let asked, let tracks): return learn(asked, tracks)
    case .smartPlaylists(let all, let change): return take(all, after: change)
    case .recommended(let request, let songs): return take(songs, for: request)
    case .stored(let feedback): return confirm(feedback)
    case .listenerChanged(let change, let listener): return welcome(listener, after: change)
    case .calibrationRead(let owner, let stored): return useCalibration(stored, of: owner)
    case .calibrationDamaged(let owner): return refuseCalibration(of: owner)
    case .calibrated(let number, let outcome): return finishCalibration(outcome, number)
    case .calibrationKept(let owner, let outcome): return keep(outcome, of: owner)
    case .calibrationUndone(let owner, let wasThere, let stored):
      return undid(wasThere, stored, of: owner)
    case .playlist(let news): return hear(news)
    case .playlists(let rows): return take(rows)
    case .playlistRead(let reference, let purpose, let contents):
      return take(contents, of: reference, for: purpose)
    case .historyRead(let track, let history): return take(history, of: track)
    case .scanProgressed(let status):
      scan = status
      return []
    case .scanned(let status): return finishScan(status)
    case .foldersChanged(let folders): return read(folders)
    case .failed(let work, let text): return fail(work, text)
    case .timer(let timer): return wake(timer)
    }
  }

  /// The first frame is shown: now whatever is slow may begin.
  private mutating func begin() -> [Effect] {
    hasBegun = true
    var effects: [Effect] = [.recall, .listListeners, .listSmartPlaylists, .open(listener.id)]
    effects.append(.wake(.patience, after: 3))
    effects.append(.player(.leveling(settings.leveling)))
    if settings.watch { effects.append(.followFolders(true)) }
    playback.waitsForSpace = !settings.autoplay
    if settings.source != nil, settings.looksAtStart { effects += turnCamera(on: true) }
    return effects + loadLibrary()
  }

  private mutating func wake(_ timer: Timer) -> [Effect] {
    switch timer {
    case .message(let number):
      if message?.number == number { message = nil }
      return []
    case .keys(let number):
      if keyNumber == number { typedKeys = [] }
      return []
    case .retry:
      choice.isExhausted = false
      fetching = []
      return []
    case .patience:
      choice.awaitsMood = false
      return []
    case .moodSettled:
      choice.isHeld = false
      return followMood()
    }
  }

  /// What was under way is over; it is tried again after a while, not at once: a locked database
  /// would be asked without end.
  private mutating func fail(_ work: FailedWork, _ text: String) -> [Effect] {
    var effects: [Effect] = []
    switch work {
    case .recommend:
      choice.isBusy = false
      choice.isExhausted = true
      effects = [.wake(.retry, after: 5)]
    case .fetch: effects = [.wake(.retry, after: 5)]
    case .scan: scan = nil
    case .calibrate(let number):
      guard isLearning(number) else { return [] }
      effects = endCalibration(nil)
    case .renew(let reference):
      guard playlists.opened?.reference == reference else { return [] }
      playlists.opened = nil
    case .other: break
    }
    return effects + say(text, .error)
  }

  /// Puts one line into the message bar.
  mutating func say(_ text: String, _ tone: Message.Tone = .plain) -> [Effect] {
    messageNumber += 1
    message = Message(number: messageNumber, text: text, tone: tone)
    return [.wake(.message(messageNumber), after: tone == .plain || tone == .good ? 5 : 10)]
  }

  /// Leaves; what is needed to go on later is kept first.
  mutating func leave() -> [Effect] { [.remember(memory), .player(.stop), .quit] }
}
