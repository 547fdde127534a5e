import CPaths
import Glibc
import Music

/// Why a piece could not be played, as one line for people: the file and the cause.
///
/// mpv says "loading failed" to everything; a look at the file says more. Opens nothing.
enum Explanation {
  /// Why a file must not even be opened, or nil: opening a pipe waits for somebody to write, and a
  /// device may have no end.
  static func danger(in path: [UInt8]) -> String? {
    guard path.first == UInt8(ascii: "/") else { return nil }
    var status = stat()
    guard emus_path_status(path.map { CChar(bitPattern: $0) } + [0], &status) == 0 else {
      return nil
    }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFREG || kind == S_IFDIR ? nil : "it is not a file but a pipe or a device"
  }

  static func line(for location: Location, mpv words: String) -> String {
    return "\(location.escapedPath): \(cause(location, words))"
  }

  private static func cause(_ location: Location, _ words: String) -> String {
    guard location.fault == nil, location.path.first == UInt8(ascii: "/") else { return words }
    let path = location.path.map { CChar(bitPattern: $0) } + [0]
    var status = stat()
    guard emus_path_status(path, &status) == 0 else { return error(errno) }
    if status.st_mode & S_IFMT == S_IFDIR { return "it is a folder" }
    guard emus_path_access(path, R_OK) == 0 else { return error(errno) }
    if let danger = danger(in: location.path) { return danger }
    if status.st_size == 0 { return "it is empty" }
    return "it cannot be played (\(words))"
  }

  private static func error(_ code: Int32) -> String {
    switch code {
    case ENOENT, ENOTDIR: "there is no such file"
    case EACCES: "no permission to read it"
    case ENAMETOOLONG: "its path is too long"
    default: "it cannot be read (error \(code))"
    }
  }
}
