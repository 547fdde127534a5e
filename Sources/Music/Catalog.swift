/// The port to the listener's music: what tracks there are. `live` is in `StoreSQLite`.
///
/// Lists are read a window at a time; nothing above this port ever holds all tracks, except the
/// recommender's table of numbers.
package struct Catalog: Sendable {
  /// A window of the rows that match a query, with how many match in all.
  package var page: @Sendable (CatalogQuery, Range<Int>) async throws -> CatalogPage
  /// Tracks by id, in the order asked for; unknown ids are left out.
  package var tracks: @Sendable ([TrackID]) async throws -> [Track]
  /// The tracks at these places, in their order: whole files, or the pieces that begin there to a
  /// hundredth of a second; nil where there is none.
  package var locate: @Sendable ([Location]) async throws -> [TrackID?]
  /// The tracks in the lists that have such a title and artist, case and accents apart, in the order
  /// of the names.
  package var named: @Sendable ([SongName]) async throws -> [[TrackID]]
  /// How many rows match a query as it is, without forgiving slips, and how long they are.
  package var total: @Sendable (CatalogQuery) async throws -> CatalogTotal
  /// What became of a track; nil where there is none of that number. Without a listener's number
  /// nobody's plays and ratings count.
  package var history: @Sendable (TrackID, _ listener: Int64?) async throws -> TrackRecord?
  /// Numbers about every track that may be recommended (the demo pieces while there is no own music).
  package var facts: @Sendable () async throws -> [TrackFacts]
  /// The listener's folders scanned so far, as absolute paths; not those of demo pieces.
  package var folders: @Sendable () async throws -> [[UInt8]]
  /// Size and time of every known file under a folder, by path; not of files marked missing, so
  /// that one that came back is written again.
  package var stamps: @Sendable (_ folder: [UInt8]) async throws -> [[UInt8]: FileStamp]
  /// Writes one batch of a scan in one transaction.
  package var write: @Sendable (ScanBatch) async throws -> ScanTally
  /// Queries that have a name.
  package var smartPlaylists: SmartPlaylists
  /// Playlists that lie in the listener's folders.
  package var foundPlaylists: FoundPlaylists

  /// Keeps imported details in one transaction: all or none. What a track had stays where the new
  /// ones say nothing. Tells now and then how many are written, from any thread.
  package var describe:
    @Sendable (
      [TrackID: TrackDetails], _ progress: @escaping @Sendable (_ done: Int) -> Void
    ) async throws -> Void

  /// What scans know of the files themselves.
  package var files: CatalogFiles

  package init(
    page: @escaping @Sendable (CatalogQuery, Range<Int>) async throws -> CatalogPage,
    tracks: @escaping @Sendable ([TrackID]) async throws -> [Track],
    locate: @escaping @Sendable ([Location]) async throws -> [TrackID?] = { places in
      places.map { _ in nil }
    },
    named: @escaping @Sendable ([SongName]) async throws -> [[TrackID]] = { names in
      names.map { _ in [] }
    },
    total: @escaping @Sendable (CatalogQuery) async throws -> CatalogTotal = { _ in
      CatalogTotal(count: 0, seconds: 0)
    },
    history: @escaping @Sendable (TrackID, _ listener: Int64?) async throws -> TrackRecord? = {
      _, _ in nil
    },
    facts: @escaping @Sendable () async throws -> [TrackFacts],
    folders: @escaping @Sendable () async throws -> [[UInt8]],
    stamps: @escaping @Sendable (_ folder: [UInt8]) async throws -> [[UInt8]: FileStamp],
    write: @escaping @Sendable (ScanBatch) async throws -> ScanTally,
    smartPlaylists: SmartPlaylists = .silent, foundPlaylists: FoundPlaylists = .silent,
    describe:
      @escaping @Sendable (
        [TrackID: TrackDetails], _ progress: @escaping @Sendable (_ done: Int) -> Void
      ) async throws -> Void = { _, _ in },
    files: CatalogFiles = .silent
  ) {
    self.page = page
    self.tracks = tracks
    self.locate = locate
    self.named = named
    self.total = total
    self.history = history
    self.facts = facts
    self.folders = folders
    self.stamps = stamps
    self.write = write
    self.smartPlaylists = smartPlaylists
    self.foundPlaylists = foundPlaylists
    self.describe = describe
    self.files = files
  }

  /// An empty catalogue that keeps nothing.
  package static let silent = Catalog(
    page: { _, _ in CatalogPage(total: 0, rows: []) }, tracks: { _ in [] }, facts: { [] },
    folders: { [] }, stamps: { _ in [:] }, write: { _ in ScanTally() })
}

/// The numbers about one track that choosing needs; 20,000 of them stay in memory.
package struct TrackFacts: Equatable, Sendable {
  package var id: TrackID
  /// The same number for the same artist; -1 is unknown.
  package var artist: Int32
  /// The same number for the same album; -1 is unknown.
  package var album: Int32
  package var mood: TrackMood
  /// Rating from the file's tags, 1...10; 0 is none.
  package var taggedRating: Int8
  /// Seconds; 0 is unknown.
  package var duration: Float

  package init(
    id: TrackID, artist: Int32, album: Int32, mood: TrackMood, taggedRating: Int8 = 0,
    duration: Float = 0
  ) {
    self.id = id
    self.artist = artist
    self.album = album
    self.mood = mood
    self.taggedRating = taggedRating
    self.duration = duration
  }
}

/// A file's size in bytes and time of last change in nanoseconds since 1970: the same stamp
/// means that the file need not be read again.
package struct FileStamp: Hashable, Sendable {
  package var size: Int64
  package var modified: Int64

  package init(size: Int64, modified: Int64) {
    self.size = size
    self.modified = modified
  }
}

/// One batch of a scan.
package struct ScanBatch: Equatable, Sendable {
  package struct Entry: Equatable, Sendable {
    package var location: Location
    package var stamp: FileStamp
    package var tags: Tags
    /// Of the file, where it was made already.
    package var fingerprint: Int64?
    /// Where the file was before: what is known under that path, parts and all, is this now.
    package var formerPath: [UInt8]?

    package init(
      location: Location, stamp: FileStamp, tags: Tags, fingerprint: Int64? = nil,
      formerPath: [UInt8]? = nil
    ) {
      self.location = location
      self.stamp = stamp
      self.tags = tags
      self.fingerprint = fingerprint
      self.formerPath = formerPath
    }
  }

  /// A path whose file is known to hold another song than the tracks that are known there: they
  /// make room and wait at their `FormerPlace`.
  package struct Vacancy: Equatable, Sendable {
    package var path: [UInt8]
    /// Of one of the tracks.
    package var number: Int64
    /// Their sound was found elsewhere, and an entry of this scan will name their former place:
    /// they are not counted as missing.
    package var isFollowed: Bool

    package init(path: [UInt8], number: Int64, isFollowed: Bool) {
      self.path = path
      self.number = number
      self.isFollowed = isFollowed
    }

    /// Where they wait.
    package var place: [UInt8] { FormerPlace.of(path, number: number) }
  }

  /// Why a file may be another song than what is known at its path.
  package enum Doubt: Sendable {
    /// The sound is another, and the old one was met nowhere: edited, encoded anew, or replaced.
    case otherSound
    /// Nobody knows what sound it had.
    case unknownSound
  }

  /// The folder being scanned, absolute; remembered as a known folder.
  package var folder: [UInt8]
  package var entries: [Entry]
  /// Paths that were known and are gone: kept as "missing" with their history.
  package var missing: [[UInt8]]
  /// Known paths of which the entries say all: a part of such a file that is not among them is
  /// missing from now on, and in no count.
  package var replaced: [[UInt8]] = []
  /// Whose places are taken, before anything else is written.
  package var vacated: [Vacancy] = []
  /// Files among the entries, by path, that are what is known there only where they still say so:
  /// by title and artist. Where they do not, what is known makes room and is missing.
  package var doubtful: [[UInt8]: Doubt] = [:]
  /// The pieces belong to the installation, not to the listener.
  package var isDemo: Bool
  /// The last batch: the folder was walked to its end. From then on the lists hold no demo piece,
  /// even if no music was found.
  package var isLast: Bool
  /// When the music came, seconds since 1970: what is new keeps it; nil where nobody says.
  package var time: Double?

  package init(
    folder: [UInt8], entries: [Entry] = [], missing: [[UInt8]] = [], isDemo: Bool = false,
    isLast: Bool = false, time: Double? = nil
  ) {
    self.folder = folder
    self.entries = entries
    self.missing = missing
    self.isDemo = isDemo
    self.isLast = isLast
    self.time = time
  }
}

/// What a batch has come to, in files: one with a cue sheet counts once, however many pieces.
package struct ScanTally: Equatable, Sendable {
  package var added = 0
  package var updated = 0
  package var missing = 0
  /// Found under another path; not in `updated`.
  package var moved = 0
  /// Missing until now and there again; not in `updated`.
  package var returned = 0

  package init(
    added: Int = 0, updated: Int = 0, missing: Int = 0, moved: Int = 0, returned: Int = 0
  ) {
    self.added = added
    self.updated = updated
    self.missing = missing
    self.moved = moved
    self.returned = returned
  }
}
