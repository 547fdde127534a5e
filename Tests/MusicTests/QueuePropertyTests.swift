import Music
import TestSupport
import Testing

/// Random operations against a model that only remembers what the listener put in.
@Suite struct QueuePropertyTests {
  @Test("no sequence of operations loses an entry of the listener's", arguments: 1...60)
  func invariants(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = Queue(historyLimit: 5)
    var owned: Set<TrackID> = []
    var seen: Set<PlayID> = []
    var nextTrack: Int64 = 0
    for _ in 0..<300 {
      step(&queue, &owned, &nextTrack, &random)
      check(queue, owned: owned, seen: &seen)
    }
  }

  /// One operation; `owned` is what the listener put in and neither played, removed nor cleared.
  private func step(
    _ queue: inout Queue, _ owned: inout Set<TrackID>, _ nextTrack: inout Int64,
    _ random: inout SeededGenerator
  ) {
    nextTrack += 1
    let mine = Queue.Pick(track: TrackID(nextTrack))
    let theirs = Queue.Pick(track: TrackID(nextTrack), origin: .recommended(score: 5))
    let somewhere = queue.upcoming.randomElement(using: &random)?.id ?? PlayID(rawValue: 0)
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1:
      queue.append(mine)
      owned.insert(mine.track)
    case 2:
      queue.insertNext(mine)
      owned.insert(mine.track)
    case 3, 4: queue.append(theirs)
    case 5:
      let picks = (0..<Int64.random(in: 0..<5, using: &random)).map {
        Queue.Pick(track: TrackID(-1000 * nextTrack - $0), origin: .recommended(score: 5))
      }
      queue.replaceRecommended(with: picks)
    case 6:
      if let gone = queue.remove(somewhere) { owned.remove(gone.track) }
    case 7: queue.move(somewhere, to: Int.random(in: -2..<20, using: &random))
    case 8:
      if let now = queue.advance() { owned.remove(now.track) }
    case 9:
      if let now = queue.jump(to: somewhere) { owned.remove(now.track) }
    case 10:
      let current = queue.current
      guard queue.back() != nil else { break }
      if let current, !current.isRecommended { owned.insert(current.track) }
    default:
      guard Int.random(in: 0..<8, using: &random) == 0 else { break }
      queue.clear()
      owned = []
    }
  }

  private func check(_ queue: Queue, owned: Set<TrackID>, seen: inout Set<PlayID>) {
    let mine = queue.upcoming.filter { !$0.isRecommended }.map(\.track)
    #expect(Set(mine) == owned)
    let entries = queue.upcoming + (queue.current.map { [$0] } ?? [])
    #expect(Set(entries.map(\.id)).count == entries.count)
    #expect(queue.history.count <= 5)
    #expect(queue.next == queue.upcoming.first)
    #expect(queue.needsRefill(minimum: queue.upcoming.count + 1))
    #expect(!queue.needsRefill(minimum: queue.upcoming.count))
    seen.formUnion(entries.map(\.id))
    #expect(queue.history.allSatisfy { seen.contains($0.id) })
  }

  @Test("a refill keeps the order of the listener's entries", arguments: 1...40)
  func replacing(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var queue = Queue()
    for track in 0..<Int64.random(in: 0..<30, using: &random) {
      let origin: Queue.Origin = Bool.random(using: &random) ? .listener : .recommended(score: 3)
      queue.append(Queue.Pick(track: TrackID(track), origin: origin))
    }
    let before = queue.upcoming.filter { !$0.isRecommended }
    let count = Int64.random(in: 0..<30, using: &random)
    queue.replaceRecommended(
      with: (0..<count).map {
        Queue.Pick(track: TrackID(100 + $0), origin: .recommended(score: 4))
      })
    #expect(queue.upcoming.filter { !$0.isRecommended } == before)
    #expect(
      queue.upcoming.filter(\.isRecommended).map(\.track.rawValue) == (0..<count).map { 100 + $0 })
  }
}
