import ArgumentParser
import Foundation
import LibraryFiles
import Music
import Perception
import StoreSQLite

/// `emus export`: a playlist for other players, or everything that the listeners made.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a playlist for other players, or everything that you made.",
    discussion: """
      FILE ends in .m3u, .m3u8, .pls or .xspf; with --all in .jsonl. Songs below the file's folder \
      are named relative to it. The queue is kept as a playlist by :playlist save NAME in the player.
      """)

  @OptionGroup var shared: SharedOptions
  @Argument(help: "The file to write.", completion: .file()) var file: String
  @Option(
    help: "The playlist; else the one that is called as the file.",
    transform: Arguments.plainText)
  var playlist: String?
  @Flag(help: "Ratings, history, playlists, imported details, listeners: all but faces.")
  var all = false
  @Flag(help: "Write over a file that is there already.") var force = false

  func validate() throws {
    if all {
      guard file.lowercased().hasSuffix(".jsonl") else {
        throw ValidationError("'\(file)': with --all the name has to end in .jsonl")
      }
      guard playlist == nil else { throw ValidationError("--all holds every playlist") }
    } else if PlaylistFormat(fileName: Array(file.utf8)) == nil {
      throw ValidationError("'\(file)': the name has to end in .m3u, .m3u8, .pls or .xspf")
    }
  }

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let output = try OutputFile(file)
      if !force, WholeFile.isThere(output.path) {
        throw Failure(.alreadyThere, "\(file) is there already: --force writes over it")
      }
      let playlists = Playlists.live(folder: home.playlists)
      if all {
        let database = try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase)
        let report = try await ArchiveExport(output: output).run(database, playlists)
        if shared.json { try JSONOutput.print(report) } else { print(report.text) }
        try fail(report.unreadable)
      } else {
        try await write(playlists, to: output)
      }
    }
  }

  private func read(_ name: String, _ playlists: Playlists) async throws -> Playlist {
    do {
      if let list = try await playlists.load(name) { return list }
    } catch let fault as PlaylistsFault {
      throw Failure(.input, fault.description)
    }
    let known = try await playlists.list().map(\.name)
    throw Failure(.input, PlaylistsFault.unknown(name, known: known).description)
  }

  /// The export is written; what is not in it is named, and the exit code says so.
  private func fail(_ unreadable: [ArchiveReport.Unreadable]) throws {
    guard !unreadable.isEmpty else { return }
    try Failure.flush()
    for list in unreadable {
      Failure.complain("\(list.file): \(list.reason); left out of the export")
    }
    throw Failure(.input, "")
  }

  private func write(_ playlists: Playlists, to output: OutputFile) async throws {
    guard let format = PlaylistFormat(fileName: Array(file.utf8)) else { return }
    let name = playlist ?? output.stem
    let list = try await read(name, playlists)
    try output.write(list.bytes(as: format, relativeTo: output.folder), isPrivate: false)
    let report = ExportReport(
      file: output.name, playlist: name, songs: list.entries.count, losses: list.losses(as: format))
    if shared.json { try JSONOutput.print(report) } else { print(report.text) }
  }
}

/// A playlist that was written, as JSON.
struct ExportReport: Encodable {
  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  var playlist: String
  var songs: Int
  /// Pieces of files that are written as the whole files, and comments that are left out, as the
  /// format has no place for them.
  var piecesAsFiles: Int
  var commentsLeftOut: Int

  init(file: PathOutput, playlist: String, songs: Int, losses: Playlist.Losses) {
    (self.file, fileBytes) = (file.text, file.bytes)
    self.playlist = playlist
    self.songs = songs
    piecesAsFiles = losses.pieces
    commentsLeftOut = losses.remarks
  }

  var text: String {
    let losses = [
      piecesAsFiles > 0
        ? "\(counted(piecesAsFiles, "piece")) of cue sheets as the whole file" : nil,
      commentsLeftOut > 0 ? "\(counted(commentsLeftOut, "comment")) left out" : nil,
    ].compactMap(\.self)
    let loss = losses.isEmpty ? "" : "; no place in it for all: \(losses.joined(separator: ", "))"
    return "\(playlist): \(counted(songs, "song")) written to \(file)\(loss)"
  }
}

/// A file that shall be written, in a folder that exists.
struct OutputFile {
  /// As it was named, for people and machines.
  let name: PathOutput
  let path: [UInt8]

  /// Takes a text of `FileName`.
  init(_ given: String) throws {
    name = PathOutput(given)
    do { path = try WholeFile.absolute(FileName.bytes(of: given)) } catch {
      throw Failure(.input, "\(error)")
    }
  }

  var folder: [UInt8] { Self.folder(of: path) }

  /// The file's name without folder and ending, for people.
  var stem: String {
    ((name.text as NSString).lastPathComponent as NSString).deletingPathExtension
  }

  func write(_ bytes: [UInt8], isPrivate: Bool) throws {
    do { try WholeFile.write(bytes, to: path, isPrivate: isPrivate) } catch {
      throw Failure(.failed, "\(error)")
    }
  }

  static func folder(of path: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    let folder = path.lastIndex(of: slash).map { Array(path[..<$0]) } ?? []
    return folder.isEmpty ? [slash] : folder
  }
}
