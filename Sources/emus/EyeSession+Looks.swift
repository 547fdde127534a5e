import Perception
import Session
import Taste

extension EyeSession {
  /// Seconds of the source after which a face that cannot be seen well is given up.
  private static let patience = 20.0

  /// Three seconds of clear looks at one expression; fewer where the source ends or the face
  /// cannot be seen well. Throws what the eye could not do, and where no look was clear, why.
  func looks(
    at source: ImageSource, showing emotion: Emotion, _ owner: CalibrationOwner,
    _ settings: MoodSettings
  ) async throws -> [CalibrationSample] {
    let line = ProgressLine()
    defer { line.end() }
    var flow = CalibrationFlow(owner: owner)
    flow.record(emotion)
    let watcher = watcher()
    watcher.send(.open(source, rate: 15))
    var obstacle = UnsureReason.noFace
    var trouble: EyeTrouble?
    loop: for await reply in watcher.replies() {
      switch reply {
      case .glimpse(let glimpse):
        do throws(UnsureReason) {
          flow.take(
            [try CalibrationSample(glimpse, showing: emotion, settings: settings)], obstacle: nil)
        } catch { obstacle = error }
        line.show(flow.fraction, "\(Self.invitation(emotion))")
        if !flow.isRecording || glimpse.time > Self.patience { break loop }
      case .trouble(let problem):
        trouble = problem
        break loop
      case .ended: break loop
      default: continue
      }
    }
    await watcher.stop()
    if let trouble { throw Failure(trouble) }
    guard !flow.samples.isEmpty else {
      throw Failure(.noFace, "\(emotion.rawValue), \(source.argument): \(obstacle.advice)")
    }
    return flow.samples
  }

  private static func invitation(_ emotion: Emotion) -> String {
    emotion == .neutral ? "look at the screen as you do when reading" : "look \(emotion.rawValue)"
  }
}
