import Music

/// Everything that the listeners of a home made, apart from faces and calibrations: what an export
/// holds and an empty home takes back.
///
/// Tracks are numbered within it, from 1, in the order of their paths, so that the same home always
/// gives the same archive and another home's numbers do not matter.
package struct Archive: Equatable, Sendable {
  /// By number, the default listener first; no faces.
  package var listeners: [Listener]
  /// The tracks that anything else speaks of; their ids are the archive's own numbers.
  package var tracks: [Track]
  /// How the files of tracks sound (`Fingerprint` of a scan), by the archive's track numbers: by it
  /// a song is known again where the music lies at other paths.
  package var fingerprints: [TrackID: Int64]
  /// In the order of the log, with the archive's track numbers.
  package var feedback: [RecordedFeedback]
  /// By the archive's track numbers.
  package var details: [TrackID: TrackDetails]
  /// The text of each smart playlist's query, by the playlist's name.
  package var smartPlaylists: [String: String]
  /// What the program remembers; a track in it is one of the archive's.
  package var memory: [String: String]

  package init(
    listeners: [Listener] = [], tracks: [Track] = [], fingerprints: [TrackID: Int64] = [:],
    feedback: [RecordedFeedback] = [],
    details: [TrackID: TrackDetails] = [:], smartPlaylists: [String: String] = [:],
    memory: [String: String] = [:]
  ) {
    self.listeners = listeners
    self.tracks = tracks
    self.fingerprints = fingerprints
    self.feedback = feedback
    self.details = details
    self.smartPlaylists = smartPlaylists
    self.memory = memory
  }

  /// The key of the memory whose value is a track's number.
  package static let trackKey = "resume.track"

  /// With other numbers for its tracks; what speaks of a track without one is left out.
  package func renumbered(_ number: (TrackID) -> TrackID?) -> Archive {
    var result = self
    result.tracks = tracks.compactMap { track in
      number(track.id).map { id in
        var track = track
        track.id = id
        return track
      }
    }
    result.fingerprints = [:]
    for (track, fingerprint) in fingerprints {
      if let track = number(track) { result.fingerprints[track] = fingerprint }
    }
    result.feedback = feedback.compactMap { event in
      guard let track = number(event.feedback.track) else { return nil }
      var event = event
      event.feedback.track = track
      event.feedback.previous = event.feedback.previous.flatMap(number)
      return event
    }
    result.details = [:]
    for (track, details) in details {
      if let track = number(track) { result.details[track] = details }
    }
    if let resumed = memory[Self.trackKey].flatMap({ Int64($0) }) {
      result.memory[Self.trackKey] = number(TrackID(resumed)).map { "\($0.rawValue)" } ?? ""
    }
    return result
  }
}
