import Music
import Perception
import Taste

/// What the world is asked to do. The runtime does it and answers with events.
package enum Effect: Equatable, Sendable {
  case quit
  /// Draws every cell afresh.
  case redraw
  case player(PlayerCommand)
  case eye(EyeRequest)
  case record(Feedback)
  case recommend(RecommendationRequest)
  case page(CatalogQuery, Range<Int>)
  case fetch([TrackID])
  case listSmartPlaylists
  case changeSmartPlaylists(SmartPlaylistChange)
  case recall
  case remember([String: String])
  case listListeners
  /// Opens the profile that recommendations speak for from now on.
  case open(ListenerID)
  case change(ListenerChange)
  /// Tells the eye who is registered; nobody where recognition is not wanted.
  case sendGallery(isWanted: Bool)
  /// What is wanted of the glimpses from now on.
  case watch(SightWishes)
  case playlist(PlaylistWork)
  /// Asks for all playlists, with how many songs and how long; whose ratings and plays count, and
  /// what time it is.
  case listPlaylists(listener: Int64, time: Double)
  /// Asks for the songs of one playlist.
  case readPlaylist(PlaylistReference, for: PlaylistPurpose, listener: Int64, time: Double)
  /// Asks for the songs of the listener's playlist of a name, else of the one that lies among the
  /// music, to put them into the queue.
  case loadPlaylist(String)
  case readHistory(TrackID, listener: Int64)
  case readCalibration(CalibrationOwner)
  /// Learns a correction from shown expressions; stores nothing. The number comes back with the
  /// answer.
  case calibrate([CalibrationSample], number: Int)
  /// Stores what was learnt.
  case keepCalibration(CalibrationOwner, CalibrationOutcome)
  case undoCalibration(CalibrationOwner)
  /// Scans folders (without any: the known ones) in a process of its own.
  case scan([String])
  /// Watches the known folders, whichever they are by now, or no longer.
  case followFolders(Bool)
  /// Asks for a `timer` event after some seconds.
  case wake(Timer, after: Double)
}

extension Effect {
  /// What the state has to know of it where it does not work.
  var failedWork: FailedWork {
    switch self {
    case .recommend: .recommend
    case .fetch(let ids): .fetch(ids)
    case .calibrate(_, let number): .calibrate(number: number)
    case .readPlaylist(let reference, for: .renew, _, _): .renew(reference)
    default: .other
    }
  }
}

/// A smart playlist comes or goes.
package enum SmartPlaylistChange: Equatable, Sendable {
  case save(SmartPlaylist)
  case rename(String, to: String)
  /// By its name.
  case remove(String)
}

/// What shall be done with a playlist of the listener's.
package enum PlaylistWork: Equatable, Sendable {
  /// Keeps the queue under a name, and with it what it could not hold of the list that was there.
  case save(String, KeptQueue)
  /// The same, where there is none of that name.
  case create(String, KeptQueue)
  /// Adds a song to a list, which is made where it is missing.
  case add(String, TrackID)
  case rename(String, String)
  case delete(String)
  /// Brings back one that was dropped; or that another took the place of, which goes then.
  case restore(String, Playlist, over: Bool)
}

/// What of the queue is kept as a playlist.
package struct KeptQueue: Equatable, Sendable {
  /// A list that the queue was filled from, and how often the listener took a song of it out.
  package struct Source: Equatable, Sendable {
    package var reference: PlaylistReference
    package var removed: [TrackID: Int]
  }

  /// In order.
  package var tracks: [TrackID]
  /// How many songs that the recommender chose are left out.
  package var recommended: Int
  /// The list of that name, where it was put into the queue.
  package var own: Source?
  /// The list that took the queue over, which the new one begins as where it is of another name.
  package var base: Source?
}

/// What songs are wanted.
package struct RecommendationRequest: Equatable, Sendable {
  package enum Purpose: Equatable, Sendable {
    /// Fills the end of the queue.
    case refill
    /// Takes the places of the recommended entries.
    case replace
  }

  package var purpose: Purpose
  package var mood: Mood
  package var policy: Policy
  package var excluding: Set<TrackID>
  package var count: Int
  package var listener: ListenerID
  /// Seconds since 1970.
  package var time: Double
  package var seed: UInt64

  package init(
    purpose: Purpose, mood: Mood, policy: Policy, excluding: Set<TrackID>, count: Int,
    listener: ListenerID, time: Double, seed: UInt64
  ) {
    self.purpose = purpose
    self.mood = mood
    self.policy = policy
    self.excluding = excluding
    self.count = count
    self.listener = listener
    self.time = time
    self.seed = seed
  }
}
