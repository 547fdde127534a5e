/// Why the terminal cannot be taken over: one line that says what to do.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case noTerminal(name: String)
  case unknownType(name: String)
  case noCursorAddress(name: String)
  /// The C function that failed and its reason.
  case system(call: String, reason: String)
  case alreadyOpened

  package var description: String {
    switch self {
    case .noTerminal(let name):
      "\(name) is no terminal: run emus in one, or use --once and the other commands in scripts"
    case .unknownType(""):
      "TERM is not set: set it to the terminal's type, as in TERM=xterm-256color"
    case .unknownType(let name):
      "the terminal type \(name) is unknown here: try TERM=xterm-256color, or install ncurses-term"
    case .noCursorAddress(let name):
      "a terminal of type \(name) cannot show the player: try TERM=xterm-256color"
    case .system(let call, let reason): "cannot open the terminal: \(call): \(reason)"
    case .alreadyOpened: "the terminal was opened before; it can be opened once"
    }
  }
}
