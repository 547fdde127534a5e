import Foundation
import Glibc

/// The lines that another process writes into a pipe, without their ends, until it closes it.
/// Asking for the next one blocks the thread.
struct PipeLines: Sequence, IteratorProtocol {
  // Kept, as it closes its descriptor when it goes.
  private let pipe: Pipe
  private var rest: [UInt8] = []

  init(_ pipe: Pipe) { self.pipe = pipe }

  mutating func next() -> [UInt8]? {
    var searched = 0
    while true {
      if let end = rest[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeFirst(end + 1) }
        return Array(rest[..<end])
      }
      searched = rest.count
      let more = Self.read(pipe.fileHandleForReading.fileDescriptor)
      guard !more.isEmpty else {
        defer { rest = [] }
        return rest.isEmpty ? nil : rest
      }
      rest += more
    }
  }

  /// What is there, 64 KiB at most; empty at the end. The C function is `read`: `FileHandle` traps
  /// on its errors.
  private static func read(_ descriptor: Int32) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 65536) { buffer, used in
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0 { failure = errno }
        used = Swift.max(0, count)
      }
      if failure != EINTR { return bytes }
    }
  }
}
