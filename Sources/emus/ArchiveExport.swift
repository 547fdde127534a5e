import Foundation
import Music
import StoreSQLite
import Taste

/// Writes everything that the listeners made into one file of JSON lines. Faces and calibrations stay
/// at home: they are bodies, not taste.
struct ArchiveExport {
  var output: OutputFile

  func run(_ database: EmusDatabase, _ playlists: Playlists) async throws -> ArchiveReport {
    let archive = try await database.archive()
    var lists: [(name: String, list: Playlist)] = []
    var unreadable: [ArchiveReport.Unreadable] = []
    for summary in try await playlists.list() {
      do {
        if let list = try await playlists.load(summary.name) { lists.append((summary.name, list)) }
      } catch PlaylistsFault.unreadable(let path, let reason) {
        unreadable.append(.init(playlist: summary.name, file: path, reason: reason))
      }
    }
    let lines = Self.lines(archive, lists)
    try output.write(try Self.bytes(lines), isPrivate: true)
    var report = ArchiveReport(file: output.name, archive, playlists: lists.count, dryRun: false)
    report.unreadable = unreadable
    return report
  }

  static func lines(
    _ archive: Archive, _ playlists: [(name: String, list: Playlist)]
  ) -> [ArchiveLine] {
    var lines: [ArchiveLine] = [.header(.init())]
    lines += archive.listeners.map { .listener(.init(id: $0.id.rawValue, name: $0.name)) }
    lines += archive.memory.sorted { $0.key < $1.key }.map {
      .memory(.init(key: $0.key, value: $0.value))
    }
    lines += archive.tracks.map {
      .track(.init($0, fingerprint: archive.fingerprints[$0.id]))
    }
    lines += archive.details.sorted { $0.key < $1.key }.map {
      .details(.init($0.value, of: $0.key))
    }
    lines += archive.feedback.map { .feedback(.init($0)) }
    lines += playlists.sorted { $0.name < $1.name }.map { name, list in
      .playlist(
        .init(name: name, m3u8: String(decoding: list.bytes(as: .m3u8), as: UTF8.self)))
    }
    lines += archive.smartPlaylists.sorted { $0.key < $1.key }.map {
      .smartPlaylist(.init(name: $0.key, query: $0.value))
    }
    return lines + [.end(.init(lines: lines.count + 1))]
  }

  private static func bytes(_ lines: [ArchiveLine]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    var bytes: [UInt8] = []
    for line in lines {
      bytes += try line.encoded(encoder)
      bytes.append(0x0A)
    }
    return bytes
  }
}

/// What an export holds, or an import brought, as JSON.
struct ArchiveReport: Encodable {
  /// A playlist that could not be read, and is not in the export.
  struct Unreadable: Encodable {
    var playlist: String
    var file: String
    var reason: String
  }

  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  var listeners: Int
  var tracks: Int
  var feedback: Int
  var ratings: Int
  var details: Int
  var playlists: Int
  var smartPlaylists: Int
  var unreadable: [Unreadable] = []
  var dryRun: Bool

  init(file: PathOutput, _ archive: Archive, playlists: Int, dryRun: Bool) {
    (self.file, fileBytes) = (file.text, file.bytes)
    listeners = archive.listeners.count
    tracks = archive.tracks.count
    feedback = archive.feedback.count
    ratings = archive.feedback.count { $0.feedback.kind == .rating }
    details = archive.details.count
    self.playlists = playlists
    smartPlaylists = archive.smartPlaylists.count
    self.dryRun = dryRun
  }

  var text: String {
    "\(file): \(counted(listeners, "listener")), \(counted(feedback, "event")) "
      + "(\(counted(ratings, "rating"))) of \(counted(tracks, "song")), "
      + "\(counted(details, "imported detail")), \(counted(playlists, "playlist")), "
      + counted(smartPlaylists, "smart one")
      + (unreadable.isEmpty ? "" : "; \(counted(unreadable.count, "playlist")) left out")
      + (dryRun ? "\nnothing was written (--dry-run)" : "")
  }
}
