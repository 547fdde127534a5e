/// How often, and how thoroughly, the whole frame is looked at while nobody is there.
///
/// `FaceDetector` asks it before each search of a film in which no face is followed. Whoever looks
/// away is back in a moment, so that every frame is looked at for two seconds; after that the room
/// is empty, and four times a second, later twice, is soon enough. It counts by the film's own
/// clock and sees no picture.
struct SearchPace {
  enum Search: Equatable {
    /// Large frontal faces.
    case quick
    /// All of them, in several times the time.
    case thorough
  }

  /// Seconds without anybody, and how many then lie between two searches at least.
  private static let rests = [(after: 15.0, interval: 0.5), (after: 2.0, interval: 0.25)]
  /// The first search is thorough, and then each of so many.
  private static let thoroughEvery = 10
  /// A part of a second by which a frame may come early, lest every other interval be a frame
  /// longer.
  private static let slack = 0.01

  private var first: Double?
  private var last = 0.0
  private var sinceThorough = 0

  /// What to do with the frame of this second; nil to leave it alone.
  mutating func next(at time: Double) -> Search? {
    guard let first, time >= last else {
      (first, last, sinceThorough) = (time, time, 0)
      return .thorough
    }
    let interval = Self.rests.first { time - first >= $0.after }?.interval ?? 0
    guard time - last >= interval - Self.slack else { return nil }
    last = time
    sinceThorough += 1
    guard sinceThorough >= Self.thoroughEvery else { return .quick }
    sinceThorough = 0
    return .thorough
  }

  /// Somebody was found: the next search is the first again.
  mutating func restart() { first = nil }
}
