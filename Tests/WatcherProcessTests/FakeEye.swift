import Foundation
import Perception
import TestSupport

/// A stand-in for `emus-eye`: a shell script in a folder of its own, with messages to say in files.
///
/// Scripts run in that folder. They write their pid into `pid`, one line a start into `starts`.
final class FakeEye {
  private let folder: TemporaryFolder
  let executable: String

  init(_ script: String, says replies: [String: [EyeReply]] = [:]) throws {
    folder = try TemporaryFolder()
    for (name, messages) in replies {
      try folder.write(messages.flatMap { EyeFraming.encode($0) }, to: name)
    }
    let whole = """
      #!/bin/sh
      cd '\(folder.path)' || exit 99
      echo $$ > pid
      echo $$ >> starts
      \(script)
      """
    executable = try folder.write(Array(whole.utf8), to: "eye")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: executable)
  }

  /// The bytes of a file that the script wrote; empty while there is none.
  func bytes(of name: String) -> [UInt8] {
    [UInt8](FileManager.default.contents(atPath: "\(folder.path)/\(name)") ?? Data())
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
