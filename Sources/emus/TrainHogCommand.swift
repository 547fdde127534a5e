import ArgumentParser
import Glibc
import LibraryFiles
import Perception

/// `emus train hog`: learns the classifier of HOG and SVM, in the eye, and puts its weights in
/// place of the old ones.
struct TrainHogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hog", abstract: "Gradient histograms and linear support vector machines.",
    discussion: """
      Faces are held out to fit the temperature and to measure: the rows of usage PublicTest where \
      the table has them and they are not what is learned from, else a tenth of each emotion. \
      Where the table tells usages, those of Training are learned from. Weights that are there are \
      replaced only with --replace, and then stay until the new ones are whole.
      """)

  @OptionGroup var shared: SharedOptions
  @OptionGroup var labelled: LabelledFacesOptions

  @Option(
    help: ArgumentHelp(
      "Where to put hog.svm, made where it is missing; else where the program's own is.",
      valueName: "folder"),
    completion: .directory)
  var out: String?

  @Flag(help: "Take the place of a hog.svm that is there.")
  var replace = false

  @Option(
    parsing: .unconditional,
    help: "Of the draw: the same seed and faces give the same weights.",
    transform: { text in
      guard let seed = UInt64(text) else {
        throw ValidationError("a seed is a whole number from 0 to \(UInt64.max)")
      }
      return seed
    })
  var seed: UInt64 = 1

  func validate() throws {
    if out?.isEmpty == true { throw ValidationError("--out is empty") }
  }

  func run() async throws {
    try await Failure.reported {
      let folder = try folder()
      let file = folder + "/" + Self.name
      guard replace || Place.kind(FileName.bytes(of: file)) == nil else {
        throw Failure(
          .alreadyThere,
          "\(file) is there: --replace puts the new one in its place, --out FOLDER elsewhere")
      }
      let progress = ProgressLine()
      defer { progress.end() }
      let clock = ContinuousClock()
      let start = clock.now
      var lessons = try Lessons(labelled) { text in
        progress.end()
        Failure.complain(text)
      }
      let made = try NewFolder(folder)
      // Stays where the weights are in it.
      defer { made.removeIfEmpty() }
      var notFound = 0
      let figures = try await EyeSession(classifier: .hog).train(
        file, seed: seed, next: { try lessons.next() },
        answer: { answer in
          switch answer {
          case .success(let look): notFound += look.faces.isEmpty ? 1 : 0
          case .failure(let trouble): lessons.omit(Omission(trouble.message))
          }
          progress.show(lessons.share / 2, "\(lessons.delivered) faces")
        }, progress: { progress.show(0.5 + $0 / 2, "learning from \(lessons.delivered) faces") })
      progress.end()
      lessons.summarise()
      if notFound > 0 { Failure.complain("no face was found in \(notFound) images: left out") }
      let result = TrainHogResult(
        file: file, figures, notFound: notFound, failed: lessons.bad,
        seconds: (clock.now - start) / .seconds(1))
      if shared.json {
        try JSONOutput.print(result)
      } else {
        print(result.text)
      }
    }
  }

  /// The folder to write to; refused before anything is read where it could not be written.
  private func folder() throws -> String {
    guard let folder = out ?? Installation().weights else {
      throw Failure(.usage, "the program has no folder of weights: name one with --out")
    }
    let path = FileName.text(of: Place.absolute(FileName.bytes(of: folder)))
    let existing = NewFolder.existing(path)
    guard Place.kind(FileName.bytes(of: existing)) == .folder else {
      throw Failure(.failed, "\(existing): a file, where --out needs a folder for \(Self.name)")
    }
    guard existing == path || !path.hasSuffix(".svm") else {
      throw Failure(.usage, "\(path): --out takes the folder in which \(Self.name) is put")
    }
    guard let name = FileName.cString(existing), access(name, W_OK) == 0 else {
      throw Failure(.failed, "\(existing): no permission to write there: use --out FOLDER")
    }
    return path
  }

  private static let name = ClassifierKind.hog.weights
}
