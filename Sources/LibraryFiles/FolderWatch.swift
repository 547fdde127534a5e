import CPaths
import CTagLib
import Glibc
import Music
import Synchronization

/// Watches the known folders while the player runs, and says which of them changed once it has been
/// quiet there for a moment. What changed it does not say: that is for a scan to find.
///
/// One thread sleeps in `poll` over inotify's descriptor; where nothing changes nothing wakes. It
/// opens no file. Where the system gives no more watches it says so once and watches what it has.
package final class FolderWatch: Sendable {
  package enum News: Equatable, Sendable {
    /// Something changed in these known folders.
    case changed([[UInt8]])
    /// Not everything can be watched: why, in one line.
    case limited(String)
  }

  /// For one reader; ends with `stop`.
  package let news: AsyncStream<News>
  private let tell: AsyncStream<News>.Continuation
  /// Written to by `stop`, so that the thread wakes; -1 where there is no thread.
  private let waker: Mutex<Int32>

  /// Watches `folders`, absolute paths, with all folders below them. Takes as long as listing them,
  /// on a thread of its own. `limit` is how many folders are watched at most.
  package init(_ folders: [[UInt8]], limit: Int = .max) {
    (news, tell) = AsyncStream.makeStream(of: News.self)
    var ends: [Int32] = [-1, -1]
    guard emus_tag_pipe(&ends) == 0 else {
      waker = Mutex(-1)
      tell.yield(.limited(Self.refusal(System.Failure.last)))
      tell.finish()
      return
    }
    waker = Mutex(ends[1])
    let (tell, input) = (tell, ends[0])
    let isStarted = System.startThread {
      WatchLoop.run(folders, limit: limit, waker: input) { tell.yield($0) }
      close(input)
      tell.finish()
    }
    if !isStarted {
      close(input)
      tell.finish()
    }
  }

  deinit { stop() }

  /// Ends the thread; does not wait for it.
  package func stop() {
    waker.withLock { descriptor in
      if descriptor >= 0 { close(descriptor) }
      descriptor = -1
    }
  }

  static func refusal(_ failure: System.Failure) -> String {
    let advice =
      failure.code == ENOSPC || failure.code == EMFILE
      ? "raise fs.inotify.max_user_watches, or press u after a change" : "press u after a change"
    return "not every folder can be watched: \(failure.text); \(advice)"
  }
}

/// The thread of a `FolderWatch`.
private struct WatchLoop {
  private let descriptor: Int32
  private let waker: Int32
  private let limit: Int
  private let tell: (FolderWatch.News) -> Void
  /// What each watch stands for: the folder, and the known folder that it lies in.
  private var places: [Int32: (path: [UInt8], root: [UInt8])] = [:]
  private var patience = WatchPatience()
  private var isLimited = false

  static func run(
    _ folders: [[UInt8]], limit: Int, waker: Int32, tell: @escaping (FolderWatch.News) -> Void
  ) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return tell(.limited(FolderWatch.refusal(.last))) }
    defer { close(descriptor) }
    var loop = WatchLoop(descriptor: descriptor, waker: waker, limit: limit, tell: tell)
    for folder in folders { loop.watch(folder, of: folder) }
    while loop.wait() {}
  }

  private init(
    descriptor: Int32, waker: Int32, limit: Int, tell: @escaping (FolderWatch.News) -> Void
  ) {
    self.descriptor = descriptor
    self.waker = waker
    self.limit = limit
    self.tell = tell
  }

  private static let mask = UInt32(
    IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR
      | IN_EXCL_UNLINK)

  /// Watches a folder and all below it. Links are not followed: what they lead to is met by scans.
  private mutating func watch(_ top: [UInt8], of root: [UInt8]) {
    var stack = [top]
    while let folder = stack.popLast(), !isLimited {
      guard places.count < limit else { return limited(System.Failure(code: ENOSPC)) }
      let watch = emus_path_watch(descriptor, System.cString(folder), Self.mask)
      guard watch >= 0 else {
        // One that is gone or closed is none of ours; anything else is the system's end.
        if errno == ENOSPC || errno == ENOMEM { return limited(.last) }
        continue
      }
      places[watch] = (folder, root)
      guard case .success(let entries) = System.entries(of: folder, isWanted: { _ in false })
      else { continue }
      stack += entries.filter { $0.isFolder && $0.name.first != dot }
        .map { folder + [UInt8(ascii: "/")] + $0.name }
    }
  }

  private var dot: UInt8 { UInt8(ascii: ".") }

  private mutating func limited(_ failure: System.Failure) {
    guard !isLimited else { return }
    isLimited = true
    tell(.limited(FolderWatch.refusal(failure)))
  }

  /// Sleeps until something happens or is due; false where it was stopped.
  private mutating func wait() -> Bool {
    let timeout = patience.wait(at: now).map { Int32($0 * 1000) + 1 } ?? -1
    var waits = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: waker, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waits, nfds_t(waits.count), timeout) >= 0 || errno == EINTR else { return false }
    guard waits[1].revents == 0 else { return false }
    if waits[0].revents != 0 { read() }
    let due = patience.takeDue(at: now)
    if !due.isEmpty { tell(.changed(due)) }
    return true
  }

  private var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Takes the events that are there. The C layout is `struct inotify_event`.
  private mutating func read() {
    var buffer: [UInt8] = []
    guard case .bytes = System.read(descriptor, into: &buffer) else { return }
    for event in WatchEvent.all(in: buffer) { take(event) }
  }

  private mutating func take(_ event: WatchEvent) {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
      // Some were lost: anything may have changed.
      for root in Set(places.values.map(\.root)) { patience.note(root, at: now) }
      return
    }
    guard let place = places[event.watch] else { return }
    if event.mask & UInt32(IN_IGNORED) != 0 {
      places[event.watch] = nil
      return
    }
    let isFolder = event.mask & UInt32(IN_ISDIR) != 0
    let isOfInterest = isFolder ? event.name.first != dot : FolderWalk.kind(event.name) != nil
    guard isOfInterest else { return }
    patience.note(place.root, at: now)
    let hasCome = event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0
    if isFolder, hasCome { watch(place.path + [UInt8(ascii: "/")] + event.name, of: place.root) }
  }
}

/// One event of inotify, copied out of its bytes.
struct WatchEvent: Equatable {
  var watch: Int32
  var mask: UInt32
  var name: [UInt8]

  /// The events in what `read` gave; one that is cut is left out.
  static func all(in bytes: [UInt8]) -> [WatchEvent] {
    let headerSize = 16
    var events: [WatchEvent] = []
    var place = 0
    while bytes.count - place >= headerSize {
      let length = Int(number(bytes, place + 12))
      guard bytes.count - place - headerSize >= length else { break }
      let name = bytes[(place + headerSize)..<(place + headerSize + length)].prefix { $0 != 0 }
      events.append(
        WatchEvent(
          watch: Int32(bitPattern: number(bytes, place)), mask: number(bytes, place + 4),
          name: Array(name)))
      place += headerSize + length
    }
    return events
  }

  /// Both of our machines put the lowest byte first.
  private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
  }
}
