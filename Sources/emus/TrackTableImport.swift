import Music
import Taste

/// Brings a table of track details in, in one transaction: valence, arousal, mood, genre, tempo and
/// ratings that were measured or said elsewhere.
struct TrackTableImport {
  var input: InputFile
  var scale: TrackTableScale.Moods?
  var ratings: TrackTableScale.Ratings?
  var isDryRun: Bool

  private let progress = ProgressLine()

  func run(_ catalog: Catalog) async throws -> TrackTableReport {
    defer { progress.end() }
    progress.show(0, "reading the table", begins: true)
    let table: TrackTable
    do {
      table = try TrackTable(
        input.bytes, source: input.name, folder: input.folder, moods: scale, ratings: ratings)
    } catch {
      throw Failure(.input, "\(input.given): \(error)")
    }
    progress.show(0.2, "reading the library", begins: true)
    let found = match(table.rows, try await catalog.matcher())
    progress.show(0.5, "reading what was found", begins: true)
    let tracks = try await MatchedTracks(found.compactMap(\.match), in: catalog)
    var report = TrackTableReport(table, file: input.path, isDryRun: isDryRun)
    var details = DetailsByTrack()
    for (row, result) in zip(table.rows, found) {
      switch result {
      case .success(let match):
        report.matched.append(MatchedTrack(line: row.line, try tracks.track(match), match))
        if let mood = row.details.mood, !MoodTag.isKnown(mood) {
          report.unknownMoods.append(.init(line: row.line, mood: mood))
        }
        if let first = details.add(row, to: match.tracks) {
          report.repeated.append(.init(line: row.line, first: first))
        }
      case .failure(let miss): report.unmatched.append(UnmatchedRow(row, miss))
      }
    }
    report.described = details.all.count
    guard !isDryRun else { return report }
    let total = details.all.count
    progress.show(0.6, "writing", begins: true)
    try await catalog.describe(details.all) { [progress] done in
      progress.show(
        0.6 + 0.4 * Double(done) / Double(total), "writing: \(done) of \(counted(total, "track"))")
    }
    return report
  }

  private func match(
    _ rows: [TrackTable.Row], _ matcher: TrackMatcher
  ) -> [Result<TrackMatcher.Match, TrackMatcher.Miss>] {
    rows.enumerated().map { place, row in
      if place % 1000 == 0 {
        let share = Double(place) / Double(rows.count)
        progress.show(0.3 + 0.2 * share, "\(place) of \(counted(rows.count, "row"))")
      }
      return matcher.match(
        places: row.paths.map { Location(path: $0) }, title: row.title, artist: row.artist,
        album: row.album, takesTitles: true)
    }
  }
}

/// What the rows say of each track, and in which line it was said last.
private struct DetailsByTrack {
  private(set) var all: [TrackID: TrackDetails] = [:]
  private var lines: [TrackID: Int] = [:]

  /// Answers the line before it that speaks of one of the tracks too.
  mutating func add(_ row: TrackTable.Row, to tracks: [TrackID]) -> Int? {
    guard !row.details.isEmpty else { return nil }
    let first = tracks.first { lines[$0] != nil }.flatMap { lines[$0] }
    for track in tracks {
      lines[track] = row.line
      // A later row of the same song adds to an earlier one.
      all[track] = all[track].map { row.details.filled(from: $0) } ?? row.details
    }
    return first
  }
}
