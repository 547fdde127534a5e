import Perception
import WatcherProcess

/// The eye for one job of the command line: reads a face once, learns one, or reads many pictures
/// (`EyeSession+Pictures`).
struct EyeSession {
  var classifier = ClassifierKind.network
  let installation = Installation()

  func watcher(log: @escaping @Sendable (String) -> Void = { _ in }) -> Watcher {
    guard let folder = installation.weights else {
      let words = "no folder of weights belongs to \(installation.programs): install EMUS again"
      return .refusing(EyeTrouble(kind: .installation, message: words), log: log)
    }
    let weights = folder + "/" + classifier.weights
    var arguments = ["--classifier", classifier.rawValue, "--weights", weights]
    // The weights of HOG carry their own checksum and temperature.
    if classifier == .network {
      do {
        arguments += ["--checksum", try NetworkCard(folder: folder).sha256]
      } catch {
        return .refusing(EyeTrouble(kind: .installation, message: "\(error)"), log: log)
      }
    }
    return Watcher.live(executable: installation.eye, arguments: arguments, log: log)
  }

  /// The glimpses of a source until a face was seen often enough; throws what the eye could not do.
  func once(_ source: ImageSource, gallery: [GalleryEntry]) async throws -> [Glimpse] {
    let watcher = watcher()
    watcher.send(.gallery(gallery))
    watcher.send(.once(source))
    var glimpses: [Glimpse] = []
    var trouble: EyeTrouble?
    loop: for await reply in watcher.replies() {
      switch reply {
      case .glimpse(let glimpse): glimpses.append(glimpse)
      case .trouble(let problem):
        trouble = problem
        break loop
      case .ended: break loop
      case .begun, .opened, .enrolled, .preview, .looked, .refused, .trained, .training: continue
      }
    }
    await watcher.stop()
    if let trouble { throw Failure(trouble) }
    return glimpses
  }

  /// Learns the face in a source, from about a dozen frames.
  func enrol(_ source: ImageSource) async throws -> (template: FaceTemplate, frames: Int) {
    guard source != .none else { throw Failure(.usage, "a face needs a source of images") }
    let watcher = watcher()
    watcher.send(.enrol(source, count: 12))
    var result: (FaceTemplate, Int)?
    var trouble: EyeTrouble?
    loop: for await reply in watcher.replies() {
      switch reply {
      case .enrolled(let template, let frames):
        result = (template, frames)
        break loop
      case .trouble(let problem):
        trouble = problem
        break loop
      case .ended: break loop
      case .begun, .opened, .glimpse, .preview, .looked, .refused, .trained, .training: continue
      }
    }
    await watcher.stop()
    if let trouble { throw Failure(trouble) }
    guard let result else { throw Failure(.noFace, "no face was found to register") }
    return result
  }
}
