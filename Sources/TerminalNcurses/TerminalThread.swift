import CNcurses
import Glibc
import Screen

/// The one thread that touches ncurses: it sleeps until keys, a signal or a canvas have come.
///
/// Of several canvases posted while it drew, it draws the newest alone. SIGINT (Ctrl-C), SIGTERM
/// and SIGHUP become `.hangup`; SIGWINCH becomes `.resized`; SIGTSTP (Ctrl-Z) gives the terminal to
/// the shell, stops the process, and takes it back when continued.
struct TerminalThread {
  let shared: LiveTerminal
  let pipe: Int32
  private var painter: Painter
  private var decoder = KeyDecoder()
  private var size: Size
  private var latest: Canvas?
  private var isGone = false

  /// Opens the terminal, on the thread that will run.
  init(shared: LiveTerminal, pipe: Int32) throws(TerminalError) {
    let showsUnicode = emus_use_locale()
    try Curses.open()
    let isPlain = !(Curses.environment("NO_COLOR") ?? "").isEmpty
    let palette = Palette(colours: isPlain ? 0 : Int(emus_colours()))
    self.shared = shared
    self.pipe = pipe
    painter = Painter(palette: palette, showsUnicode: showsUnicode)
    size = Curses.size
  }

  var openedSize: Size { size }

  /// Runs until the terminal is closed.
  mutating func run() {
    while true {
      let wakeup = Curses.wait(
        input: isGone ? nil : STDIN_FILENO, pipe: pipe,
        timeout: decoder.isPending ? Curses.escapeDelay : nil)
      handleSignals(wakeup.bytes)
      readKeys(isSilent: !wakeup.hasInput)
      if wakeup.isGone && !isGone {
        isGone = true
        shared.send(.hangup)
      }
      let posted = shared.takePosted()
      if posted.closes { break }
      if posted.forgets { painter.forget() }
      if let canvas = posted.canvas { latest = canvas }
      if posted.canvas != nil || posted.forgets, let latest { painter.draw(latest) }
    }
    emus_curses_close()
  }

  private mutating func handleSignals(_ bytes: [UInt8]) {
    var seen = Set<Int32>()
    for byte in bytes where seen.insert(Int32(byte)).inserted {
      switch Int32(byte) {
      case SIGINT, SIGTERM, SIGHUP: shared.send(.hangup)
      case SIGWINCH: followSize()
      case SIGTSTP:
        emus_curses_suspend()
        emus_stop_here()
        resume()
      case SIGCONT: resume()
      default: break
      }
    }
  }

  private mutating func followSize() {
    let now = Curses.size
    guard now != size else { return }
    size = now
    Curses.resize(to: now)
    painter.forget()
    shared.send(.resized(now))
  }

  /// After a stop, when the shell may have written anything anywhere.
  private mutating func resume() {
    emus_curses_resume()
    followSize()
    painter.forget()
    if let latest { painter.draw(latest) }
  }

  private mutating func readKeys(isSilent: Bool) {
    // ncurses keeps bytes of its own, which poll does not see: always read until there are none.
    var hasRead = false
    while !isGone, let input = Curses.readKey() {
      hasRead = true
      if let key = decoder.feed(input) { shared.send(.key(key)) }
    }
    if isSilent, !hasRead, decoder.isPending, let key = decoder.feed(.silence) {
      shared.send(.key(key))
    }
  }
}
