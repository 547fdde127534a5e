import Music

/// The two pieces that mpv holds, the current one and the look-ahead, and what is known of them.
///
/// A pure state machine between the port and libmpv: commands and events go in, steps come out for
/// the owner to perform in order. `slots` mirrors mpv's playlist, which nothing but our own
/// commands changes; so a place in it is right even while events are still under way. It touches
/// no pointer, no thread and no clock.
struct Deck {
  /// What the owner has to do.
  enum Step: Equatable {
    case emit(PlayerEvent)
    case load(Load)
    /// Takes the entry at that place out of mpv's playlist.
    case remove(Int)
    case pause(Bool)
    /// Seconds from the file's start.
    case seek(Double)
    case volume(Double)
    case leveling(Leveling)
    /// Plays nothing and empties the playlist.
    case clear
    /// Plays silence, so that the output opens.
    case probe(request: UInt64)
  }

  struct Load: Equatable {
    enum Mode: String { case replace, append = "append-play" }

    var request: UInt64
    var path: [UInt8]
    var mode: Mode
    /// Seconds from the file's start; nil is its beginning.
    var start: Double?
    /// Seconds from the file's start; nil is its end.
    var end: Double?
  }

  /// One piece, and the number mpv gave it.
  struct Slot: Equatable {
    var request: UInt64
    /// Nil for the silence of `prepare`.
    var piece: Piece?
    /// Known from mpv's answer to `loadfile` on.
    var entry: Int64?
  }

  struct Piece: Equatable {
    var id: PlayID
    var location: Location
  }

  enum Phase { case opening, playing, ended }

  /// One line for a piece that could not be played: the file and mpv's words for the cause.
  let explain: @Sendable (Location, String) -> String

  /// Mirrors mpv's playlist; the first is the current one.
  private(set) var slots: [Slot] = []
  /// How far the first slot is.
  private(set) var phase = Phase.ended
  /// The entry that mpv's events without a number speak of.
  private var opened: Int64?
  /// A look-ahead that waits for a seek near the end to be over.
  private var held: Piece?
  /// A seek asked for before the first sound of the piece.
  private var pendingSeek: Double?
  /// The first sound of the current piece is out. mpv takes a seek past the end that comes
  /// earlier for a file with nothing in it.
  private var hasSounded = false
  /// Of the current file, seconds.
  private var fileDuration: Double?
  private var lastPosition: Double?
  private var lastLength: Double?
  private var lastPaused = false
  private var lastOutput: String?
  private var lastRequest: UInt64 = 0

  init(explain: @escaping @Sendable (Location, String) -> String) { self.explain = explain }

  private var current: Slot? { slots.first }

  /// The current piece where it plays and mpv's events are about it.
  private var sounding: Piece? {
    guard phase == .playing, let current, current.entry == opened else { return nil }
    return current.piece
  }

  private mutating func nextRequest() -> UInt64 {
    lastRequest += 1
    return lastRequest
  }
}

// MARK: - Commands

extension Deck {
  mutating func handle(_ command: PlayerCommand) -> [Step] {
    switch command {
    case .prepare: prepare()
    case .play(let id, let location, let position):
      play(Piece(id: id, location: location), at: position)
    case .lookAhead(let id, let location): lookAhead(id, location)
    case .pause(let isPaused): [.pause(isPaused)]
    case .seek(let position): seek(to: position)
    case .volume(let percent): [.volume(Double(min(100, max(0, percent))))]
    case .leveling(let leveling): [.leveling(leveling)]
    case .stop: stop()
    }
  }

  private mutating func prepare() -> [Step] {
    if let lastOutput { return [output(lastOutput)] }
    guard phase == .ended else { return [] }
    let request = nextRequest()
    slots = [Slot(request: request)]
    phase = .opening
    return [.probe(request: request)]
  }

  private mutating func play(_ piece: Piece, at position: Double) -> [Step] {
    held = nil
    return [.pause(false)] + begin(piece, at: position)
  }

  /// Loads a piece in place of all there is.
  private mutating func begin(_ piece: Piece, at position: Double = 0) -> [Step] {
    pendingSeek = nil
    guard let fault = piece.location.fault else {
      let load = makeLoad(piece, mode: .replace, at: position)
      slots = [Slot(request: load.request, piece: piece)]
      phase = .opening
      return [.load(load)]
    }
    // mpv holds nothing, yet this is the piece that a look-ahead comes after.
    slots = [Slot(request: nextRequest(), piece: piece)]
    phase = .ended
    return [.clear] + failed(piece, fault)
  }

  private mutating func lookAhead(_ id: PlayID?, _ location: Location?) -> [Step] {
    held = nil
    let steps = removeLookAhead()
    guard let id, let location else { return steps }
    return steps + append(Piece(id: id, location: location))
  }

  private mutating func removeLookAhead() -> [Step] {
    guard slots.count > 1 else { return [] }
    slots.removeLast(slots.count - 1)
    return [.remove(1)]
  }

  /// Puts a piece after the current one; where that has just ended by itself, it starts at once:
  /// who sent it could not know yet.
  private mutating func append(_ piece: Piece) -> [Step] {
    guard current?.piece != nil else { return [] }
    if phase == .ended { return begin(piece) }
    if piece.location.fault != nil {
      // It fails when its turn comes, not before.
      held = piece
      return []
    }
    let load = makeLoad(piece, mode: .append, at: 0)
    slots.append(Slot(request: load.request, piece: piece))
    return [.load(load)]
  }

  private mutating func makeLoad(_ piece: Piece, mode: Load.Mode, at position: Double) -> Load {
    let start = piece.location.offset + (position.isFinite ? max(0, position) : 0)
    return Load(
      request: nextRequest(), path: piece.location.path, mode: mode, start: start > 0 ? start : nil,
      end: piece.location.limit)
  }

  private mutating func seek(to position: Double) -> [Step] {
    guard position.isFinite, current?.piece != nil, phase != .ended else { return [] }
    guard let piece = sounding, hasSounded else {
      pendingSeek = position
      return []
    }
    let length = length(of: piece)
    let target = max(0, min(position, length ?? position))
    var steps: [Step] = []
    // mpv would go on to the look-ahead in the middle of the seek.
    if let length, length - target < 5, let ahead = slots.dropFirst().first?.piece {
      steps = removeLookAhead()
      held = ahead
    }
    lastPosition = nil
    return steps + [.seek(piece.location.offset + target)]
  }

  private mutating func stop() -> [Step] {
    held = nil
    pendingSeek = nil
    slots = []
    phase = .ended
    return [.clear]
  }
}

// MARK: - Events

extension Deck {
  mutating func handle(_ event: MpvEvent) -> [Step] {
    switch event {
    case .none, .other, .lost: return []
    case .opening(let entry): return opening(entry)
    case .loaded: return loaded()
    case .ended(let entry, let reason): return ended(entry, reason)
    case .restarted: return restarted()
    case .accepted(let request, let entry):
      if let place = slots.firstIndex(where: { $0.request == request }) {
        slots[place].entry = entry
      }
      return []
    case .refused(let request, let message): return refused(request, message)
    case .time(let seconds): return time(seconds)
    case .duration(let seconds): return duration(seconds)
    case .paused(let isPaused):
      guard isPaused != lastPaused else { return [] }
      lastPaused = isPaused
      return [.emit(.paused(isPaused))]
    case .output(let name):
      guard let name, name != lastOutput else { return [] }
      lastOutput = name
      return [output(name)] + endProbe()
    }
  }

  /// The silence has told what it was played for.
  private mutating func endProbe() -> [Step] {
    guard let current, current.piece == nil else { return [] }
    slots = []
    phase = .ended
    return [.clear]
  }

  private func output(_ name: String) -> Step {
    .emit(.output(name: name, isSilent: name == "null"))
  }

  private mutating func opening(_ entry: Int64) -> [Step] {
    opened = entry
    guard let place = slots.firstIndex(where: { $0.entry == entry }) else { return [] }
    // What was played stays in mpv's playlist until it is taken out.
    slots.removeFirst(place)
    phase = .opening
    hasSounded = false
    fileDuration = nil
    lastPosition = nil
    lastLength = nil
    return Array(repeating: .remove(0), count: place)
  }

  private mutating func loaded() -> [Step] {
    guard phase == .opening, let current, current.entry == opened else { return [] }
    phase = .playing
    guard let piece = current.piece else { return [] }
    return [.emit(.started(piece.id))] + tellLength(of: piece)
  }

  private mutating func ended(_ entry: Int64, _ reason: MpvEvent.EndReason) -> [Step] {
    guard phase != .ended, let current, current.entry == entry else { return [] }
    phase = .ended
    guard let piece = current.piece else {
      slots = []
      return []
    }
    switch reason {
    case .endOfFile: return [.emit(.finished(piece.id))] + beginHeld()
    case .error(let words): return failed(piece, words) + beginHeld()
    case .stopped: return []
    case .redirected:
      // mpv has put what the list names into its playlist: nothing of it may play.
      return abandon(piece, "it is a list of files, not music")
    }
  }

  private mutating func refused(_ request: UInt64, _ message: String) -> [Step] {
    guard let place = slots.firstIndex(where: { $0.request == request }) else { return [] }
    guard let piece = slots[place].piece else { return [] }
    // What should have been replaced would go on.
    if place == 0 { return abandon(piece, message) }
    slots.remove(at: place)
    return failed(piece, message)
  }

  /// Gives the current piece and mpv's playlist up, and goes on with the look-ahead.
  private mutating func abandon(_ piece: Piece, _ words: String) -> [Step] {
    held = held ?? slots.dropFirst().first?.piece
    slots.removeLast(slots.count - 1)
    phase = .ended
    return [.clear] + failed(piece, words) + beginHeld()
  }

  /// Plays the look-ahead that mpv does not know of, if there is one.
  private mutating func beginHeld() -> [Step] {
    guard let ahead = held, slots.count == 1 else { return [] }
    held = nil
    return begin(ahead)
  }

  private func failed(_ piece: Piece, _ words: String) -> [Step] {
    [.emit(.failed(piece.id, message: explain(piece.location, words)))]
  }

  private mutating func restarted() -> [Step] {
    lastPosition = nil
    guard sounding != nil else { return [] }
    hasSounded = true
    if let position = pendingSeek {
      pendingSeek = nil
      return seek(to: position)
    }
    guard let ahead = held else { return [] }
    held = nil
    return append(ahead)
  }

  private mutating func time(_ seconds: Double?) -> [Step] {
    guard let seconds, seconds.isFinite, let piece = sounding else { return [] }
    let position = max(0, min(seconds - piece.location.offset, length(of: piece) ?? .infinity))
    // mpv says it ten times a second; a few are enough for a bar.
    if let lastPosition, abs(position - lastPosition) < 0.25 { return [] }
    lastPosition = position
    return [.emit(.position(piece.id, position))]
  }

  private mutating func duration(_ seconds: Double?) -> [Step] {
    guard let seconds, seconds.isFinite, seconds > 0, seconds != fileDuration else { return [] }
    guard let current, current.entry == opened else { return [] }
    fileDuration = seconds
    return sounding.map { tellLength(of: $0) } ?? []
  }

  private mutating func tellLength(of piece: Piece) -> [Step] {
    guard let length = length(of: piece), length != lastLength else { return [] }
    lastLength = length
    return [.emit(.duration(piece.id, length))]
  }

  /// Seconds of the piece, which may be a part of its file; nil while unknown.
  private func length(of piece: Piece) -> Double? {
    guard let end = piece.location.limit.map({ min($0, fileDuration ?? $0) }) ?? fileDuration
    else { return nil }
    return max(0, end - piece.location.offset)
  }
}

// MARK: - Places

extension Location {
  /// Where the piece starts in its file, seconds; never negative, never NaN.
  var offset: Double {
    guard let start, start.isFinite else { return 0 }
    return max(0, start)
  }

  /// Where the piece ends in its file, seconds; nil is the file's end.
  var limit: Double? {
    guard let end, end.isFinite, end > offset else { return nil }
    return end
  }

  /// Why mpv must not see this path, or nil.
  ///
  /// mpv gives a meaning to other schemes (`fd://`, `edl://`, `memory://`) and takes what is not
  /// absolute from the working folder.
  var fault: String? {
    if path.contains(0) { return "its name holds a NUL" }
    let isAddress = path.starts(with: "http://".utf8) || path.starts(with: "https://".utf8)
    return path.first == UInt8(ascii: "/") || isAddress ? nil : "it is not an absolute path"
  }
}
