import Music
import Perception
import Screen
import Taste

/// What happened. Events are named after happenings, never after what shall follow from them.
package enum Event: Equatable, Sendable {
  /// The first frame is on the screen; whatever is slow may begin.
  case painted
  case key(Key)
  case resized(Size)
  case hangup
  case sight(Sight)
  case eye(EyeReply)
  case player(PlayerEvent)
  /// What the program remembered from the last time.
  case recalled([String: String])
  case listeners([Listener])
  /// The rows of a window of the library.
  case rows(CatalogQuery, offset: Int, CatalogPage)
  /// Tracks that were asked for; those that are missing are not there.
  case tracks(asked: [TrackID], [Track])
  /// All smart playlists, at the start or after a change of them.
  case smartPlaylists([SmartPlaylist], after: SmartPlaylistChange?)
  /// Songs for the queue, best first, with what the request was for.
  case recommended(RecommendationRequest, [Recommendation])
  /// A feedback is committed.
  case stored(Feedback)
  case listenerChanged(ListenerChange, Listener)
  /// The correction that the store holds for a face.
  case calibrationRead(CalibrationOwner, EmotionCalibration?)
  /// The store holds a correction for a face that can no longer be read.
  case calibrationDamaged(CalibrationOwner)
  /// A correction was learnt, or nothing was better than none.
  case calibrated(number: Int, CalibrationOutcome)
  /// A correction is stored.
  case calibrationKept(CalibrationOwner, CalibrationOutcome)
  /// The correction was dropped where there was one; what is in force now.
  case calibrationUndone(CalibrationOwner, wasThere: Bool, EmotionCalibration?)
  case playlist(PlaylistNews)
  case playlists([PlaylistRow])
  case playlistRead(PlaylistReference, for: PlaylistPurpose, PlaylistContents)
  /// What became of a track; nil where it is gone.
  case historyRead(TrackID, TrackRecord?)
  case scanProgressed(ScanStatus)
  case scanned(ScanStatus)
  /// Files came, went or changed in these known folders; without any: in some of them.
  case foldersChanged([String])
  /// Something did not work: what, and one line for the listener.
  case failed(FailedWork, String)
  case timer(Timer)
}

/// What became of a playlist; it is on the disk.
package enum PlaylistNews: Equatable, Sendable {
  case saved(SavedPlaylist)
  /// A song was added: how many there are now.
  case added(String, count: Int)
  case renamed(String, String)
  /// It is gone; what it held.
  case deleted(String, Playlist)
  case restored(String)
}

/// The queue is kept as a playlist.
package struct SavedPlaylist: Equatable, Sendable {
  package var name: String
  /// How many songs the list has now.
  package var count: Int
  /// Those of them that the queue did not hold, as the library lacks them.
  package var absent = 0
  /// Those that the queue did not hold for another reason: played already, or never queued.
  package var waiting = 0
  /// Songs of the list before that are no more.
  package var dropped = 0
  /// The list was in the queue, and what is no more was taken out of it there.
  package var wasLoaded = false
  /// Songs of the queue that the recommender chose, and that are not in the list.
  package var recommended: Int
  /// The list before, where this one differs.
  package var former: Playlist?

  init(name: String, count: Int, recommended: Int) {
    self.name = name
    self.count = count
    self.recommended = recommended
  }
}

/// What did not work, as far as the state has to know: what was under way is over.
package enum FailedWork: Equatable, Sendable {
  case recommend
  case fetch([TrackID])
  case scan
  case calibrate(number: Int)
  /// The playlist that is open, or was a moment ago.
  case renew(PlaylistReference)
  case other
}

/// What a wake-up was asked for.
package enum Timer: Hashable, Sendable {
  /// The message with this number has been there long enough.
  case message(Int)
  /// No mood came in time: begin without.
  case patience
  /// The queue may follow the mood again.
  case moodSettled
  /// What failed may be tried again.
  case retry
  /// The key sequence with this number was not finished.
  case keys(Int)
}

/// How far a scan has come.
package struct ScanStatus: Equatable, Sendable {
  package var done: Int
  package var total: Int?
  package var added: Int
  package var updated: Int
  package var moved: Int
  package var returned: Int
  package var missing: Int
  package var failed: Int

  package init(
    done: Int = 0, total: Int? = nil, added: Int = 0, updated: Int = 0, moved: Int = 0,
    returned: Int = 0, missing: Int = 0, failed: Int = 0
  ) {
    self.done = done
    self.total = total
    self.added = added
    self.updated = updated
    self.moved = moved
    self.returned = returned
    self.missing = missing
    self.failed = failed
  }
}
