/// Decides when a folder in which something changes is looked at again: once it has been quiet for
/// a while, and not never where it is never quiet. A state machine without a clock: times come in
/// as seconds since any beginning, and what is due comes out.
struct WatchPatience {
  /// Seconds without a change before a folder is due.
  static let quiet = 2.0
  /// Seconds after which a folder is due that keeps changing: a copy of a large album goes on.
  static let longest = 30.0

  private struct Change {
    var first: Double
    var last: Double

    var due: Double { min(last + WatchPatience.quiet, first + WatchPatience.longest) }
  }

  private var changes: [[UInt8]: Change] = [:]

  mutating func note(_ folder: [UInt8], at time: Double) {
    changes[folder, default: Change(first: time, last: time)].last = time
  }

  /// Seconds until something is due; nil where nothing has changed.
  func wait(at time: Double) -> Double? {
    changes.values.map { max(0, $0.due - time) }.min()
  }

  /// The folders that are due, which are forgotten with it, in order.
  mutating func takeDue(at time: Double) -> [[UInt8]] {
    let due = changes.filter { $0.value.due <= time }.keys
    for folder in due { changes[folder] = nil }
    return due.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
