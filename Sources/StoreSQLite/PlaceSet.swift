/// A set of places in the list, a bit for each: what a part of a query found. The sets of one order
/// have one size; sets of two orders are never mixed.
struct PlaceSet: Equatable, Sendable {
  private var words: [UInt64]

  /// - Parameters:
  ///   - size: How many places there are.
  ///   - isFull: True for all of them, false for none.
  init(size: Int, isFull: Bool = false) {
    words = Array(repeating: isFull ? .max : 0, count: (size + 63) / 64)
    if isFull, size % 64 > 0 { words[words.count - 1] = 1 << UInt64(size % 64) - 1 }
  }

  /// The places at which a column holds what is wanted.
  init<Number>(_ column: [Number], where isWanted: (Number) -> Bool) {
    words = stride(from: 0, to: column.count, by: 64).map { first in
      var word: UInt64 = 0
      for place in first..<min(first + 64, column.count) where isWanted(column[place]) {
        word |= 1 << UInt64(place - first)
      }
      return word
    }
  }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ place: Int) -> Bool { words[place >> 6] & (1 << UInt64(place & 63)) != 0 }

  mutating func insert(_ place: Int) { words[place >> 6] |= 1 << UInt64(place & 63) }
  mutating func remove(_ place: Int) { words[place >> 6] &= ~(1 << UInt64(place & 63)) }

  /// All sets of one order have the same size.
  mutating func formUnion(_ other: PlaceSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  mutating func formIntersection(_ other: PlaceSet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  mutating func subtract(_ other: PlaceSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  func subtracting(_ other: PlaceSet) -> PlaceSet {
    var rest = self
    rest.subtract(other)
    return rest
  }

  func intersection(_ other: PlaceSet) -> PlaceSet {
    var both = self
    both.formIntersection(other)
    return both
  }

  /// The members whose rank lies in a window, in order; a rank counts from 0.
  func members(_ window: Range<Int>) -> [Int] {
    var found: [Int] = []
    var rank = 0
    for (index, word) in words.enumerated() {
      let count = word.nonzeroBitCount
      if rank + count > window.lowerBound {
        var rest = word
        var own = rank
        while rest != 0 {
          if own >= window.upperBound { return found }
          if own >= window.lowerBound { found.append(index << 6 + rest.trailingZeroBitCount) }
          rest &= rest - 1
          own += 1
        }
      }
      rank += count
    }
    return found
  }
}
