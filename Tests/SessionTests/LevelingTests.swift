import Music
import Testing

@testable import Session

@Suite("Leveling")
struct LevelingTests {
  @Test("the player is told at the start, and when it is set otherwise")
  func told() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press(":")
    try await session.type("set replaygain album")
    try await session.press("Enter")
    let told = session.effects.compactMap { effect -> Leveling? in
      if case .player(.leveling(let leveling)) = effect { leveling } else { nil }
    }
    #expect(told == [.track, .album])
  }
}
