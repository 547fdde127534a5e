/// The port to the terminal. `live` is in `TerminalNcurses`; one thread alone writes to it.
package struct Terminal: Sendable {
  /// Takes the terminal over; returns its size. Throws where there is none.
  package var open: @Sendable () throws -> Size
  /// Keys and changes of size, in order.
  package var events: @Sendable () -> AsyncStream<TerminalEvent>
  /// Shows a canvas: only the cells that differ from the one before are written.
  package var draw: @Sendable (Canvas) -> Void
  /// Forgets what is shown, so that the next `draw` writes everything (Ctrl-L).
  package var forget: @Sendable () -> Void
  /// Gives the terminal back as it was. May be called twice.
  package var close: @Sendable () -> Void

  package init(
    open: @escaping @Sendable () throws -> Size,
    events: @escaping @Sendable () -> AsyncStream<TerminalEvent>,
    draw: @escaping @Sendable (Canvas) -> Void,
    forget: @escaping @Sendable () -> Void,
    close: @escaping @Sendable () -> Void
  ) {
    self.open = open
    self.events = events
    self.draw = draw
    self.forget = forget
    self.close = close
  }

  /// Shows nothing, hears nothing.
  package static let silent = Terminal(
    open: { Size(columns: 80, rows: 24) }, events: { AsyncStream { $0.finish() } },
    draw: { _ in }, forget: {}, close: {})
}

package enum TerminalEvent: Equatable, Sendable {
  case key(Key)
  case resized(Size)
  /// The program is asked to end: Ctrl-C (SIGINT), SIGTERM, SIGHUP, or the terminal is gone.
  case hangup
}
