import Perception
import Screen
import Taste

/// The mood: from the camera, by hand, and what follows from it for the songs to come.
extension State {
  /// How far the mood must move before the recommended songs follow it.
  static let moodStep = 0.3

  mutating func setMood(_ command: Command.MoodCommand) -> [Effect] {
    switch command {
    case .choose:
      mode = .mood(valence: mood.valence, arousal: mood.arousal)
      return []
    case .set(let valence, let arousal): return holdMood(valence: valence, arousal: arousal)
    case .auto:
      manualMood = nil
      mode = .normal
      return say(readsMood ? "the camera reads your mood again" : "no mood set") + follow()
    case .word(let word):
      guard let named = NamedMood(matching: word) else {
        let names = NamedMood.all.map(\.name)
        let hint = CommandFile.suggestion(for: word, among: names)
        return say(
          "no mood '\(word)': " + (hint.map { "did you mean \($0)?" } ?? "m shows the moods"),
          .warning)
      }
      return holdMood(valence: named.valence, arousal: named.arousal)
    }
  }

  /// A mood set by hand outranks the camera until it is released.
  private mutating func holdMood(valence: Double, arousal: Double) -> [Effect] {
    manualMood = Mood(valence: valence, arousal: arousal, certainty: 1, source: .manual)
    mode = .normal
    let back = readsMood ? "M gives it back to the camera" : "M takes it back"
    return say("mood set by hand: \(back)", .good) + follow()
  }

  /// A camera looks, or will in a moment.
  private var readsMood: Bool {
    switch camera.status {
    case .looking, .starting: camera.isOn
    case .off, .ended, .trouble: false
    }
  }

  mutating func moveMood(_ key: Key, valence: Double, arousal: Double) -> [Effect] {
    func moved(_ v: Double, _ a: Double) -> Mode {
      .mood(
        valence: min(1, max(-1, ((valence + v) * 10).rounded() / 10)),
        arousal: min(1, max(-1, ((arousal + a) * 10).rounded() / 10)))
    }
    switch key {
    case .left, .character("h"): mode = moved(-0.1, 0)
    case .right, .character("l"): mode = moved(0.1, 0)
    case .up, .character("k"): mode = moved(0, 0.1)
    case .down, .character("j"): mode = moved(0, -0.1)
    case .enter: return holdMood(valence: valence, arousal: arousal)
    case .escape, .character("q"), .character("m"), .control("c"): mode = .normal
    case .character("a"): return setMood(.auto)
    case .character(let digit):
      guard let number = digit.wholeNumberValue, number > 0,
        NamedMood.all.indices.contains(number - 1)
      else { return [] }
      let named = NamedMood.all[number - 1]
      return holdMood(valence: named.valence, arousal: named.arousal)
    default: break
    }
    return []
  }

  mutating func setPolicy(_ wanted: Policy?) -> [Effect] {
    let all = Policy.allCases
    let place = all.firstIndex(of: policy) ?? 0
    policy = wanted ?? all[(place + 1) % all.count]
    return say("policy: \(policy.words)") + [.remember(["policy": policy.rawValue])] + follow()
  }

  /// The listener said something about the mood: the songs follow at once.
  private mutating func follow() -> [Effect] {
    choice.awaitsMood = false
    return choose(.replace)
  }

  /// The camera's mood moved: the recommended songs follow, but not more often than every few
  /// seconds, lest the queue flicker.
  mutating func followMood() -> [Effect] {
    guard mood.certainty > 0.2 else { return [] }
    choice.awaitsMood = false
    guard !choice.isHeld, let chosen = choice.mood else { return [] }
    let v = mood.valence - chosen.valence
    let a = mood.arousal - chosen.arousal
    guard chosen.certainty == 0 || (v * v + a * a).squareRoot() >= Self.moodStep else { return [] }
    choice.isHeld = true
    return choose(.replace) + [.wake(.moodSettled, after: 8)]
  }
}

extension Policy {
  /// What the policy does, for people.
  package var words: String {
    switch self {
    case .match: "match how you feel"
    case .lift: "lift your mood"
    case .calm: "calm you down"
    case .energise: "give you energy"
    }
  }
}
