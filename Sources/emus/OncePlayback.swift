import Music
import PlaybackMpv

/// Plays one song to its end for `--once --play`; Ctrl-C and SIGTERM end it early, in good order.
struct OncePlayback {
  /// 0...100
  let volume: Int

  func play(_ track: Track) async throws {
    let player = Player.live(options: .environment)
    let id = PlayID(rawValue: 1)
    let (stops, stop) = AsyncStream.makeStream(of: Void.self)
    let signal = StopSignal { stop.yield() }
    player.send(.volume(volume))
    player.send(.play(id, track.location, at: 0))
    let failure = await QuietErrors.during { tell in
      await Self.firstEnd(of: player, stops, tell)
    }
    await player.stop()
    withExtendedLifetime(signal) {}
    if let failure { throw Failure(.unavailable, failure) }
  }

  /// Waits for the song's end or for a signal, whichever is first.
  private static func firstEnd(
    of player: Player, _ stops: AsyncStream<Void>, _ tell: @escaping @Sendable (String) -> Void
  ) async -> String? {
    await withTaskGroup(of: String?.self) { group in
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

  /// Waits for the song's end; one line where it could not be played.
  private static func end(
    of player: Player, _ tell: @Sendable (String) -> Void
  ) async -> String? {
    for await event in player.events() {
      switch event {
      case .finished: return nil
      case .failed(_, let message), .unavailable(let message): return message
      case .output(_, isSilent: true): tell("no sound device found: playing silently")
      default: continue
      }
    }
    return nil
  }
}
