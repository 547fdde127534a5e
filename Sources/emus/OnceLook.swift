import Perception
import Session
import Taste

/// What the glimpses of one `--once` come to: face, person, emotion, mood.
struct OnceLook {
  var glimpses: [Glimpse] = []
  var reading: EmotionReading?
  var mood = Mood.none
  var person: (user: String?, score: Double, threshold: Double)?
  /// False where no images were asked for: then nothing is missing.
  var seeks = false
  var asksIdentity = false

  static let nothing = OnceLook()

  private init() {}

  init(
    glimpses: [Glimpse], settings: MoodSettings, listeners: [Listener], seeks: Bool,
    asksIdentity: Bool
  ) {
    self.glimpses = glimpses
    self.seeks = seeks
    self.asksIdentity = asksIdentity
    reading = EmotionReading(once: glimpses, settings: settings)
    if let reading { mood = Mood(reading: reading, source: settings.source) }
    if asksIdentity { person = Self.person(in: glimpses, listeners: listeners) }
  }

  var isFaceMissing: Bool { seeks && face == nil }

  func isStrangerRefused(by identity: Setting.Identity) -> Bool {
    identity == .required && seeks && asksIdentity && person?.user == nil
  }

  private var face: Glimpse? { glimpses.first { $0.face != nil } }

  /// The person whom most of the frames agree on, and their best score.
  private static func person(
    in glimpses: [Glimpse], listeners: [Listener]
  ) -> (user: String?, score: Double, threshold: Double)? {
    let best = glimpses.compactMap(\.candidates.first)
    guard let top = best.max(by: { $0.score < $1.score }) else { return nil }
    let matches = best.filter(\.isMatch)
    let votes = Dictionary(grouping: matches, by: \.person)
    let winner = votes.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let winner, winner.value.count * 2 > best.count else {
      return (nil, top.score, top.threshold)
    }
    let name = listeners.first { $0.id.rawValue == winner.key }?.name
    let score = winner.value.map(\.score).max() ?? top.score
    return (name, score, winner.value.first?.threshold ?? top.threshold)
  }

  /// The mood in the player's words, how sure it is, and the likeliest emotion; nil without a face
  /// that could be read.
  var sentence: String? {
    guard let reading else { return nil }
    let headline = MoodHeadline(reading: reading, mood: mood, unsure: reading.unsure)
    let doubt = reading.unsure.map { ": \($0.rawValue)" } ?? ""
    let percent = Int((reading.confidence * 100).rounded())
    return "You seem \(headline.words) (\(headline.sureness)\(doubt)): "
      + "\(reading.label.rawValue), \(percent) %."
  }

  /// Writes what was seen into the result.
  func fill(_ result: inout OnceResult) {
    if let face, let box = face.face?.box {
      result.face = .init(
        found: true, box: box.numbers(withinWidth: face.frameWidth, height: face.frameHeight))
    }
    if let person {
      result.identity = .init(user: person.user, score: person.score, threshold: person.threshold)
    } else if asksIdentity, face != nil {
      result.identity = .nobody
    }
    result.emotion = reading.map(OnceResult.Emotion.init)
    result.mood = .init(
      valence: mood.valence, arousal: mood.arousal, certainty: mood.certainty,
      source: mood.source.rawValue)
    result.timingMs = timing
  }

  /// The mean of the frames with a face; where there is none, of those that were searched for one.
  private var timing: OnceResult.Timing {
    let read = glimpses.filter { $0.face != nil }
    func mean(_ glimpses: [Glimpse], _ step: (EyeTiming) -> Double) -> Double? {
      guard !glimpses.isEmpty else { return nil }
      return glimpses.map { step($0.timing) }.reduce(0, +) / Double(glimpses.count)
    }
    let searched = read.isEmpty ? glimpses : read
    return OnceResult.Timing(
      capture: mean(searched, \.capture), detect: mean(searched, \.detect),
      identify: mean(read, \.identify), classify: mean(read, \.classify))
  }
}
