import Music
import StoreSQLite

/// The tracks that rows of another program's list were found to be, read in windows: an import of a
/// hundred thousand rows asks the database some dozen times, not once a row.
struct MatchedTracks {
  private static let window = 2000

  private var tracks: [TrackID: Track] = [:]

  init(_ matches: [TrackMatcher.Match], in catalog: Catalog) async throws {
    let ids = Set(matches.compactMap(\.tracks.first)).sorted()
    tracks.reserveCapacity(ids.count)
    for start in stride(from: 0, to: ids.count, by: Self.window) {
      let window = ids[start..<min(ids.count, start + Self.window)]
      for track in try await catalog.tracks(Array(window)) { tracks[track.id] = track }
    }
  }

  /// The first track of a match; the catalogue never forgets one.
  func track(_ match: TrackMatcher.Match) throws -> Track {
    guard let track = match.tracks.first.flatMap({ tracks[$0] }) else {
      throw Failure(.failed, "the library has changed meanwhile: try again")
    }
    return track
  }
}

extension Result<TrackMatcher.Match, TrackMatcher.Miss> {
  var match: TrackMatcher.Match? {
    if case .success(let match) = self { match } else { nil }
  }
}

extension Catalog {
  /// An index of all tracks, by which rows of other programs' lists are matched.
  func matcher() async throws -> TrackMatcher {
    var matcher = TrackMatcher(fold: Folding.fold)
    let window = 2000
    var offset = 0
    while true {
      let page = try await page(CatalogQuery(), offset..<(offset + window))
      for track in page.rows { matcher.add(track) }
      offset += window
      if offset >= page.total { return matcher }
    }
  }
}
