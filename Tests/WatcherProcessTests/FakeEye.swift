import Foundation
import Perception

/// A stand-in for `emus-eye`: a shell script in a folder of its own, with messages to say in files.
///
/// Scripts run in that folder. They write their pid into `pid`, one line a start into `starts`.
final class FakeEye {
  let folder: URL
  var executable: String { folder.appending(path: "eye").path(percentEncoded: false) }

  init(_ script: String, says replies: [String: [EyeReply]] = [:]) throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "emus-fake-eye-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, messages) in replies {
      try Data(messages.flatMap { EyeFraming.encode($0) }).write(to: folder.appending(path: name))
    }
    let whole = """
      #!/bin/sh
      cd '\(folder.path(percentEncoded: false))' || exit 99
      echo $$ > pid
      echo $$ >> starts
      \(script)
      """
    try Data(whole.utf8).write(to: folder.appending(path: "eye"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: executable)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The bytes of a file that the script wrote; empty while there is none.
  func bytes(of name: String) -> [UInt8] {
    [UInt8]((try? Data(contentsOf: folder.appending(path: name))) ?? Data())
  }

  /// The pids of all starts, first first.
  var starts: [Int32] {
    String(decoding: bytes(of: "starts"), as: UTF8.self).split(separator: "\n").compactMap {
      Int32($0)
    }
  }

  /// The requests that the script put into a file.
  func requests(in name: String) throws -> [EyeRequest] {
    var decoder = EyeFrameDecoder<EyeRequest>()
    decoder.append(bytes(of: name))
    var requests: [EyeRequest] = []
    while let request = try decoder.next() { requests.append(request) }
    return requests
  }

  /// No process of any start exists, not even as a zombie.
  var isGone: Bool {
    starts.allSatisfy { pid in
      !FileManager.default.fileExists(atPath: "/proc/\(pid)")
    }
  }
}

/// Waits until `condition` holds; false when it does not within half a minute.
func eventually(_ condition: () throws -> Bool) async rethrows -> Bool {
  let deadline = ContinuousClock.now + .seconds(30)
  while ContinuousClock.now < deadline {
    if try condition() { return true }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return false
}
