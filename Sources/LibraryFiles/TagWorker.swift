import CTagLib
import Glibc
import Music

/// The worker's side: what `emus tag-worker` is. It takes paths from its standard input and answers
/// with tags on its standard output until that input ends. It opens music files for reading and
/// nothing else: no database, no configuration, no network. It is expected to die of a hostile file
/// one day; `TagWorkerPool` sees to it that only that file is lost.
package enum TagWorker {
  /// Answers wait for company up to this many bytes...
  private static let flushSize = 16_384
  /// ...and up to this long, so that a slow disk is not taken for a hang.
  private static let flushInterval = Duration.milliseconds(50)

  /// Serves until the input ends, then returns. `reader` reads one file; tests put theirs here.
  package static func serve(
    reader: ([UInt8]) -> Result<Tags, TagFault> = TagReader.read
  ) {
    emus_tag_end_with_parent(SIGKILL)
    // Ctrl-C goes to the whole process group; the scan decides what it means.
    for code in [SIGINT, SIGHUP] { signal(code, SIG_IGN) }
    // A crash here is foreseen: no backtrace of Swift's on the listener's terminal.
    for code in [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE, SIGTRAP] { signal(code, SIG_DFL) }
    guard send(TagCodec.greeting) else { return }
    var input: [UInt8] = []
    while case .bytes = System.read(STDIN_FILENO, into: &input) {
      guard let used = answerAll(input, reader) else { return }
      input.removeFirst(used)
    }
  }

  /// Answers every whole request in `input`; how many bytes they took, nil where the other side is
  /// gone or talks nonsense.
  private static func answerAll(
    _ input: [UInt8], _ reader: ([UInt8]) -> Result<Tags, TagFault>
  ) -> Int? {
    var offset = 0
    var output: [UInt8] = []
    var flushed = ContinuousClock.now
    while true {
      switch TagCodec.frame(in: input, at: offset, limit: TagCodec.requestLimit) {
      case .oversized: return nil
      case .incomplete: return send(output) ? offset : nil
      case .body(let body):
        TagCodec.appendAnswer(reader(Array(input[body])), to: &output)
        offset = body.upperBound
        guard output.count >= flushSize || ContinuousClock.now - flushed > flushInterval else {
          continue
        }
        guard send(output) else { return nil }
        output.removeAll(keepingCapacity: true)
        flushed = .now
      }
    }
  }

  private static func send(_ bytes: [UInt8]) -> Bool {
    var offset = 0
    while offset < bytes.count {
      guard case .bytes(let count) = System.write(bytes, from: offset, to: STDOUT_FILENO) else {
        return false
      }
      offset += count
    }
    return true
  }
}
