import Perception
import Taste
import Testing

@testable import Session

/// Somebody in front of the camera, whose looks a calibration may learn from.
extension Simulation {
  /// A session whose camera is on and sees a face at rest.
  static func watched(_ configure: (inout State) -> Void = { _ in }) async throws -> Simulation {
    var session = Simulation { state in
      state.settings.source = .camera(0)
      state.network = "net"
      configure(&state)
    }
    try await session.start()
    try await session.see(sight(.neutral))
    return session
  }

  /// Looks of a face that the network takes for `taken`.
  static func looks(
    _ seconds: Double, from start: Double, taken: Emotion, lean: Float = 1.2
  ) -> [Sight] {
    stride(from: start, to: start + seconds, by: 0.2).map { time in
      var sight = sight(taken)
      sight.looks = (0..<3).map { place in
        CalibrationSample(
          time: time + Double(place) / 15, expression: .neutral,
          scores: Emotion.allCases.map { $0 == taken ? lean : $0 == .neutral ? 0.6 : 0 },
          embedding: [taken == .angry ? 1 : -1, Float(time + Double(place) / 15) / 10])
      }
      return sight
    }
  }

  mutating func show(
    _ seconds: Double = 5, from start: Double = 0, taken: Emotion, lean: Float = 1.2
  ) async throws {
    for sight in Self.looks(seconds, from: start, taken: taken, lean: lean) { try await see(sight) }
  }

  /// A correction that somebody learnt earlier, in the store.
  func keptCalibration(
    of network: String = "net", for owner: CalibrationOwner = CalibrationOwner(.default)
  ) async throws -> EmotionCalibration {
    let calibration = try #require(
      EmotionCalibration(network: network, width: 2, bias: [0, 0, 0, 0, 0, 0, 1], weights: []))
    try await world.store.calibrations.save(calibration, owner)
    return calibration
  }

  /// What was last asked of the watcher.
  var wishes: SightWishes? {
    effects.reversed().lazy.compactMap { effect in
      if case .watch(let wishes) = effect { wishes } else { nil }
    }.first
  }
}
