import CNcurses
import Dispatch
import Glibc
import Screen
import Synchronization

extension Terminal {
  /// The terminal of standard input and output, through ncurses.
  ///
  /// Opened once, closed any number of times. `open` throws a `TerminalError` where there is no
  /// terminal or its type is unknown, and then has changed nothing. Redirect standard error
  /// (`StandardError.redirect`) before it.
  package static func live() -> Terminal {
    let terminal = LiveTerminal()
    return Terminal(
      open: { try terminal.open() }, events: { terminal.events },
      draw: { terminal.post(canvas: $0) }, forget: { terminal.post(forgets: true) },
      close: { terminal.close() })
  }
}

/// What the program's threads and the terminal's thread share: a mailbox and a stream of events.
final class LiveTerminal: Sendable {
  /// What the terminal's thread has to do next. The newest canvas takes the place of the others.
  struct Posted {
    var canvas: Canvas?
    var forgets = false
    var closes = false
  }

  private enum Phase {
    case new, open, closed
  }

  private struct Mailbox {
    var phase = Phase.new
    var posted = Posted()
    /// The end of the pipe that wakes the thread.
    var wake: Int32 = -1
    /// What opening came to.
    var result: Result<Size, TerminalError>?
  }

  private let mailbox = Mutex(Mailbox())
  private let opened = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  let events: AsyncStream<TerminalEvent>
  private let sink: AsyncStream<TerminalEvent>.Continuation

  init() {
    (events, sink) = AsyncStream.makeStream()
  }

  func send(_ event: TerminalEvent) { sink.yield(event) }

  func open() throws(TerminalError) -> Size {
    guard isatty(STDIN_FILENO) == 1 else { throw .noTerminal(name: "standard input") }
    guard isatty(STDOUT_FILENO) == 1 else { throw .noTerminal(name: "standard output") }
    guard change(from: .new, to: .open) else { throw .alreadyOpened }
    // The pipe stays open to the end of the process: a late signal must find it.
    let pipe = try Curses.makePipe()
    mailbox.withLock { $0.wake = pipe.write }
    emus_signals_to(pipe.write)
    do {
      return try startThread(pipe: pipe.read)
    } catch {
      emus_signals_restore()
      mailbox.withLock { $0.phase = .closed }
      throw error
    }
  }

  /// Whether the phase was `before`; only then it is changed.
  private func change(from before: Phase, to after: Phase) -> Bool {
    mailbox.withLock { mailbox in
      guard mailbox.phase == before else { return false }
      mailbox.phase = after
      return true
    }
  }

  /// Starts the terminal's thread and waits until it has taken the terminal over, or has failed to.
  private func startThread(pipe: Int32) throws(TerminalError) -> Size {
    try Curses.startThread { @Sendable in self.run(pipe: pipe) }
    opened.wait()
    guard let result = mailbox.withLock({ $0.result }) else { throw .failed("newterm", code: EIO) }
    return try result.get()
  }

  /// The body of the terminal's thread.
  private func run(pipe: Int32) {
    defer { ended.signal() }
    do {
      var thread = try TerminalThread(shared: self, pipe: pipe)
      let size = thread.openedSize
      mailbox.withLock { $0.result = .success(size) }
      opened.signal()
      thread.run()
    } catch {
      mailbox.withLock { $0.result = .failure(error) }
      opened.signal()
    }
  }

  func post(canvas: Canvas? = nil, forgets: Bool = false) {
    let wake = mailbox.withLock {
      if let canvas { $0.posted.canvas = canvas }
      if forgets { $0.posted.forgets = true }
      return $0.phase == .open ? $0.wake : -1
    }
    if wake >= 0 { Curses.wake(wake) }
  }

  func takePosted() -> Posted {
    mailbox.withLock {
      let posted = $0.posted
      $0.posted = Posted()
      return posted
    }
  }

  /// Returns when the terminal is as it was before `open`.
  func close() {
    guard change(from: .open, to: .closed) else { return }
    let wake = mailbox.withLock { mailbox in
      mailbox.posted.closes = true
      return mailbox.wake
    }
    Curses.wake(wake)
    ended.wait()
    emus_signals_restore()
    sink.finish()
  }
}
