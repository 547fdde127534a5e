/// A row of the table with what it is ordered by. Greater is better; of two equal ones the earlier
/// row is, so that the order never depends on chance.
struct ScoredRow: Comparable {
  var score: Float
  var row: Int32

  /// Less than every row there is.
  static let none = ScoredRow(score: -.infinity, row: -1)

  static func < (left: ScoredRow, right: ScoredRow) -> Bool {
    left.score < right.score || (left.score == right.score && left.row > right.row)
  }
}

/// The best rows of those offered, at most `limit`, without sorting them all.
///
/// A binary heap whose root is the worst row kept: most offers end at one comparison.
struct BestRows {
  private let limit: Int
  private var heap: [ScoredRow] = []

  init(limit: Int) {
    self.limit = limit
    heap.reserveCapacity(limit)
  }

  mutating func offer(_ scored: ScoredRow) {
    if heap.count < limit {
      heap.append(scored)
      siftUp()
    } else if let worst = heap.first, worst < scored {
      heap[0] = scored
      siftDown()
    }
  }

  /// The best first.
  func sorted() -> [ScoredRow] { heap.sorted(by: >) }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < heap[parent] else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

extension Recommender {
  /// Two lists, best first, as one without a row twice.
  func merge(_ left: [ScoredRow], _ right: [ScoredRow]) -> [ScoredRow] {
    let all = (left + right).sorted(by: >)
    var result: [ScoredRow] = []
    result.reserveCapacity(all.count)
    // The same row has the same score in both lists, so that the two stand side by side.
    for scored in all where result.last?.row != scored.row { result.append(scored) }
    return result
  }

  /// Reorders a pool, best first, so that an artist does not come again at once.
  ///
  /// Greedy: each place goes to the best row after a deduction for each of the last five places
  /// that had the same artist. Never three in a row by one artist while the pool has another.
  /// Unknown artists count as different ones.
  func spread(_ pool: [ScoredRow], artists: [Int32], count: Int) -> [ScoredRow] {
    var result: [ScoredRow] = []
    var isTaken = [Bool](repeating: false, count: pool.count)
    var head = 0
    while result.count < min(count, pool.count) {
      while isTaken[head] { head += 1 }
      let recent = result.suffix(5).map { artists[Int($0.row)] }
      let place =
        bestPlace(pool, from: head, isTaken: isTaken, artists: artists, recent: recent) ?? head
      isTaken[place] = true
      result.append(pool[place])
    }
    return result
  }

  /// The place in the pool of the row to come next; nil where only a third in a row is left.
  private func bestPlace(
    _ pool: [ScoredRow], from head: Int, isTaken: [Bool], artists: [Int32], recent: [Int32]
  ) -> Int? {
    let barred = recent.count >= 2 && recent.suffix(2).allSatisfy { $0 == recent.last }
    var best: (place: Int, score: Float)?
    for place in head..<pool.count where !isTaken[place] {
      // The pool falls from here on, and deductions only take away.
      if let best, pool[place].score <= best.score { break }
      let artist = artists[Int(pool[place].row)]
      if barred, artist >= 0, artist == recent.last { continue }
      let repeats = artist < 0 ? 0 : recent.count { $0 == artist }
      let score = pool[place].score - 0.25 * Float(repeats)
      if score > best?.score ?? -.infinity { best = (place, score) }
    }
    return best?.place
  }
}
