import Foundation
import Glibc

/// What a terminal behind standard output, or behind standard error, can show.
enum TerminalWidth {
  /// 80 where there is none.
  static func columns(of descriptor: Int32 = STDOUT_FILENO) -> Int {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 80 }
    return Int(size.ws_col)
  }

  /// Of standard output. Never where the listener set NO_COLOR (no-color.org).
  static var takesColour: Bool {
    let refused = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    return isatty(STDOUT_FILENO) == 1 && !refused
  }
}
