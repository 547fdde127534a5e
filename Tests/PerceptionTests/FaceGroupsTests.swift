import Perception
import TestSupport
import Testing

@Suite("Groups of alike faces")
struct FaceGroupsTests {
  @Test("Chains of likeness make one group; the largest comes first")
  func chains() {
    var groups = FaceGroups(count: 6)
    groups.join(0, 3)
    groups.join(4, 5)
    groups.join(5, 1)
    #expect(groups.among(Set(0..<6)) == [[1, 4, 5], [0, 3], [2]])
    #expect(groups.among([0, 1, 3]) == [[0, 3], [1]])
    #expect(groups.among([]) == [])
    groups.join(-1, 2)
    groups.join(2, 6)
    #expect(groups.among([2, 9, -4]) == [[2]])
    #expect(FaceGroups(count: -1).among([0]) == [])
  }

  @Test("Every picture is in one group, and joined ones share it", arguments: 0..<50)
  func partition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...20, using: &generator)
    var groups = FaceGroups(count: count)
    var pairs: [(Int, Int)] = []
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      let pair = (
        Int.random(in: 0..<count, using: &generator), Int.random(in: 0..<count, using: &generator)
      )
      pairs.append(pair)
      groups.join(pair.0, pair.1)
    }
    let all = groups.among(Set(0..<count))
    #expect(all.joined().sorted() == Array(0..<count))
    #expect(all.count >= count - pairs.count)
    for (first, second) in pairs {
      #expect(all.contains { $0.contains(first) && $0.contains(second) })
    }
  }
}
