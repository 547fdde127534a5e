import Music
import Testing

@Suite struct QueueTests {
  private func pick(_ track: Int64) -> Queue.Pick { Queue.Pick(track: TrackID(track)) }

  private func recommended(_ track: Int64) -> Queue.Pick {
    Queue.Pick(track: TrackID(track), origin: .recommended(score: 7), reasons: ["close"])
  }

  private func tracks(_ queue: Queue) -> [Int64] { queue.upcoming.map(\.track.rawValue) }

  @Test("a new queue plays nothing, has nothing next, and wants to be filled")
  func empty() {
    var queue = Queue()
    #expect(queue.isEmpty && queue.next == nil && queue.needsRefill(minimum: 1))
    let results = [queue.advance(), queue.back(), queue.remove(PlayID(rawValue: 9))]
    #expect(results == [nil, nil, nil])
    #expect(queue == Queue())
  }

  @Test("entries play in order; the look-ahead is the one after the current")
  func order() {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2), pick(3)])
    let first = queue.advance()
    #expect(first?.track == TrackID(1))
    #expect(queue.next?.track == TrackID(2))
    queue.insertNext(pick(9))
    #expect(queue.next?.track == TrackID(9))
    #expect(tracks(queue) == [9, 2, 3])
  }

  @Test("going back plays the previous one anew, and the current one comes next again")
  func back() {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2), pick(3)])
    queue.advance()
    let first = queue.current?.id
    queue.advance()
    let again = queue.back()
    #expect(again?.track == TrackID(1))
    #expect(again == queue.current && again?.id != first)
    #expect(tracks(queue) == [2, 3])
  }

  @Test("what could not be played is not gone back to")
  func failed() {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2), pick(3)])
    queue.advance()
    queue.advance()
    queue.advance(remembering: false)
    let previous = queue.back()
    #expect(previous?.track == TrackID(1))
  }

  @Test("jumping plays that entry; those before it are not lost")
  func jump() throws {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2), pick(3)])
    queue.advance()
    let third = try #require(queue.upcoming.last)
    let jumped = queue.jump(to: third.id)
    #expect(jumped == third)
    #expect(tracks(queue) == [2])
    #expect(queue.history.map(\.track) == [TrackID(1)])
    let again = queue.jump(to: third.id)
    #expect(again == nil)
    #expect(queue.current == third)
  }

  @Test("a change of mood replaces the recommended ones in their places, not the listener's")
  func replace() {
    var queue = Queue()
    queue.append(contentsOf: [recommended(1), pick(2), recommended(3), pick(4), recommended(5)])
    queue.replaceRecommended(with: [recommended(11), recommended(12)])
    #expect(tracks(queue) == [11, 2, 12, 4])
    queue.replaceRecommended(with: [recommended(21), recommended(22), recommended(23)])
    #expect(tracks(queue) == [21, 2, 22, 4, 23])
    queue.replaceRecommended(with: [])
    #expect(tracks(queue) == [2, 4])
  }

  @Test(
    "moving clamps to the ends", arguments: [(-5, [3, 1, 2]), (1, [1, 3, 2]), (99, [1, 2, 3])])
  func move(to place: Int, expected: [Int64]) throws {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2), pick(3)])
    let last = try #require(queue.upcoming.last)
    let moved = queue.move(last.id, to: place)
    #expect(moved)
    #expect(tracks(queue) == expected)
    let nothing = queue.move(PlayID(rawValue: 99), to: 0)
    #expect(!nothing)
  }

  @Test("the history is bounded and forgets the oldest", arguments: [0, 1, 3])
  func bounded(limit: Int) {
    var queue = Queue(historyLimit: limit)
    queue.append(contentsOf: (1...6).map(pick))
    for _ in 1...6 { queue.advance() }
    #expect(queue.history.map(\.track.rawValue) == Array([1, 2, 3, 4, 5].suffix(limit)))
  }

  @Test("clearing leaves what plays")
  func clear() {
    var queue = Queue()
    queue.append(contentsOf: [pick(1), pick(2)])
    queue.advance()
    queue.clear()
    #expect(queue.current?.track == TrackID(1) && queue.upcoming.isEmpty)
    queue.advance()
    #expect(queue.isEmpty && queue.history.count == 1)
  }
}
