import Music
import PlaybackMpv

/// Plays one song to its end for `--once --play`; Ctrl-C and SIGTERM end it early, in good order.
struct OncePlayback {
  private let volume: Int
  private let stops: AsyncStream<Void>
  private let signal: StopSignal

  /// From now on the signals end the song, also before it begins. `volume` is 0...100.
  init(volume: Int) {
    self.volume = volume
    let (stops, stop) = AsyncStream.makeStream(of: Void.self)
    self.stops = stops
    signal = StopSignal { stop.yield() }
  }

  func play(_ track: Track) async throws {
    let player = Player.live(options: .environment)
    let id = PlayID(rawValue: 1)
    player.send(.volume(volume))
    player.send(.play(id, track.location, at: 0))
    let failure = await QuietErrors.during { tell in
      await Self.firstEnd(of: player, stops, tell)
    }
    await player.stop()
    withExtendedLifetime(signal) {}
    if let failure { throw failure }
  }

  /// Waits for the song's end or for a signal, whichever is first.
  private static func firstEnd(
    of player: Player, _ stops: AsyncStream<Void>, _ tell: @escaping @Sendable (String) -> Void
  ) async -> Failure? {
    await withTaskGroup(of: Failure?.self) { group in
      group.addTask { await Self.end(of: player, tell) }
      group.addTask {
        for await _ in stops { break }
        return nil
      }
      let first = await group.next() ?? nil
      group.cancelAll()
      return first
    }
  }

  /// Waits for the song's end; why it could not be played, where it could not: a file that cannot be
  /// read is another matter than a library that is missing.
  private static func end(
    of player: Player, _ tell: @Sendable (String) -> Void
  ) async -> Failure? {
    for await event in player.events() {
      switch event {
      case .finished: return nil
      case .failed(_, let message): return Failure(.input, message)
      case .unavailable(let message): return Failure(.unavailable, message)
      case .output(_, isSilent: true): tell("no sound device found: playing silently")
      default: continue
      }
    }
    return nil
  }
}
