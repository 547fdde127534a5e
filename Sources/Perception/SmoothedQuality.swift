/// How well the face could be seen lately, so that one dark frame raises no complaint, and a
/// complaint does not come and go at its limit.
struct SmoothedQuality: Equatable, Sendable {
  private static let timeConstant = 0.5
  /// With it a steady change counts as most of a second after half of one.
  private static let timeConstantOfShares = 0.72
  /// What raised a complaint has to get better by this factor before it ends.
  private static let relief = 1.15
  private static let reliefOfShares = 0.7

  private var brightness: Double?
  private var size: Double?
  /// Shares of the last second, 0...1.
  private var turned: Double?
  private var accompanied: Double?
  private var last = 0.0
  private var complaints: Set<UnsureReason> = []

  /// `isAmbiguous` where it is not clear which of several faces is the listener's.
  mutating func observe(
    _ face: Face, isAmbiguous: Bool, at now: Double, settings: MoodSettings
  ) {
    // After a pause one frame must not decide alone.
    let elapsed = min(now - last, MoodSettings.longestCredit)
    last = now
    let share = 1 - Exponential.remainder(after: elapsed, timeConstant: Self.timeConstant)
    brightness = smooth(brightness, towards: face.brightness, share: share)
    let shorter = Double(min(face.box.width, face.box.height))
    size = smooth(size, towards: shorter, share: share)
    let part = 1 - Exponential.remainder(after: elapsed, timeConstant: Self.timeConstantOfShares)
    turned = smooth(turned, towards: face.view == .profile ? 1 : 0, share: part)
    accompanied = smooth(accompanied, towards: isAmbiguous ? 1 : 0, share: part)
    judge(settings)
  }

  /// The complaint that helps the listener most.
  var reason: UnsureReason? { UnsureReason.allCases.first { complaints.contains($0) } }

  private mutating func judge(_ settings: MoodSettings) {
    mark(.tooDark, where: brightness.map { ($0, settings.darkBelow * relief(.tooDark)) }, <)
    mark(.faceTooSmall, where: size.map { ($0, settings.smallBelow * relief(.faceTooSmall)) }, <)
    let most = settings.mostOfSecond
    mark(.turnedAway, where: turned.map { ($0, most * reliefOfShare(.turnedAway)) }, >)
    mark(.twoFaces, where: accompanied.map { ($0, most * reliefOfShare(.twoFaces)) }, >)
  }

  private mutating func mark(
    _ reason: UnsureReason, where values: (Double, Double)?, _ isWorse: (Double, Double) -> Bool
  ) {
    guard let values else { return }
    if isWorse(values.0, values.1) {
      complaints.insert(reason)
    } else {
      complaints.remove(reason)
    }
  }

  private func relief(_ reason: UnsureReason) -> Double {
    complaints.contains(reason) ? Self.relief : 1
  }

  private func reliefOfShare(_ reason: UnsureReason) -> Double {
    complaints.contains(reason) ? Self.reliefOfShares : 1
  }

  private func smooth(_ old: Double?, towards new: Double, share: Double) -> Double? {
    guard new.isFinite else { return old }
    guard let old else { return new }
    return old + share * (new - old)
  }
}
