import Glibc

/// What the demo's face shows when: five emotions of six seconds each, the last one and a half of
/// which are the change to the next, so that the show opens with a settled face.
enum DemoScript {
  private static let emotions: [Emotion] = [.neutral, .happy, .sad, .surprise, .angry]
  private static let phase = 6.0
  private static let settled = 4.5

  /// Nil while it changes, and for a time that is no number.
  static func expression(at time: Double) -> Emotion? {
    guard time.isFinite else { return nil }
    let (index, seconds) = position(at: time)
    return seconds < settled ? emotions[index] : nil
  }

  static func actions(at time: Double) -> FaceActions {
    let (index, seconds) = position(at: time)
    let next = FaceActions(of: emotions[(index + 1) % emotions.count])
    let share = smoothStep(Float(settled), Float(phase), Float(seconds))
    return FaceActions(of: emotions[index]).mixed(with: next, share: share)
  }

  private static func position(at time: Double) -> (index: Int, seconds: Double) {
    let moment = DemoPose.within(time, period: phase * Double(emotions.count))
    let index = min(emotions.count - 1, Int(moment / phase))
    return (index, moment - Double(index) * phase)
  }
}

/// How the head is held at a moment, and what its muscles do.
struct DemoPose {
  var actions: FaceActions
  /// Units of the face; the tilt in radians.
  var shiftX: Float
  var shiftY: Float
  var tilt: Float
  /// How far the features are turned sideways over the head, in units.
  var turn: Float
  /// 0 open ... 1 closed.
  var blink: Float

  private static let blinkPeriod = 3.7
  private static let blinkLength = 0.3
  /// Not among the first frames, which `--once` reads.
  private static let firstBlink = 2.5

  init(at time: Double) {
    actions = DemoScript.actions(at: time)
    shiftX = Self.wave(time, period: 7.3, size: 0.05)
    shiftY = Self.wave(time, period: 5.1, size: 0.025)
    tilt = Self.wave(time, period: 9.7, size: 0.03)
    turn = Self.wave(time, period: 11.9, size: 0.025)
    let moment = Self.within(time - Self.firstBlink, period: Self.blinkPeriod) / Self.blinkLength
    blink = moment < 1 ? Float(sin(moment * .pi)) : 0
  }

  /// The time within a period, 0..<period, for any number at all.
  static func within(_ time: Double, period: Double) -> Double {
    guard time.isFinite else { return 0 }
    let rest = fmod(time, period)
    return rest < 0 ? rest + period : rest
  }

  private static func wave(_ time: Double, period: Double, size: Float) -> Float {
    size * Float(sin(within(time, period: period) / period * 2 * .pi))
  }
}
