/// The hash XXH64 (Collet 2012): quick, and spread evenly. Not for anything that somebody might
/// want to forge.
struct XXHash64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private let seed: UInt64
  private var lanes: (UInt64, UInt64, UInt64, UInt64)
  private var total = 0
  /// Fewer than 32 bytes that wait for company.
  private var rest: [UInt8] = []

  init(seed: UInt64) {
    self.seed = seed
    lanes = (
      seed &+ Self.prime1 &+ Self.prime2, seed &+ Self.prime2, seed, seed &- Self.prime1
    )
  }

  mutating func update(_ bytes: [UInt8]) {
    total += bytes.count
    let all = rest.isEmpty ? bytes : rest + bytes
    var place = 0
    while all.count - place >= 32 {
      lanes.0 = Self.round(lanes.0, Self.word(all, place))
      lanes.1 = Self.round(lanes.1, Self.word(all, place + 8))
      lanes.2 = Self.round(lanes.2, Self.word(all, place + 16))
      lanes.3 = Self.round(lanes.3, Self.word(all, place + 24))
      place += 32
    }
    rest = Array(all[place...])
  }

  func finish() -> UInt64 {
    var hash = seed &+ Self.prime5
    if total >= 32 {
      hash =
        Self.turn(lanes.0, 1) &+ Self.turn(lanes.1, 7) &+ Self.turn(lanes.2, 12)
        &+ Self.turn(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    }
    hash &+= UInt64(total)
    var place = 0
    while rest.count - place >= 8 {
      hash ^= Self.round(0, Self.word(rest, place))
      hash = Self.turn(hash, 27) &* Self.prime1 &+ Self.prime4
      place += 8
    }
    if rest.count - place >= 4 {
      hash ^= (Self.word(rest[place..<place + 4]) &* Self.prime1)
      hash = Self.turn(hash, 23) &* Self.prime2 &+ Self.prime3
      place += 4
    }
    for byte in rest[place...] {
      hash ^= UInt64(byte) &* Self.prime5
      hash = Self.turn(hash, 11) &* Self.prime1
    }
    return Self.avalanche(hash)
  }

  private static func avalanche(_ value: UInt64) -> UInt64 {
    var hash = value
    hash ^= hash >> 33
    hash &*= prime2
    hash ^= hash >> 29
    hash &*= prime3
    return hash ^ hash >> 32
  }

  @inline(__always)
  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    turn(lane &+ word &* prime2, 31) &* prime1
  }

  @inline(__always)
  private static func turn(_ value: UInt64, _ by: UInt64) -> UInt64 {
    value << by | value >> (64 - by)
  }

  /// Eight bytes, the lowest first.
  @inline(__always)
  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt64 {
    let low =
      UInt64(bytes[at]) | UInt64(bytes[at + 1]) << 8 | UInt64(bytes[at + 2]) << 16
      | UInt64(bytes[at + 3]) << 24
    let high =
      UInt64(bytes[at + 4]) | UInt64(bytes[at + 5]) << 8 | UInt64(bytes[at + 6]) << 16
      | UInt64(bytes[at + 7]) << 24
    return low | high << 32
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
