import ArgumentParser
import LibraryFiles
import Perception

/// Where labelled faces are read from, for the commands that measure on them or learn from them.
struct LabelledFacesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "fer2013.csv, a folder with a folder of images for each emotion, or a labels.csv "
        + "(columns file and emotion).", valueName: "path"),
    completion: .file())
  var data: String

  @Option(
    help: "Only the rows of this usage, such as PrivateTest.", transform: Arguments.plainText)
  var usage: String?

  @Flag(help: "The images are faces already: nothing is sought in them.")
  var cropped = false

  func validate() throws {
    if data.isEmpty { throw ValidationError("--data is empty") }
    if usage?.isEmpty == true { throw ValidationError("--usage is empty") }
  }
}

/// The labelled faces of a data set, one after the other: the rows of a table as they are read,
/// or the images of folders named after emotions.
///
/// It opens no image. What it cannot use is counted, named to `complain` and passed over; a data
/// set with nothing to use is a failure.
struct LabelledFaces {
  private let path: String
  // One of the two.
  private var table: LabelledRows?
  private var folder: FolderOfEmotions?
  private var delivered = 0
  private(set) var omissions: Omissions

  /// Opens the data set; throws 66 where nothing can be read, and 64 where `usage` asks for rows that
  /// are not there.
  init(
    path: String, usage: String?,
    complain: @escaping (String) -> Void = { Failure.complain($0) }
  ) throws {
    self.path = path
    omissions = Omissions(complain: complain)
    guard let kind = Place.kind(FileName.bytes(of: path)) else {
      throw Failure(.input, "\(path): no such file or folder")
    }
    guard kind == .folder else {
      table = try LabelledRows(path: path, usage: usage)
      return
    }
    let tables = ["labels.csv", "fer2013.csv"].map { path + "/" + $0 }
    if let file = tables.first(where: { Place.kind(FileName.bytes(of: $0)) != nil }) {
      table = try LabelledRows(path: file, usage: usage)
    } else {
      guard usage == nil else {
        throw Failure(.usage, "--usage goes with a table; \(path) is a folder of folders")
      }
      folder = try FolderOfEmotions(path: path, omissions: &omissions)
    }
  }

  /// The next face; nil at the end. Throws where there is none at all.
  mutating func next() throws -> LabelledFace? {
    let face = try nextIfAny()
    if face == nil, delivered == 0 { throw nothing() }
    return face
  }

  /// The same of a set that may be empty.
  mutating func nextIfAny() throws -> LabelledFace? {
    let face = table == nil ? folder?.next() : try table?.next(&omissions)
    delivered += face == nil ? 0 : 1
    return face
  }

  /// A column says what each row is for.
  var hasUsage: Bool { table?.hasUsage ?? false }

  /// How much of the data set has been read, 0...1.
  var share: Double {
    table?.share ?? folder?.share ?? 1
  }

  /// An image could not be used: it is named like a bad row.
  mutating func omit(_ omission: Omission) { omissions.add(omission) }

  private func nothing() -> Failure {
    if let failure = table?.missingUsage { return failure }
    omissions.summarise()
    return Failure(.input, "\(path): no labelled face in it")
  }
}
