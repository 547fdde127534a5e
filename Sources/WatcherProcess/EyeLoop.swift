import Perception

/// Does what `EyeKeeper` decides: starts the eye, writes requests, reads replies, reaps. It
/// lives on one thread of its own, which is also the one that starts the eye: the kernel sends
/// PR_SET_PDEATHSIG when that thread ends. Nothing here blocks but the wait for all of it.
struct EyeLoop {
  /// An eye whose pipe has ended but which may still be there.
  private struct Departure {
    var process: EyeProcess
    var killAt: Double
    /// What the keeper has still to be told when it is gone.
    var news: News
  }

  private enum News { case none, death, leave }

  private let executable: String
  private let arguments: [String]
  private let patience: WatcherPatience
  private let replies: Mailbox<EyeReply>
  private let previews: Mailbox<Preview>
  private let log: @Sendable (String) -> Void
  private var keeper: EyeKeeper
  private var process: EyeProcess?
  private var decoder = EyeFrameDecoder<EyeReply>()
  private var outgoing: ArraySlice<UInt8> = []
  private var departures: [Departure] = []

  /// Seconds in which an eye whose pipe has ended should say how it ended.
  private static let lastWords = 0.3
  /// Seconds that a killed eye may take to leave the camera.
  private static let afterKill = 1.0
  /// Seconds between looks at whether a process has gone.
  private static let reapInterval = 0.01
  private static let lateReapInterval = 0.5

  init(
    executable: String, arguments: [String], patience: WatcherPatience,
    replies: Mailbox<EyeReply>, previews: Mailbox<Preview>,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.executable = executable
    self.arguments = arguments
    self.patience = patience
    self.replies = replies
    self.previews = previews
    self.log = log
    keeper = EyeKeeper(patience: patience)
  }

  /// Handles new requests and what is due, then waits for the next thing to happen.
  mutating func turn(_ requests: [EyeRequest], bell: Descriptor) {
    for request in requests { perform(keeper.request(request, at: Monotonic.now)) }
    perform(keeper.tick(at: Monotonic.now))
    wait(bell: bell, until: keeper.deadline)
    exchange()
  }

  /// Says good-bye to the eye and returns when it is gone, within `patience.leave` and a second
  /// in which a killed process should have ended.
  mutating func leave() {
    outgoing += EyeFraming.encode(EyeRequest.close)
    let deadline = Monotonic.now + patience.leave
    while process != nil, Monotonic.now < deadline {
      if outgoing.isEmpty { process?.closeInput() }
      wait(bell: nil, until: deadline)
      exchange(deliversReplies: false)
    }
    dismiss(killAt: Monotonic.now, news: .none)
    for index in departures.indices { departures[index].news = .none }
    let end = max(deadline, Monotonic.now) + 1
    while !departures.isEmpty, Monotonic.now < end {
      for index in departures.indices {
        departures[index].killAt = min(departures[index].killAt, deadline)
      }
      reap()
      if !departures.isEmpty { wait(bell: nil, until: end) }
    }
    for departure in departures { log("the eye (pid \(departure.process.pid)) cannot be ended") }
  }

  private mutating func perform(_ actions: [EyeKeeper.Action]) {
    for action in actions {
      switch action {
      case .start: start()
      case .send(let request): if process != nil { outgoing += EyeFraming.encode(request) }
      case .kill: dismiss(killAt: Monotonic.now, news: .none)
      case .end:
        write()
        dismiss(killAt: Monotonic.now + patience.leave, news: .leave)
      case .deliver(.preview(let preview)): previews.deposit(preview)
      case .deliver(let reply):
        if case .trouble(let trouble) = reply { log("eye: \(trouble.message)") }
        replies.deposit(reply)
      }
    }
  }

  private mutating func start() {
    do throws(EyeProcess.StartError) {
      process = try EyeProcess(executable: executable, arguments: arguments)
      decoder = EyeFrameDecoder()
      outgoing = []
    } catch {
      let why = "\(executable) cannot be started (\(error))"
      let actions =
        error.isMissing
        ? keeper.missing("\(why): install emus again") : keeper.gone(why, at: Monotonic.now)
      perform(actions)
    }
  }

  private func wait(bell: Descriptor?, until deadline: Double?) {
    var deadline = deadline
    if let departure = departures.first {
      let isLate = Monotonic.now > departure.killAt + Self.afterKill
      let next = Monotonic.now + (isLate ? Self.lateReapInterval : Self.reapInterval)
      deadline = min(next, deadline ?? next)
    }
    Descriptor.wait(
      readers: [bell, process?.output].compactMap(\.self),
      writer: outgoing.isEmpty ? nil : process?.input,
      seconds: deadline.map { $0 - Monotonic.now })
  }

  private mutating func exchange(deliversReplies: Bool = true) {
    write()
    read(deliversReplies: deliversReplies)
    reap()
  }

  private mutating func write() {
    guard let process, !outgoing.isEmpty else { return }
    guard let count = process.send(outgoing) else {
      // The eye has closed its ears. It may still speak; its end will come through the other way.
      outgoing = []
      return
    }
    outgoing = outgoing.dropFirst(count)
  }

  private mutating func read(deliversReplies: Bool) {
    guard let process else { return }
    switch process.receive() {
    case .nothing: break
    case .end:
      dismiss(killAt: Monotonic.now + Self.lastWords, news: deliversReplies ? .death : .none)
    case .bytes(let bytes):
      guard deliversReplies else { return }
      decoder.append(bytes)
      do throws(EyeFramingError) {
        while let reply = try decoder.next() { perform(keeper.heard(reply, at: Monotonic.now)) }
      } catch {
        dismiss(killAt: Monotonic.now, news: .none)
        perform(keeper.gone("the eye spoke nonsense: \(error)", at: Monotonic.now))
      }
    }
  }

  private mutating func dismiss(killAt: Double, news: News) {
    guard let process else { return }
    process.close()
    departures.append(Departure(process: process, killAt: killAt, news: news))
    self.process = nil
    outgoing = []
    reap()
  }

  private mutating func reap() {
    var remaining: [Departure] = []
    var farewells: [(news: News, words: String)] = []
    for var departure in departures {
      if let words = departure.process.reap() {
        farewells.append((departure.news, words))
        continue
      }
      if Monotonic.now >= departure.killAt {
        departure.process.kill()
        // The next eye may want the camera that this one has: its end is waited for a while.
        if departure.news != .leave || Monotonic.now >= departure.killAt + Self.afterKill {
          farewells.append((departure.news, "the eye closed its pipe"))
          departure.news = .none
        }
      }
      remaining.append(departure)
    }
    departures = remaining
    for (news, words) in farewells {
      switch news {
      case .none: break
      case .death: perform(keeper.gone(words, at: Monotonic.now))
      case .leave: perform(keeper.left(at: Monotonic.now))
      }
    }
  }
}
