import TestSupport
import Testing

@testable import Music

/// What becomes of a list when the queue is kept under its name.
@Suite struct PlaylistRevisionTests {
  /// A song of the library by its number; 0 and below are songs that it lacks.
  private static func entry(_ number: Int) -> Playlist.Entry {
    Playlist.Entry(place: .file(Array("/\(number)".utf8)), title: "old \(number)")
  }

  private static func track(_ number: Int) -> Track {
    Track(
      id: TrackID(Int64(number)), location: Location(path: "/\(number)"),
      tags: Tags(title: "new \(number)"))
  }

  private static func revise(
    _ former: [Int], queue: [Int], removed: [Int]? = []
  ) -> PlaylistRevision {
    var counts: [TrackID: Int]? = removed.map { _ in [:] }
    for number in removed ?? [] { counts?[TrackID(Int64(number)), default: 0] += 1 }
    return PlaylistRevision(
      of: Playlist(entries: former.map(entry)),
      tracks: former.map { $0 > 0 ? TrackID(Int64($0)) : nil }, queue: queue.map(track),
      removed: counts)
  }

  private static func numbers(_ revision: PlaylistRevision) -> [Int] {
    revision.entries.map { Int($0.place?.displayText.dropFirst() ?? "") ?? .max }
  }

  @Test(
    "what the queue could not hold stays behind the neighbour that it stood behind",
    arguments: [
      ([1, -1, 2, -2], [1, 2], [1, -1, 2, -2]), ([1, -1, 2, -2], [2, 1], [2, -2, 1, -1]),
      ([-1, 1, 2], [1, 2], [-1, 1, 2]), ([-1, 1, 2], [9, 1, 2], [9, -1, 1, 2]),
      ([-1, -2], [9], [-1, -2, 9]), ([1, 2, 3, 4], [3, 4, 9], [1, 2, 3, 4, 9]),
      ([1, 2, 3], [2, 1], [2, 3, 1]), ([1, 1, -1], [1], [1, 1, -1]), ([], [1, 2], [1, 2]),
    ])
  func stays(former: [Int], queue: [Int], result: [Int]) {
    let revision = Self.revise(former, queue: queue)
    #expect(Self.numbers(revision) == result)
    #expect(revision.dropped == 0)
    #expect(revision.absent == former.count { $0 <= 0 })
  }

  @Test("what the listener took out goes, once for each time, and nothing else does")
  func removed() {
    let revision = Self.revise([1, 2, -1, 2, 3], queue: [1], removed: [2, 7])
    #expect(Self.numbers(revision) == [1, -1, 2, 3])
    #expect((revision.dropped, revision.waiting, revision.absent) == (1, 2, 1))
    // Put back by hand, it was not taken out.
    #expect(Self.numbers(Self.revise([1, 2], queue: [1, 2], removed: [2])) == [1, 2])
  }

  @Test("a list that never was in the queue is replaced, but for what the library lacks")
  func replaced() {
    let revision = Self.revise([1, -1, 2], queue: [2, 5], removed: nil)
    #expect(Self.numbers(revision) == [-1, 2, 5])
    #expect((revision.dropped, revision.waiting, revision.absent) == (1, 0, 1))
  }

  @Test("an entry that stays is the old one, with all that was written about it")
  func old() {
    let revision = Self.revise([1, -1], queue: [1, 2])
    #expect(revision.entries.map(\.title) == ["old 1", "old -1", "new 2"])
  }

  @Test(
    "no entry is lost or doubled, whatever was queued, played and taken out", arguments: 1...300)
  func nothingLost(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let former = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      Int.random(in: -4...6, using: &random)
    }
    var queue = former.filter { $0 > 0 && Bool.random(using: &random) } + [7, 8]
    queue.shuffle(using: &random)
    let queued = queue.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let missing = former.filter { $0 > 0 && queued[$0] == nil }
    let removed = missing.filter { _ in Bool.random(using: &random) }
    let result = Self.numbers(Self.revise(former, queue: queue, removed: removed))
    var expected = former + queue
    for number in queue {
      // A song of the queue that stands in the list is that one.
      if former.contains(number), let place = expected.firstIndex(of: number) {
        expected.remove(at: place)
      }
    }
    for number in removed { expected.firstIndex(of: number).map { _ = expected.remove(at: $0) } }
    #expect(result.sorted() == expected.sorted(), "\(former) \(queue) \(removed)")
    #expect(result.filter { queued[$0] != nil }.first == queue.first || queue.isEmpty)
  }
}
