import Music
import Perception

/// A row or an image that could not be used, and why: what is said of it, and a part of JSON.
struct Omission: Encodable, CustomStringConvertible {
  /// Null where the reason names it.
  @OrNull var path: String? = nil
  /// Base64 of the path where it is not UTF-8; absent otherwise.
  var pathBytes: String?
  /// Of a table; null for a file.
  @OrNull var line: Int? = nil
  var reason: String

  /// A trouble with one picture names it first; of a face that no file holds it stands alone.
  init(_ message: String, at picture: LabelledFace.Picture? = nil) {
    reason = message
    guard case .file(let file)? = picture else { return }
    let path = PathOutput(file)
    (self.path, pathBytes) = (path.text, path.bytes)
    if message.hasPrefix(path.text + ": ") {
      reason = String(message.dropFirst(path.text.count + 2))
    }
  }

  /// Of a row of a table, whose path is a text of `FileName`.
  init(path: String, line: Int, reason: String) {
    let path = PathOutput(path)
    self.reason = reason
    (self.path, pathBytes, self.line) = (path.text, path.bytes, line)
  }

  var description: String {
    let place = [path, line.map { "line \($0)" }].compactMap(\.self)
    return (place + [reason]).joined(separator: ": ")
  }
}

/// What was passed over in a data set: each bad row or image by name, the rest as a number.
struct Omissions {
  private let complain: (String) -> Void
  private(set) var bad: [Omission] = []
  /// Without an emotion, or with one that is none of the seven.
  var unlabelled = 0

  init(complain: @escaping (String) -> Void) { self.complain = complain }

  /// Names something bad.
  mutating func add(_ omission: Omission) {
    bad.append(omission)
    complain("\(omission)")
  }

  func remark(_ text: String) { complain(text) }

  /// Says how much more was passed over; called once, at the end.
  func summarise() {
    if unlabelled > 0 {
      complain(
        "\(counted(unlabelled, "row")) \(unlabelled == 1 ? "has" : "have") none of the seven emotions: "
          + "skipped")
    }
  }
}
