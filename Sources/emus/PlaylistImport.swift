import Foundation
import Music

/// Brings another player's playlist in: each entry is matched to a track by its path, then by its
/// names. What the library does not have stays in the list, for a later scan to join.
struct PlaylistImport {
  var input: InputFile
  var format: PlaylistFormat
  var name: String?
  var isDryRun: Bool

  func run(_ catalog: Catalog, _ playlists: Playlists) async throws -> PlaylistImportReport {
    let name = try checkedName()
    if try await playlists.load(name) != nil {
      throw Failure(.failed, "there is a playlist '\(name)' already: give this one another --name")
    }
    let list: Playlist
    do {
      list = try Playlist(input.bytes, format: format, folder: input.folder)
    } catch {
      throw Failure(.input, "\(input.given): \(error)")
    }
    let (kept, report) = try await match(list, name, catalog)
    if !isDryRun { try await playlists.save(name, kept) }
    return report
  }

  private func checkedName() throws -> String {
    let wanted = name ?? (input.name as NSString).deletingPathExtension
    guard let checked = PlaylistName(wanted) else {
      throw Failure(.usage, "\(PlaylistsFault.badName(wanted)); --name gives it another")
    }
    return checked.text
  }

  private func match(
    _ list: Playlist, _ name: String, _ catalog: Catalog
  ) async throws -> (Playlist, PlaylistImportReport) {
    let matcher = try await catalog.matcher()
    var kept = Playlist(title: name)
    // Of songs that no list of paths can hold, for the next entry that it can.
    var remarks: [PlaylistRemark] = []
    var report = PlaylistImportReport(
      file: input.path.text, fileBytes: input.path.bytes, playlist: name,
      songs: list.entries.count, dryRun: isDryRun)
    let found = list.entries.map {
      matcher.match(places: $0.locations, title: $0.title, artist: $0.artist)
    }
    let tracks = try await MatchedTracks(found.compactMap(\.match), in: catalog)
    for (place, (entry, result)) in zip(list.entries, found).enumerated() {
      switch result {
      case .success(let match):
        let track = try tracks.track(match)
        var known = Playlist.Entry(track)
        known.remarks = remarks + entry.remarks
        remarks = []
        kept.entries.append(known)
        report.matched.append(MatchedTrack(entry: place + 1, track, match))
      case .failure(let miss):
        if entry.place == nil {
          remarks += entry.remarks + [entry.comment].compactMap(\.self)
        } else {
          var absent = entry
          absent.remarks = remarks + entry.remarks
          remarks = []
          kept.entries.append(absent)
        }
        report.unmatched.append(UnmatchedEntry(place + 1, entry, miss))
      }
    }
    kept.remarks = remarks + list.remarks
    return (kept, report)
  }
}

extension Playlist.Entry {
  /// Its names, where a place would have to stand.
  fileprivate var comment: PlaylistRemark? {
    let names = [artist, title].compactMap(\.self).joined(separator: " - ")
    return names.isEmpty ? nil : PlaylistRemark(comment: names)
  }
}

/// A row or entry that was found in the library, as JSON.
struct MatchedTrack: Encodable {
  /// The place in a playlist, from 1.
  var entry: Int?
  /// The line of a table.
  var line: Int?
  var id: Int64
  var title: String
  var artist: String
  var path: String
  var pathBytes: String?
  var by: String
  var certainty: Double

  init(entry: Int? = nil, line: Int? = nil, _ track: Track, _ match: TrackMatcher.Match) {
    self.entry = entry
    self.line = line
    id = track.id.rawValue
    title = track.displayTitle
    artist = track.displayArtist
    let place = PathOutput(track.location.path)
    (path, pathBytes) = (place.text, place.bytes)
    by = match.way.rawValue
    certainty = match.certainty
  }
}

/// An entry of a playlist that the library does not have, as JSON.
struct UnmatchedEntry: Encodable {
  var entry: Int
  var title: String?
  var artist: String?
  var place: String?
  var reason: String

  init(_ number: Int, _ entry: Playlist.Entry, _ miss: TrackMatcher.Miss) {
    self.entry = number
    title = entry.title
    artist = entry.artist
    place = entry.place?.displayText
    reason =
      switch (entry.place, miss) {
      case (nil, _): "kept as a comment: it names no file, and \(miss.rawValue)"
      case (_, .several): miss.rawValue
      case (.unresolvable?, _): "kept as it is: it names no file of this machine"
      case (.address?, _): "kept as it is: an address, and no file"
      case (.file?, _): "not in the library"
      }
  }
}

/// What became of a playlist, as JSON.
struct PlaylistImportReport: Encodable {
  var file: String
  /// Base64 of the file's path where it is not UTF-8; absent otherwise.
  var fileBytes: String?
  var playlist: String
  var songs: Int
  var dryRun: Bool
  var matched: [MatchedTrack] = []
  var unmatched: [UnmatchedEntry] = []

  var text: String {
    let head = "\(playlist): \(counted(songs, "song")), \(matched.count) of them in the library"
    let misses = unmatched.map { miss in
      let names = [miss.artist, miss.title].compactMap(\.self).joined(separator: " - ")
      return "  \(miss.entry)  \(miss.place ?? names): \(miss.reason)"
    }
    let loose = matched.filter { $0.certainty < 0.9 }.map { found in
      "  \(found.entry ?? 0)  taken to be \(found.artist) - \(found.title)"
    }
    let end = dryRun ? ["nothing was written (--dry-run)"] : []
    return ([head] + loose + misses + end).joined(separator: "\n")
  }
}
