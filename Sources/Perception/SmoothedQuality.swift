/// How well the face could be seen lately, so that one dark frame raises no complaint.
struct SmoothedQuality: Equatable, Sendable {
  private static let timeConstant = 0.5

  private var brightness: Double?
  private var size: Double?
  private var last = 0.0

  mutating func observe(_ face: Face, at now: Double) {
    let share = 1 - Exponential.remainder(after: now - last, timeConstant: Self.timeConstant)
    last = now
    brightness = smooth(brightness, towards: face.brightness, share: share)
    let shorter = Double(min(face.box.width, face.box.height))
    size = smooth(size, towards: shorter, share: share)
  }

  func reason(_ settings: MoodSettings) -> UnsureReason? {
    if let brightness, brightness < settings.darkBelow { return .tooDark }
    if let size, size < settings.smallBelow { return .faceTooSmall }
    return nil
  }

  private func smooth(_ old: Double?, towards new: Double, share: Double) -> Double? {
    guard new.isFinite else { return old }
    guard let old else { return new }
    return old + share * (new - old)
  }
}
