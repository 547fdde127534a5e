import ArgumentParser
import Foundation
import LibraryFiles
import Music
import Perception
import StoreSQLite
import Taste

/// `emus import`: playlists of other players, tables of track details, and everything that was
/// exported. The ending of the file's name says which.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring in a playlist, a table of track details, or an export.",
    discussion: """
      FILE is a playlist (.m3u, .m3u8, .pls, .xspf), a table with a line of column names (.csv or .tsv, its \
      fields parted by commas, semicolons or tabs), or \
      what emus export --all wrote (.jsonl), which needs a home without ratings and history. It is \
      taken in one step or not at all; of a table without the rows that are refused.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file.", completion: .file()) var file: String
  @Option(
    help: "What the playlist shall be called; else as the file.", transform: Arguments.plainText)
  var name: String?
  @Option(
    help:
      "How valence and energy are scaled: unit (0 to 1), signed (-1 to 1) or percent (0 to 100).")
  var scale: TrackTableScale.Moods?
  @Option(help: "What ratings are out of: 5, 10 or 100.")
  var ratingScale: TrackTableScale.Ratings?
  @Flag(help: "Only say what would be done.") var dryRun = false

  func validate() throws {
    guard let kind = ImportKind(fileName: file) else {
      throw ValidationError(
        "'\(file)': the name has to end in .m3u, .m3u8, .pls, .xspf, .csv, .tsv or .jsonl")
    }
    switch kind {
    case .playlist: break
    case .tracks, .archive:
      if name != nil { throw ValidationError("--name is for playlists alone") }
    }
    switch kind {
    case .tracks: break
    case .playlist, .archive:
      if scale != nil { throw ValidationError("--scale is for tables alone") }
      if ratingScale != nil { throw ValidationError("--rating-scale is for tables alone") }
    }
  }

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let input = try InputFile(file)
      let database = try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase)
      let catalog = DemoLibrary.joined(
        to: Catalog.stored(in: database), installation: Installation())
      let playlists = Playlists.live(folder: home.playlists)
      switch ImportKind(fileName: file) {
      case .playlist(let format)?:
        let report = try await PlaylistImport(
          input: input, format: format, name: name, isDryRun: dryRun
        ).run(catalog, playlists)
        try show(report, report.text)
      case .tracks?:
        let report = try await TrackTableImport(
          input: input, scale: scale, ratings: ratingScale, isDryRun: dryRun
        ).run(catalog)
        try show(report, report.text)
        if report.isAllRefused {
          try Failure.flush()
          throw Failure(.input, "\(file): \(Self.noneRead(of: report.rows))")
        }
      case .archive?:
        let report = try await ArchiveImport(input: input, isDryRun: dryRun)
          .run(database, playlists)
        try show(report, report.text)
      case nil: break
      }
    }
  }

  private static func noneRead(of rows: Int) -> String {
    rows == 1 ? "its only row is refused" : "all of its \(rows) rows are refused"
  }

  private func show(_ report: some Encodable, _ text: String) throws {
    if shared.json { try JSONOutput.print(report) } else { print(text) }
  }
}

extension TrackTableScale.Moods: ExpressibleByArgument {}

extension TrackTableScale.Ratings: ExpressibleByArgument {
  /// By the highest rating.
  package init?(argument: String) {
    guard let scale = Self.allCases.first(where: { $0.argument == argument }) else { return nil }
    self = scale
  }

  package static var allValueStrings: [String] { allCases.map(\.argument) }

  private var argument: String { "\(Int(highest))" }
}

/// What a file brings, by the ending of its name.
enum ImportKind {
  case playlist(PlaylistFormat)
  case tracks
  case archive

  init?(fileName: String) {
    if let format = PlaylistFormat(fileName: Array(fileName.utf8)) {
      self = .playlist(format)
    } else {
      switch (fileName as NSString).pathExtension.lowercased() {
      case "csv", "tsv": self = .tracks
      case "jsonl": self = .archive
      default: return nil
      }
    }
  }
}

/// A file that was named on the command line, read whole.
struct InputFile {
  /// As it was named, a text of `FileName`.
  let given: String
  let bytes: [UInt8]
  /// The absolute folder that it lies in.
  let folder: [UInt8]

  init(_ path: String) throws {
    given = path
    do {
      let name = FileName.bytes(of: path)
      bytes = try WholeFile.read(name)
      folder = OutputFile.folder(of: try WholeFile.absolute(name))
    } catch {
      throw Failure(.input, "\(error)")
    }
  }

  /// For people and machines.
  var path: PathOutput { PathOutput(given) }

  /// The file's name without its folder, for people.
  var name: String { (path.text as NSString).lastPathComponent }
}
