import Taste

/// What the player remembers from one run to the next, as far as the command line needs it; the
/// player's defaults where nothing was remembered or it makes no sense.
struct Remembered {
  let policy: Policy
  /// 0...100
  let volume: Int

  init(_ store: Store) async throws {
    let memory = try await store.memory.all()
    policy = memory["policy"].flatMap(Policy.init(rawValue:)) ?? .match
    let volume = memory["volume"].flatMap { Int($0) }
    self.volume = volume.flatMap { (0...100).contains($0) ? $0 : nil } ?? 70
  }
}
