import Testing

@testable import VisionOpenCV

@Suite("How often an empty room is searched")
struct SearchPaceTests {
  /// What is done with every frame of so many seconds.
  private func searches(
    _ seconds: Double, rate: Double = 15, from start: Double = 0, of pace: inout SearchPace
  ) -> [(time: Double, search: SearchPace.Search)] {
    (0..<Int(seconds * rate)).compactMap { index in
      let time = start + Double(index) / rate
      return pace.next(at: time).map { (time, $0) }
    }
  }

  @Test("Every frame for two seconds, then four a second, then two", arguments: [15.0, 30])
  func slowsDown(rate: Double) {
    var pace = SearchPace()
    let all = searches(60, rate: rate, of: &pace)
    func count(_ seconds: Range<Double>) -> Int { all.count { seconds.contains($0.time) } }
    #expect(count(0..<2) == Int(2 * rate))
    #expect((32...41).contains(count(4..<14)))
    #expect((18...21).contains(count(20..<30)))
    #expect((18...21).contains(count(50..<60)))
  }

  @Test("Never more than six seconds pass without a thorough search, and the first is one")
  func thorough() throws {
    var pace = SearchPace()
    let times = searches(60, of: &pace).filter { $0.search == .thorough }.map(\.time)
    #expect(times.first == 0)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 <= 6 })
    #expect(times.count <= 20)
  }

  @Test("Whoever was found and is gone again is looked for at once, frame by frame")
  func restarts() {
    var pace = SearchPace()
    _ = searches(30, of: &pace)
    pace.restart()
    let all = searches(2, from: 30, of: &pace)
    #expect(all.count == 30)
    #expect(all.first?.search == .thorough)
  }

  @Test("A clock that goes back begins anew")
  func backwards() {
    var pace = SearchPace()
    _ = searches(30, from: 100, of: &pace)
    #expect(pace.next(at: 3) == .thorough)
    #expect(pace.next(at: 3.05) == .quick)
  }
}
