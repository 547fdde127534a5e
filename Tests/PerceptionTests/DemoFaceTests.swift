import Perception
import Testing

@Suite("Demo face")
struct DemoFaceTests {
  @Test("The same moment gives the same picture, in the right size")
  func deterministic() {
    let picture = DemoFace.render(at: 7.3, width: 80, height: 60)
    #expect(picture.count == 80 * 60)
    #expect(picture == DemoFace.render(at: 7.3, width: 80, height: 60))
    #expect(picture == DemoFace.render(at: 7.3, width: 80, height: 60))
  }

  @Test(
    "No size and no time traps",
    arguments: [(0, 0), (0, 9), (9, 0), (-4, 7), (1, 1), (2, 1), (1, 3), (3, 40), (40, 3)])
  func anySize(width: Int, height: Int) {
    for time in [0, -1, 1e300, -1e300, .nan, .infinity, 29.999, 30] {
      let picture = DemoFace.render(at: time, width: width, height: height)
      #expect(picture.count == max(0, width) * max(0, height))
    }
  }

  @Test("It goes through five emotions and says which is meant")
  func phases() {
    let meant = moments(30, rate: 2).map { DemoFace.expression(at: $0) }
    let order = meant.compactMap(\.self).reduce(into: [Emotion]()) { order, emotion in
      if order.last != emotion { order.append(emotion) }
    }
    #expect(order == [.neutral, .happy, .sad, .surprise, .angry])
    #expect(DemoFace.expression(at: 0) == .neutral, "the show opens with a settled face")
    #expect(DemoFace.expression(at: 5.9) == nil, "the face changes last")
    #expect(DemoFace.expression(at: 34) == .neutral)
    #expect(DemoFace.expression(at: .nan) == nil)
  }

  @Test("Every two emotions look different")
  func different() {
    let pictures = [4.5, 10.5, 16.5, 22.5, 28.5].map {
      DemoFace.render(at: $0, width: 80, height: 60)
    }
    for (index, one) in pictures.enumerated() {
      for other in pictures[(index + 1)...] { #expect(difference(one, other) > 1) }
    }
  }

  @Test("It moves smoothly: neighbouring frames are nearly the same, and never quite")
  func smooth() {
    for time in [0.7, 4.0, 5.2, 11.2, 17.2, 23.2, 29.2] {
      let one = DemoFace.render(at: time, width: 80, height: 60)
      let next = DemoFace.render(
        at: time + 1 / DemoFace.framesPerSecond, width: 80, height: 60)
      #expect(one != next)
      #expect(difference(one, next) < 4)
    }
  }

  @Test("It is a picture with light and shadow, brighter in the face than around it")
  func shaded() {
    let picture = DemoFace.render(at: 4, width: 80, height: 60)
    #expect(Set(picture).count > 60)
    let cheek = picture[30 * 80 + 35]
    #expect(cheek > picture[5 * 80 + 76] && cheek > 120)
  }

  /// Mean absolute difference in gray levels.
  private func difference(_ one: [UInt8], _ other: [UInt8]) -> Double {
    zip(one, other).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(one.count)
  }
}
