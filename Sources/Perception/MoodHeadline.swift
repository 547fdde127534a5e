/// What a screen says of the mood and how sure it is, in words and numbers.
///
/// It is for reading only; songs are chosen by the mood itself.
package struct MoodHeadline: Equatable, Sendable {
  /// The mood's, at most two descriptions; empty without a mood.
  package var words: String
  /// "sure", "fairly sure" or "unsure"; "unsure" wherever there is a reason.
  package var sureness: String
  /// Why the reading should not be relied on.
  package var unsure: UnsureReason?
  /// The emotion that is established; nil before the first.
  package var label: Emotion?
  package var numbers: Numbers

  /// What is written as a number beside its bar.
  package struct Numbers: Equatable, Sendable {
    package var probabilities: EmotionProbabilities?
    package var valence: Double
    package var arousal: Double

    fileprivate var likeliest: Emotion? { probabilities?.label }
  }

  /// As things are at a moment, with nothing held.
  package init(reading: EmotionReading?, mood: Mood, unsure: UnsureReason?) {
    let isKnown = mood.certainty > 0
    words = isKnown ? Self.words(for: mood, reading) : ""
    sureness = unsure == nil ? MoodWords.sureness(certainty: mood.certainty) : "unsure"
    self.unsure = unsure
    label = reading.flatMap { $0.unsure == nil ? $0.label : nil }
    numbers = Numbers(
      probabilities: reading?.probabilities, valence: mood.valence, arousal: mood.arousal)
  }

  /// Of a face that is read as neutral, and is just now, the mean of what else it might be would
  /// name emotions that it does not show.
  private static func words(for mood: Mood, _ reading: EmotionReading?) -> String {
    let isAtRest = reading?.label == .neutral && reading?.probabilities.label == .neutral
    return isAtRest
      ? MoodWords.even : MoodWords.phrase(valence: mood.valence, arousal: mood.arousal)
  }
}

/// Keeps a headline from flickering while the label holds.
///
/// Words, sureness and the reason for a doubt change when others have lasted for as long as a new
/// label has to; at once where the label changes, and where a mood or the face comes or goes, for
/// all of which time has been taken already. Numbers change about twice a second, and at once where
/// another emotion becomes the likeliest, so that the longest bar has the largest number.
package struct SteadyHeadline: Equatable, Sendable {
  /// Seconds, as in `MoodSettings.hold`.
  private static let hold = MoodSettings().hold

  private struct Doubt: Equatable, Sendable {
    var sureness: String
    var unsure: UnsureReason?
  }

  private var clock = EyeClock()
  private var words: HeldValue<String>?
  private var doubt: HeldValue<Doubt>?
  private var pace = NumberPace()
  private var label: Emotion?
  private var numbers: MoodHeadline.Numbers?

  package init() {}

  /// What is to be shown of `seen`, at a time in seconds; one that runs backwards is a source
  /// opened anew.
  package mutating func observe(_ seen: MoodHeadline, at time: Double) -> MoodHeadline {
    clock.advance(to: time)
    let now = clock.now
    let isNew = seen.label.map { $0 != label } ?? false
    label = seen.label ?? label
    let isTurn = isNew || words.map { $0.current.isEmpty != seen.words.isEmpty } ?? true
    let doubt = Doubt(sureness: seen.sureness, unsure: seen.unsure)
    let isGone = seen.unsure == .noFace || self.doubt?.current.unsure == .noFace
    if isTurn || isGone { self.doubt = HeldValue(doubt, at: now) }
    if isTurn { words = HeldValue(seen.words, at: now) }
    words?.observe(seen.words, at: now, hold: Self.hold)
    self.doubt?.observe(doubt, at: now, hold: Self.hold)
    let isOvertaken = seen.numbers.likeliest != numbers?.likeliest
    if pace.isDue(at: now) || isTurn || isOvertaken { numbers = seen.numbers }
    var shown = seen
    shown.words = words?.current ?? seen.words
    shown.sureness = self.doubt?.current.sureness ?? seen.sureness
    shown.unsure = self.doubt?.current.unsure
    shown.label = label
    shown.numbers = numbers ?? seen.numbers
    return shown
  }
}
