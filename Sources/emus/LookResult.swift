import Foundation
import Music
import Perception
import Screen

/// What `look` says of one image.
struct LookResult: Encodable {
  struct Face: Encodable {
    /// x, y, width, height in pixels, within the image.
    var box: [Int]
    /// Nil where the network answered with something that is no number.
    @OrNull var emotion: OnceResult.Emotion?
    var identity: OnceResult.Identity
  }

  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  /// The largest first.
  var faces: [Face] = []
  /// Absent where nothing is wrong.
  var error: String?
  private var code = Failure.Code.input
  /// False where nobody is registered: then people are told of nobody.
  private let namesPeople: Bool

  private enum CodingKeys: String, CodingKey { case file, fileBytes, faces, error }

  init(
    file: String, answer: Result<Look, EyeTrouble>, listening: ListenerReading, known: KnownFaces
  ) {
    let path = PathOutput(file)
    (self.file, fileBytes) = (path.text, path.bytes)
    namesPeople = !known.gallery.isEmpty
    switch answer {
    case .failure(let trouble):
      let failure = Failure(trouble)
      error = failure.description
      code = failure.code
    case .success(let look):
      faces = look.faces.map { face in
        Face(
          box: face.face.box.numbers(withinWidth: look.width, height: look.height),
          emotion: EmotionReading(
            once: [look.glimpse(of: face)], settings: listening.settings(for: face.candidates)
          ).map(OnceResult.Emotion.init),
          identity: known.identity(of: face.candidates))
      }
      if faces.contains(where: { $0.emotion == nil }) {
        error = "\(path.text): the network's answer is no number: install EMUS again"
        code = .unavailable
      }
    }
  }

  /// What went wrong with this image, and the exit code that it asks for.
  var failure: (Failure.Code, String)? { error.map { (code, $0) } }

  /// For people: a line for the image and one a face.
  var lines: [String] {
    let name = PathText.line(file)
    if error != nil, faces.isEmpty { return ["\(name)  cannot be read"] }
    let count =
      switch faces.count {
      case 0: "no face"
      case 1: "1 face"
      case let count: "\(count) faces"
      }
    return ["\(name)  \(count)"] + faces.map(line)
  }

  private func line(_ face: Face) -> String {
    func column(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - TextWidth.columns(text)))
    }
    let emotion = face.emotion.map { emotion in
      column(emotion.label, 9) + String(format: "%3.0f %%", emotion.confidence * 100)
    }
    let name =
      face.identity.user.map { $0 + String(format: " (%.2f)", face.identity.score) } ?? "unknown"
    let place = "\(face.box[2]) x \(face.box[3]) at \(face.box[0]), \(face.box[1])"
    let seen = "  " + column(emotion ?? "unreadable", 16) + column(namesPeople ? name : "", 18)
    guard let unsure = face.emotion?.unsure else { return seen + place }
    return seen + column(place, 24) + "unsure: \(unsure)"
  }
}
