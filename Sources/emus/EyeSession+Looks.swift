import Perception
import Session
import Taste

extension EyeSession {
  /// Seconds of the source after which a face that cannot be seen well is given up.
  private static let patience = 20.0

  /// Three seconds of clear looks at one expression; fewer where the source ends or the face
  /// cannot be seen well. Looks at somebody else who is registered are left out, as in the player.
  /// Throws what the eye could not do, and where no look was clear, why.
  func looks(
    at source: ImageSource, showing emotion: Emotion, _ owner: CalibrationOwner,
    _ settings: MoodSettings, _ known: KnownFaces
  ) async throws -> [CalibrationSample] {
    let line = ProgressLine()
    defer { line.end() }
    var flow = CalibrationFlow(owner: owner, from: source)
    flow.record(emotion)
    var tracker = SightTracker(settings: settings)
    let wishes = SightWishes(listener: owner.expected, gathers: true)
    let watcher = watcher()
    watcher.send(.gallery(owner.isDemo ? [] : known.gallery))
    watcher.send(.open(source, rate: 15))
    var obstacle = UnsureReason.noFace.advice
    var trouble: EyeTrouble?
    loop: for await reply in watcher.replies() {
      switch reply {
      case .glimpse(let glimpse):
        if let sight = tracker.observe(glimpse, wishes: wishes) {
          flow.take(sight, adviceAbout: known.advice(about:))
          obstacle = flow.obstacle ?? obstacle
        }
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
      throw Failure(.noFace, "\(emotion.rawValue), \(source.argument): \(obstacle)")
    }
    return flow.samples
  }

  private static func invitation(_ emotion: Emotion) -> String {
    emotion == .neutral ? "look at the screen as you do when reading" : "look \(emotion.rawValue)"
  }

  /// The face in each picture as the recogniser keeps it; nil where it takes none of it.
  func templates(of pictures: [String]) async throws -> [FaceTemplate?] {
    let line = ProgressLine()
    defer { line.end() }
    let watcher = watcher()
    var replies = watcher.replies().makeAsyncIterator()
    var templates: [FaceTemplate?] = []
    do {
      for path in pictures {
        let share = Double(templates.count) / Double(pictures.count)
        line.show(share, "comparing \(pictures.count) pictures")
        guard PictureFiles.refusal(of: path) == nil else {
          templates.append(nil)
          continue
        }
        watcher.send(.enrol(.path(path), count: 1))
        templates.append(try await Self.template(from: &replies))
      }
    } catch {
      await watcher.stop()
      throw error
    }
    await watcher.stop()
    return templates
  }

  private static func template(
    from replies: inout AsyncStream<EyeReply>.Iterator,
    isolation: isolated (any Actor)? = #isolation
  ) async throws -> FaceTemplate? {
    while let reply = await replies.next(isolation: isolation) {
      switch reply {
      case .enrolled(let template, _): return template
      case .trouble(let trouble) where trouble.kind == .installation: throw Failure(trouble)
      case .trouble: return nil
      default: continue
      }
    }
    throw Failure(.failed, "the eye has gone")
  }
}

extension KnownFaces {
  /// What to do about somebody else than the listener who sits there.
  fileprivate func advice(about person: Int64) -> String {
    guard let name = name(of: person) else { return "somebody else's face" }
    return "\(name)'s face: \(Arguments.user(name)) calibrates it"
  }
}
