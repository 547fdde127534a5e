/// The port to the sound. `live` is in `PlaybackMpv`.
///
/// The player is told the current piece and the one after it, no more: the queue is ours.
package struct Player: Sendable {
  /// Sends a command; never blocks. The first one loads the library behind it.
  package var send: @Sendable (PlayerCommand) -> Void
  /// Everything that happens, in order, nothing dropped.
  package var events: @Sendable () -> AsyncStream<PlayerEvent>
  /// Stops the sound, waits until all is let go.
  package var stop: @Sendable () async -> Void

  package init(
    send: @escaping @Sendable (PlayerCommand) -> Void,
    events: @escaping @Sendable () -> AsyncStream<PlayerEvent>,
    stop: @escaping @Sendable () async -> Void
  ) {
    self.send = send
    self.events = events
    self.stop = stop
  }

  /// Plays nothing.
  package static let silent = Player(
    send: { _ in }, events: { AsyncStream { $0.finish() } }, stop: {})
}

/// One playing of one piece. The same track played twice has two.
package struct PlayID: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) { self.rawValue = rawValue }
}

package enum PlayerCommand: Equatable, Sendable {
  /// Opens the output and reports it, playing nothing yet.
  case prepare
  /// Plays this now, in place of what plays. Starts at `position` seconds of the track.
  case play(PlayID, Location, at: Double)
  /// Plays this after the current piece, without a gap; nil takes the look-ahead back.
  case lookAhead(PlayID?, Location?)
  case pause(Bool)
  /// Seconds from the start of the track, clamped to its length.
  case seek(to: Double)
  /// 0...100
  case volume(Int)
  /// By which of their measures pieces are made as loud as others, from the next sound on.
  case leveling(Leveling)
  /// Plays nothing any more.
  case stop
}

/// By which of a file's measures its loudness is evened out (ReplayGain, R128).
package enum Leveling: String, CaseIterable, Sendable {
  case off
  /// Each piece as loud as any other.
  case track
  /// Each album as loud as any other: what is soft on it stays soft.
  case album
}

package enum PlayerEvent: Equatable, Sendable {
  /// The output is open: its name; `isSilent` where no sound device was found and null output stands in.
  case output(name: String, isSilent: Bool)
  case started(PlayID)
  /// Seconds; may come after the first position.
  case duration(PlayID, Double)
  /// Seconds since the track's start, at most a few a second.
  case position(PlayID, Double)
  case paused(Bool)
  /// The piece ended by itself; what follows is the look-ahead, if there was one.
  case finished(PlayID)
  /// The piece could not be played: one line naming file and cause. The look-ahead starts, if any.
  case failed(PlayID, message: String)
  /// The library is missing or gave up: one line that says what to do. No sound until `prepare`.
  case unavailable(message: String)
}
