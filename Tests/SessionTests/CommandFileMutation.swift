/// Random numbers that are the same in every run (SplitMix64).
struct MutationGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The text with some bytes changed, taken out, put in or repeated, read as UTF-8 again.
  mutating func mutated(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let favourites: [UInt8] = [
      0, 9, 10, 13, 0x1B, 0x20, 0x22, 0x23, 0x27, 0x2D, 0x5C, 0x7F, 0xC2, 0xE2, 0xEF, 0xF0, 0xFF,
    ]
    for _ in 0..<Int.random(in: 1...8, using: &self) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &self)
      let byte =
        Bool.random(using: &self)
        ? favourites.randomElement(using: &self) ?? 0 : UInt8.random(in: 0...255, using: &self)
      switch Int.random(in: 0..<5, using: &self) {
      case 0: bytes[at] = byte
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(byte, at: at)
      case 3:
        let end = min(bytes.count, at + Int.random(in: 0...20, using: &self))
        bytes.insert(contentsOf: bytes[at..<end], at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + 5))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
