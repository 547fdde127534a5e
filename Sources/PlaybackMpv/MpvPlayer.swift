import Music
import Synchronization

/// The thread that owns libmpv, and the inbox it works from: `Player.live` forwards to it.
///
/// The thread starts at the first `prepare` or `play`, opens the library, and then waits for its
/// bell, which mpv's events ring; a command goes into the inbox and rings it too. Whoever sends only
/// ever waits for the inbox's lock. It decides nothing: that is `Deck`.
final class MpvPlayer: Sendable {
  /// Everything that happens, for one reader; kept until it is read.
  let events: AsyncStream<PlayerEvent>

  private let options: PlaybackOptions
  private let emit: AsyncStream<PlayerEvent>.Continuation
  private let shared = Mutex(Shared())

  private struct Shared {
    var inbox: [PlayerCommand] = []
    /// Set while the thread runs.
    var bell: Bell?
    var isRunning = false
    var isStopping = false
    /// Why there is no library, where it was tried: only `prepare` tries again.
    var unavailable: String?
    var waitingForEnd: [CheckedContinuation<Void, Never>] = []

    mutating func take(_ command: PlayerCommand) -> Receipt {
      guard !isStopping else { return .isQueued }
      if command == .prepare { unavailable = nil }
      if let unavailable {
        return command.opensLibrary ? .isUnavailable(message: unavailable) : .isQueued
      }
      inbox.append(command)
      bell?.ring()
      guard !isRunning, command.opensLibrary else { return .isQueued }
      isRunning = true
      return .mustStart
    }
  }

  private enum Receipt {
    case isQueued, mustStart
    case isUnavailable(message: String)
  }

  init(options: PlaybackOptions) {
    self.options = options
    (events, emit) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
  }

  func send(_ command: PlayerCommand) {
    switch shared.withLock({ $0.take(command) }) {
    case .isQueued: break
    case .mustStart:
      let isStarted = startThread { @Sendable in self.run() }
      if !isStarted { end(message: "no sound: the system gives no thread") }
    case .isUnavailable(let message): emit.yield(.unavailable(message: message))
    }
  }

  func stop() async {
    await withCheckedContinuation { continuation in
      let isOver = shared.withLock { shared in
        shared.isStopping = true
        guard shared.isRunning else { return true }
        shared.waitingForEnd.append(continuation)
        shared.bell?.ring()
        return false
      }
      guard isOver else { return }
      emit.finish()
      continuation.resume()
    }
  }
}

// MARK: - On the thread

extension MpvPlayer {
  private func run() {
    do {
      let bell = try Bell()
      shared.withLock { $0.bell = bell }
      let mpv = try Mpv(libraries: options.libraries, settings: options.settings, bell: bell)
      let message = loop(mpv, bell)
      mpv.close()
      end(message: message)
    } catch {
      end(message: error.message)
    }
  }

  /// Works until the end is asked for; returns a line where mpv gave up by itself.
  private func loop(_ mpv: Mpv, _ bell: Bell) -> String? {
    var deck = Deck { @Sendable in Explanation.line(for: $0, mpv: $1) }
    while true {
      let (commands, isStopping) = shared.withLock { shared in
        defer { shared.inbox = [] }
        return (shared.inbox, shared.isStopping)
      }
      if isStopping { return nil }
      for command in commands { perform(deck.handle(command), &deck, mpv) }
      switch mpv.nextEvent() {
      case .none: bell.wait()
      case .lost: return "no sound: libmpv ended by itself; start emus again"
      case let event: perform(deck.handle(event), &deck, mpv)
      }
    }
  }

  private func perform(_ steps: [Deck.Step], _ deck: inout Deck, _ mpv: Mpv) {
    for step in steps {
      switch step {
      case .emit(let event): emit.yield(event)
      case .load(let load):
        let refusal =
          Explanation.danger(in: load.path)
          ?? mpv.load(
            request: load.request, path: load.path, flags: load.mode.rawValue,
            start: load.start.map(Self.seconds), end: load.end.map(Self.seconds))
        guard let refusal else { continue }
        perform(deck.handle(.refused(request: load.request, message: refusal)), &deck, mpv)
      case .remove(let place): mpv.command(["playlist-remove", "\(place)"])
      case .pause(let isPaused): mpv.set("pause", isPaused)
      case .seek(let seconds): mpv.command(["seek", Self.seconds(seconds), "absolute+exact"])
      case .volume(let percent): mpv.set("volume", percent)
      case .leveling(let leveling):
        mpv.command(["set", "replaygain", leveling == .off ? "no" : leveling.rawValue])
      case .clear: mpv.command(["stop"])
      case .probe(let request):
        _ = mpv.load(
          request: request, path: Silence.address, flags: "replace", start: nil, end: nil)
      }
    }
  }

  /// Lets go of everything; a player that was not asked to end may be started again.
  private func end(message: String?) {
    let (waiting, isStopping) = shared.withLock { shared in
      shared.isRunning = false
      shared.bell = nil
      shared.unavailable = message
      shared.inbox = []
      defer { shared.waitingForEnd = [] }
      return (shared.waitingForEnd, shared.isStopping)
    }
    if let message { emit.yield(.unavailable(message: message)) }
    if isStopping { emit.finish() }
    for continuation in waiting { continuation.resume() }
  }

  /// Seconds as mpv reads them: no exponent, a point.
  static func seconds(_ value: Double) -> String {
    let microseconds = Int64((min(max(value, 0), 1e9) * 1_000_000).rounded())
    let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
    return "\(microseconds / 1_000_000).\(fraction)"
  }
}

extension PlayerCommand {
  /// What the library is worth opening for; anything else waits for one of these.
  fileprivate var opensLibrary: Bool {
    switch self {
    case .prepare, .play: true
    case .lookAhead, .pause, .seek, .volume, .leveling, .stop: false
    }
  }
}
