import Music
import Perception
import Screen
import Session
import Taste

/// The pure middle of the loop: `update` for an event, and `view` with the diff of 200x60 that
/// follows. Plays a listener who walks through the library and the queue while the song moves on.
struct ScreenBenchmark {
  let workspace: Workspace

  func rows() -> [Row] {
    var session = PaperSession(tracks: workspace.scale.tracks)
    session.begin()
    var updates = Sample()
    var frames = Sample()
    var cells = 0
    var shown = view(session.state)
    for number in 0..<workspace.scale.calls {
      let event = Self.event(number)
      updates.add(Self.milliseconds { session.handle(event) })
      var next = shown
      frames.add(
        Self.milliseconds {
          next = view(session.state)
          cells += CanvasDiff.changes(from: shown, to: next).reduce(0) { $0 + $1.columns }
        })
      shown = next
      session.answer()
    }
    precondition(cells > 0, "nothing was drawn")
    return [Row("update, one event", updates), Row("view + diff, 200x60", frames)]
  }

  private static func milliseconds(_ body: () -> Void) -> Double {
    let start = ContinuousClock.now
    body()
    return (ContinuousClock.now - start) / .milliseconds(1)
  }

  private static func event(_ number: Int) -> Event {
    switch number % 10 {
    case 0: .player(.position(PlayID(rawValue: 1), Double(number) / 10))
    case 1: .sight(sight(number))
    case 2: .key(.pageDown)
    case 9: .key(.tab)
    default: .key(.character(number % 3 == 0 ? "k" : "j"))
    }
  }

  /// A face whose mood wanders.
  private static func sight(_ number: Int) -> Sight {
    let weights = Emotion.allCases.indices.map { $0 == number / 10 % 7 ? 0.82 : 0.03 }
    guard let probabilities = EmotionProbabilities(weights: weights) else {
      preconditionFailure("seven weights above 0 are probabilities")
    }
    let reading = EmotionReading(probabilities: probabilities, label: probabilities.label)
    let share = Double(number % 100) / 100
    let mood = Mood(valence: share * 2 - 1, arousal: share - 0.5, certainty: 0.8, source: .face)
    return Sight(reading: reading, mood: mood, hasFace: true, framesPerSecond: 15)
  }
}
