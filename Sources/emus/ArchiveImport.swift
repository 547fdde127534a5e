import Foundation
import Music
import StoreSQLite
import Taste

/// Brings an export back into a home in which nobody has made anything yet: all of it or nothing.
struct ArchiveImport {
  var input: InputFile
  var isDryRun: Bool

  func run(_ database: EmusDatabase, _ playlists: Playlists) async throws -> ArchiveReport {
    let (archive, lists) = try read()
    let report = ArchiveReport(
      file: input.path, archive, playlists: lists.count, dryRun: isDryRun)
    let missing = try await absent(lists, in: playlists)
    guard !isDryRun else { return report }
    // The database comes last: a kill before its commit leaves lists that a second try finds equal.
    do {
      for (name, list) in missing { try await playlists.save(name, list) }
      try await database.restore(archive)
    } catch {
      for (name, _) in missing { _ = try await playlists.delete(name) }
      throw error
    }
    return report
  }

  /// The lists that are not there yet; one that is there and differs is refused.
  private func absent(
    _ lists: [(String, Playlist)], in playlists: Playlists
  ) async throws -> [(String, Playlist)] {
    var absent: [(String, Playlist)] = []
    for (name, list) in lists {
      guard let known = try await playlists.load(name) else {
        absent.append((name, list))
        continue
      }
      guard known == list else {
        throw Failure(.failed, "there is another playlist '\(name)' already: rename or drop it")
      }
    }
    return absent
  }

  private func read() throws -> (Archive, [(String, Playlist)]) {
    let lines = input.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var archive = Archive()
    var lists: [(String, Playlist)] = []
    var hasEnded = false
    for (place, bytes) in lines.enumerated() where !bytes.isEmpty {
      do {
        if hasEnded { throw ArchiveFault(reason: "something follows the end") }
        let line = try ArchiveLine(Data(bytes))
        try checkPlace(line, place)
        if case .end = line { hasEnded = true }
        try take(line, &archive, &lists)
      } catch let failure as Failure { throw failure } catch {
        throw Failure(.input, "\(input.given): line \(place + 1): \(Self.reason(error))")
      }
    }
    guard hasEnded else {
      throw Failure(.input, "\(input.given): cut short, or no export of EMUS")
    }
    return (archive, lists)
  }

  private func checkPlace(_ line: ArchiveLine, _ place: Int) throws {
    switch (line, place) {
    case (.header(let header), 0):
      guard header.version > ArchiveLine.version else { return }
      throw Failure(
        .failed, "\(input.given): written by a newer EMUS (version \(header.version)); update EMUS")
    case (_, 0): throw ArchiveFault(reason: "no export of EMUS")
    case (.header, _): throw ArchiveFault(reason: "a second beginning")
    case (.end(let end), _):
      if end.lines != place + 1 { throw ArchiveFault(reason: "lines are missing") }
    default: break
    }
  }

  private func take(
    _ line: ArchiveLine, _ archive: inout Archive, _ lists: inout [(String, Playlist)]
  ) throws {
    switch line {
    case .header, .end: break
    case .listener(let line):
      archive.listeners.append(Listener(id: ListenerID(line.id), name: line.name))
    case .track(let line):
      archive.tracks.append(try line.known())
      archive.fingerprints[TrackID(line.number)] = try line.knownFingerprint()
    case .feedback(let line):
      if let reason = line.event.feedback.fault { throw ArchiveFault(reason: reason) }
      archive.feedback.append(line.event)
    case .details(let line):
      if let reason = line.details.fault { throw ArchiveFault(reason: reason) }
      archive.details[TrackID(line.track)] = line.details
    case .memory(let line): archive.memory[line.key] = line.value
    case .smartPlaylist(let line): archive.smartPlaylists[line.name] = line.query
    case .playlist(let line):
      guard PlaylistName(line.name)?.text == line.name else {
        throw PlaylistsFault.badName(line.name)
      }
      lists.append(
        (line.name, try Playlist(Array(line.m3u8.utf8), format: .m3u8, folder: [])))
    }
  }

  /// One line about what a decoder complains of.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "'\(context.codingPath.last?.stringValue ?? "")' is of another kind"
    case DecodingError.dataCorrupted(let context):
      context.codingPath.last.map { "'\($0.stringValue)' has no such value" } ?? "no JSON"
    default: "\(error)"
    }
  }
}
