import ArgumentParser
import Perception

/// Options that every command takes, before or after its name.
///
/// They live in one group: a flag declared twice, on the root and on a subcommand, would be
/// swallowed by the root.
struct SharedOptions: ParsableArguments {
  @Option(
    help: "Keep configuration, data and state under this folder (or EMUS_HOME).")
  var home: String?

  @Option(
    help: "Whose profile: a listener's name, or guest.", transform: Arguments.plainText)
  var user: String?

  @Flag(help: "Print JSON for machines.")
  var json = false

  @Flag(help: "Where the database cannot be read, use a fresh one beside it.")
  var freshDatabase = false
}

/// `--classifier`, for the commands that read emotions; a group for the same reason.
struct ClassifierOption: ParsableArguments {
  @Option(help: "What reads the emotion: network, or hog (gradients and SVM) to compare with.")
  var classifier = ClassifierKind.network
}

extension ClassifierKind: ExpressibleByArgument {}

/// `--source`, for the commands that look at a face; a group for the same reason.
struct SourceOption: ParsableArguments {
  @Option(
    name: .customLong("source"),
    help: """
      Where the face comes from: a camera's number, /dev/videoN, an image, a video, a folder of \
      images, demo or none.
      """)
  var sources: [String] = []

  var source: String? { sources.first }

  func validate() throws {
    guard sources.count > 1 else { return }
    throw ValidationError("--source is given once; a folder may hold several images")
  }
}
