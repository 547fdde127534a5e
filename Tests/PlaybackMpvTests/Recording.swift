import Music
import PlaybackMpv
import Synchronization

/// What a player said so far, and waiting for what it will say.
final class Recording: Sendable {
  private final class Said: Sendable {
    let events = Mutex<[PlayerEvent]>([])
  }

  private let said = Said()
  private let reader: Task<Void, Never>

  init(_ player: Player) {
    let events = player.events()
    let said = said
    reader = Task {
      for await event in events { said.events.withLock { $0.append(event) } }
    }
  }

  var all: [PlayerEvent] { said.events.withLock { $0 } }

  /// Started, finished, failed, unavailable: without positions and outputs.
  var turns: [PlayerEvent] {
    all.filter {
      switch $0 {
      case .started, .finished, .failed, .unavailable: true
      case .output, .duration, .position, .paused: false
      }
    }
  }

  /// Waits until something holds of all that was said; false after two minutes.
  func wait(until condition: ([PlayerEvent]) -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < deadline {
      if condition(all) { return true }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return condition(all)
  }

  func wait(for event: PlayerEvent) async -> Bool { await wait { $0.contains(event) } }

  /// Waits for the end of the stream, as after `stop`.
  func ended() async { await reader.value }
}

extension PlayID {
  init(_ number: UInt64) { self.init(rawValue: number) }
}
