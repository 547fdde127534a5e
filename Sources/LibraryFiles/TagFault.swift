/// Why the tags of one file could not be read, in words for the listener. It concerns that file
/// alone: a scan goes on.
package struct TagFault: Error, Hashable, Sendable {
  /// The bytes cross the worker's pipe: never renumber.
  package enum Kind: UInt8, Sendable {
    /// The system refused to open it.
    case unreadable = 1
    /// It was there when the folder was listed.
    case vanished = 2
    /// A folder, a pipe or a device.
    case notAFile = 3
    /// It has no bytes.
    case empty = 4
    /// Neither its name nor its content is of a known format.
    case unrecognised = 5
    /// The format is known, the sound is missing: cut off, damaged, or text by that name.
    case noAudio = 6
    /// The tag library gave up.
    case damaged = 7
    /// The tag reader died of it.
    case crashed = 8
    /// The tag reader did not come back from it.
    case timedOut = 9
    /// Its path is longer than any that is opened, or holds a NUL.
    case badPath = 10
  }

  package var kind: Kind
  /// One line, without the file's name.
  package var reason: String

  package init(_ kind: Kind, _ reason: String) {
    self.kind = kind
    self.reason = reason
  }

  static let notAFile = TagFault(.notAFile, "not a regular file")
  static let empty = TagFault(.empty, "the file is empty")
  static let unrecognised = TagFault(.unrecognised, "not an audio file of a known format")
  static let noAudio = TagFault(.noAudio, "no audio in it: cut off, damaged, or not audio at all")
  static let vanished = TagFault(.vanished, "the file is gone")
  static let crashed = TagFault(.crashed, "the tag reader crashed on it: the file may be damaged")
  static let badPath = TagFault(.badPath, "the path is too long to be opened")

  static func timedOut(after limit: Duration) -> TagFault {
    TagFault(.timedOut, "the tag reader gave up on it after \(limit)")
  }
}
