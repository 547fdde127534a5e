import Perception

extension EyeSession {
  /// Several, so that the eye never waits for us; few, so that memory stays small.
  private static let lessonsUnderWay = 16

  /// Has the eye learn from lessons and write the weights to a file; returns how it fares.
  ///
  /// `next` is asked for a lesson when there is room for one; nil ends them. `answer` hears what was
  /// seen in each, or why it cannot be read, and `progress` how much of the learning is done, 0...1.
  /// An eye that ends has forgotten the lessons, which ends it all.
  func train(
    _ file: String, seed: UInt64, isolation: isolated (any Actor)? = #isolation,
    next: () throws -> Lesson?, answer: (Result<Look, EyeTrouble>) -> Void,
    progress: (Double) -> Void
  ) async throws -> TrainingFigures {
    let watcher = watcher()
    do {
      var replies = watcher.replies().makeAsyncIterator()
      let sent = try await teach(with: watcher, &replies, next: next, answer: answer)
      watcher.send(.train(path: file, seed: seed, lessons: sent))
      let figures = try await figures(from: &replies, progress: progress)
      await watcher.stop()
      return figures
    } catch {
      await watcher.stop()
      throw error
    }
  }

  /// Sends all lessons, and answers how many once each was heard.
  private func teach(
    with watcher: Watcher, _ replies: inout AsyncStream<EyeReply>.Iterator,
    isolation: isolated (any Actor)? = #isolation, next: () throws -> Lesson?,
    answer: (Result<Look, EyeTrouble>) -> Void
  ) async throws -> Int {
    var sent = 0
    var answered = 0
    while true {
      while sent - answered < Self.lessonsUnderWay, let lesson = try next() {
        if case .file(let path, _) = lesson.picture, let refusal = PictureFiles.refusal(of: path) {
          answer(.failure(refusal))
          continue
        }
        sent += 1
        watcher.send(.learn(number: sent, lesson))
      }
      guard answered < sent else { return sent }
      switch await replies.next(isolation: isolation) {
      case .looked(_, let look):
        answered += 1
        answer(.success(look))
      case .refused(_, let trouble):
        answered += 1
        answer(.failure(trouble))
      case .trouble(let trouble): throw Failure(trouble)
      case nil: throw Failure(.failed, "the eye has gone")
      case .begun, .opened, .glimpse, .preview, .enrolled, .ended, .trained, .training: continue
      }
    }
  }

  private func figures(
    from replies: inout AsyncStream<EyeReply>.Iterator,
    isolation: isolated (any Actor)? = #isolation, progress: (Double) -> Void
  ) async throws -> TrainingFigures {
    progress(0)
    while let reply = await replies.next(isolation: isolation) {
      switch reply {
      case .training(let share): progress(share)
      case .trained(let figures): return figures
      case .trouble(let trouble): throw Failure(trouble)
      case .begun, .opened, .glimpse, .preview, .enrolled, .ended, .looked, .refused: continue
      }
    }
    throw Failure(.failed, "the eye has gone")
  }
}
