import Taste
import Testing

@testable import Perception
@testable import Session

@Suite("Sight tracker")
struct SightTrackerTests {
  private func glimpse(_ time: Double, match: Int64? = nil, faces: Int = 1) -> Glimpse {
    Glimpse(
      time: time, frameWidth: 640, frameHeight: 480,
      face: Face(
        box: Box(x: 0, y: 0, width: 100, height: 100), brightness: 0.5, contrast: 0.2),
      faceCount: faces, logits: [2, 0, 0, 0, 0, 0, 1], embedding: [1],
      candidates: match.map { [IdentityCandidate(person: $0, score: 0.9, threshold: 0.5)] } ?? [])
  }

  private func last(_ wishes: SightWishes, match: Int64? = nil, faces: Int = 1) -> [Sight] {
    var settings = MoodSettings()
    settings.network = "n"
    var tracker = SightTracker(settings: settings)
    return (0..<60).compactMap {
      tracker.observe(glimpse(Double($0) / 15, match: match, faces: faces), wishes: wishes)
    }
  }

  @Test("Looks are gathered only where they are wanted, none is lost or doubled")
  func gathers() {
    #expect(last(SightWishes()).allSatisfy { $0.looks.isEmpty })
    let times = last(SightWishes(gathers: true)).flatMap(\.looks).map(\.time)
    #expect(times.count > 50)
    #expect(times == Array(Set(times)).sorted())
  }

  @Test("The correction holds for its listener and for nobody else")
  func owner() throws {
    let shift = try #require(
      EmotionCalibration(
        network: "n", width: 1, bias: [-2, 0, 0, 0, 0, 0, 2], weights: []))
    let wishes = SightWishes(listener: .default, calibration: shift, gathers: true)
    #expect(last(wishes).last?.reading?.label == .neutral)
    #expect(last(wishes, match: 1).last?.reading?.label == .neutral)
    let somebodyElse = last(wishes, match: 2)
    #expect(somebodyElse.last?.reading?.label == .angry)
    #expect(somebodyElse.last?.looks.isEmpty == true)
  }

  @Test("A look that is like somebody else teaches nothing, before anybody is recognised")
  func likeSomebodyElse() {
    var settings = MoodSettings()
    settings.network = "n"
    var tracker = SightTracker(settings: settings)
    let wishes = SightWishes(listener: .default, gathers: true)
    var sights: [Sight?] = []
    for (time, person) in [(0.0, Int64(1)), (0.3, 2), (0.6, 1)] {
      sights.append(tracker.observe(glimpse(time, match: person), wishes: wishes))
    }
    #expect(sights.map { $0?.looks.count } == [1, 0, 1])
    #expect(sights.map { $0?.stranger } == [nil, 2, nil])
    if case .matched? = sights[1]?.verdict { Issue.record("two looks are no verdict") }
  }

  @Test("The numbers beside the face wait half a second, who it is does not")
  func numbers() {
    var tracker = SightTracker(settings: MoodSettings())
    var rates: [(time: Double, rate: Double)] = []
    for frame in 0..<150 {
      var seen = glimpse(Double(frame) / 15, match: frame < 75 ? 1 : 2)
      seen.framesPerSecond = Double(frame)
      guard let sight = tracker.observe(seen) else { continue }
      if rates.last?.rate != sight.framesPerSecond {
        rates.append((seen.time, sight.framesPerSecond))
      }
      if frame == 74 || frame == 149, case .matched(let person, _) = sight.verdict {
        #expect(person == (frame == 74 ? 1 : 2))
      }
    }
    #expect((12...20).contains(rates.count), "\(rates.count)")
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $1.time - $0.time >= 0.5 })
  }

  @Test("A clear face is called unsure at no moment after the first look")
  func firstLook() {
    var tracker = SightTracker(settings: MoodSettings())
    let sights = (0..<60).compactMap { frame in
      var seen = glimpse(Double(frame) / 15)
      seen.logits = [0, 0, 0, 5, 0, 0, 0]
      return tracker.observe(seen)
    }.filter { !$0.isFirstLook }
    #expect(sights.count > 10)
    #expect(sights.allSatisfy { $0.headline.sureness != "unsure" && !$0.headline.words.isEmpty })
  }

  @Test("A source that is opened anew has a first look of a second too, and no longer one")
  func openedAnew() {
    var tracker = SightTracker(settings: MoodSettings())
    for start in [100.0, 0] {
      let sights = (0..<40).compactMap { tracker.observe(glimpse(start + Double($0) / 15)) }
      #expect(sights.first?.isFirstLook == true)
      #expect(sights.last?.isFirstLook == false)
    }
  }

  @Test("Two faces are ambiguous until one is recognised")
  func twoFaces() {
    #expect(last(SightWishes(), faces: 2).last?.unsure == .twoFaces)
    #expect(last(SightWishes(), match: 1, faces: 2).last?.unsure == nil)
    #expect(last(SightWishes(gathers: true), faces: 2).last?.obstacle == .twoFaces)
  }
}
