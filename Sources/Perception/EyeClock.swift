/// Seconds since the first glimpse, through sources that are opened anew and start at 0 again.
struct EyeClock: Equatable, Sendable {
  private(set) var now = 0.0
  private var last: Double?

  mutating func advance(to time: Double) {
    guard time.isFinite else { return }
    if let last, time > last { now += time - last }
    last = time
  }
}
