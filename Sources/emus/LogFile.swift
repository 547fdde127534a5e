import Foundation
import Glibc
import Music

/// The log in the state folder: one line an event, with its time, whatever a file is called that it
/// speaks of; what foreign libraries print to
/// stderr lands in the same file.
final class LogFile: Sendable {
  private let path: String

  init(path: String) { self.path = path }

  /// Appends one line; a log that cannot be written is no reason to stop the music.
  func write(_ text: String) {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let line = Array("\(Date().ISO8601Format()) \(PathText.line(text))\n".utf8)
    _ = line.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }
}
