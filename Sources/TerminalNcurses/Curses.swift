import CNcurses
import Glibc
import Screen

/// The C calls of this adapter as Swift functions: ncurses, and the few of the system's that its
/// thread needs. All pointers of the adapter are in this file; none outlives its call.
///
/// What touches the screen may be called by the terminal's thread alone.
enum Curses {
  /// How long ncurses waits for the rest of a sequence that began with Escape, in milliseconds.
  static let escapeDelay: Int32 = 25

  static var terminalType: String { environment("TERM") ?? "" }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  static func text(ofError code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  static func open() throws(TerminalError) {
    switch emus_curses_open(escapeDelay) {
    case EMUS_OPENED: return
    case EMUS_NO_CURSOR_ADDRESS: throw .noCursorAddress(name: terminalType)
    default: throw .unknownType(name: terminalType)
    }
  }

  static var size: Size {
    var columns: Int32 = 0
    var rows: Int32 = 0
    emus_size(&columns, &rows)
    return Size(columns: max(1, Int(columns)), rows: max(1, Int(rows)))
  }

  static func resize(to size: Size) {
    emus_resize(Int32(clamping: size.columns), Int32(clamping: size.rows))
  }

  static func readKey() -> KeyDecoder.Input? {
    var value: UInt32 = 0
    switch emus_read_key(&value) {
    case EMUS_CHARACTER: return .scalar(value)
    case EMUS_KEY_CODE: return .code(Int32(bitPattern: value))
    default: return nil
    }
  }

  /// Puts a glyph's scalars, base first.
  static func put(
    _ scalars: [UInt32], column: Int, row: Int, attributes: Style.Attributes, pair: Int32
  ) {
    scalars.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      emus_put(
        Int32(clamping: row), Int32(clamping: column), start, Int32(clamping: buffer.count),
        Int32(attributes.rawValue), pair)
    }
  }

  // MARK: - Waking the thread

  /// A pipe that neither blocks nor is inherited: what is read, what is written.
  static func makePipe() throws(TerminalError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard emus_pipe(&ends) == 0 else { throw .failed("pipe2") }
    return (ends[0], ends[1])
  }

  /// Writes one byte; a full pipe has woken the reader already.
  static func wake(_ descriptor: Int32) {
    var byte: UInt8 = 0
    _ = Glibc.write(descriptor, &byte, 1)
  }

  struct Wakeup {
    var hasInput = false
    /// The terminal is gone.
    var isGone = false
    /// Bytes of the pipe: signal numbers, 0 for `wake`.
    var bytes: [UInt8] = []
  }

  /// Waits until keys or bytes have come, or a signal; `timeout` in milliseconds, nil for ever.
  static func wait(input: Int32?, pipe: Int32, timeout: Int32?) -> Wakeup {
    var sources = [
      pollfd(fd: pipe, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    var wakeup = Wakeup()
    guard poll(&sources, nfds_t(sources.count), timeout ?? -1) > 0 else { return wakeup }
    let events = Int32(sources[1].revents)
    wakeup.hasInput = events & POLLIN != 0
    wakeup.isGone = events & (POLLHUP | POLLERR | POLLNVAL) != 0
    if sources[0].revents != 0 {
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = Glibc.read(pipe, &buffer, buffer.count)
      wakeup.bytes = Array(buffer.prefix(max(0, count)))
    }
    return wakeup
  }

  // MARK: - A thread

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs the body on a new thread, which is never one of the cooperative pool's.
  static func startThread(_ body: @escaping @Sendable () -> Void) throws(TerminalError) {
    let context = Unmanaged.passRetained(Body(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      context.release()
      throw .failed("pthread_create", code: code)
    }
    pthread_detach(thread)
  }
}
