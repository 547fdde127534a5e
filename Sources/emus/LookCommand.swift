import ArgumentParser
import Foundation
import Glibc
import Music
import Perception
import Session

/// `emus look`: the faces in images, whose they are and what they show, one line an image; through
/// the very eye that the player uses.
struct LookCommand: AsyncParsableCommand, ReadsEmotions {
  static let configuration = CommandConfiguration(
    commandName: "look", abstract: "Faces, identity and emotion of images.",
    discussion: """
      With --user a face is read with that listener's calibration, unless it is recognised as \
      somebody else's; without it as the network reads it.
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var reading: ClassifierOption

  @Argument(help: "Image files.", completion: .file())
  var images: [String]

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      let installation = Installation()
      let configuration = ConfigurationFile(home: home, installation: installation)
      for problem in configuration.problems { Failure.complain(problem) }
      let known = try await KnownFaces(
        home, identity: configuration.settings.identity, fresh: shared.freshDatabase)
      let listening = try await ListenerReading(shared, reading.classifier, installation)
      var rest = images[...]
      var worst: Failure.Code?
      try await EyeSession(classifier: reading.classifier).look(gallery: known.gallery) {
        rest.popFirst().map { (item: $0, picture: EyePicture.file($0, isCropped: false)) }
      } answer: { file, answer in
        let result = LookResult(file: file, answer: answer, listening: listening, known: known)
        if let (code, message) = result.failure {
          Failure.complain(message)
          if worst != .input { worst = code }
        }
        try show(result)
      }
      if let worst { throw Failure(worst, "") }
    }
  }

  private func show(_ result: LookResult) throws {
    if shared.json { return try JSONOutput.print(result) }
    print(result.lines.joined(separator: "\n"))
    // Whoever reads from a pipe wants each image as it comes.
    try Failure.flush()
  }
}
