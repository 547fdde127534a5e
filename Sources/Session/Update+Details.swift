import Music
import Taste

/// The window with all that is known of one song.
extension State {
  mutating func toggleDetails() -> [Effect] {
    guard details == nil else {
      details = nil
      return []
    }
    guard let id = selectedTrack,
      let track = known[id] ?? library.rows.first(where: { $0.id == id })
    else { return say("no song is selected") }
    details = SongDetails(track: track)
    return [.readHistory(id, listener: listener.id.rawValue)]
  }

  mutating func take(_ history: TrackRecord?, of track: TrackID) -> [Effect] {
    if details?.track.id == track { details?.history = history }
    return []
  }
}

/// The song that the window is about.
package struct SongDetails: Equatable, Sendable {
  package var track: Track
  /// Nil until it was read.
  package var history: TrackRecord?
  /// Lines scrolled out at the top.
  package var offset = 0

  package init(track: Track) { self.track = track }
}
