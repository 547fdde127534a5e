import Foundation
import GRDB
import Music
import Taste

extension EmusDatabase {
  /// Everything that the listeners made, in one snapshot.
  package func archive() async throws -> Archive { try await read { try ArchiveRows.read($0) } }

  /// Puts an archive into a database in which no listener has made anything yet; all or nothing.
  ///
  /// Throws `StoreFault.notEmpty` where there is something already. A track is
  /// known again by its path, or else by its sound; one that was not scanned yet becomes a missing
  /// one, which a scan finds again likewise.
  package func restore(_ archive: Archive) async throws {
    try await write { try ArchiveRows.write(archive, $0) }
  }
}

/// An archive as rows of many tables.
enum ArchiveRows {
  static func read(_ db: Database) throws -> Archive {
    let memory = try MemoryRows.all(db)
    let listeners = try ListenerRows.all(db)
    let feedback = try listeners.flatMap { try FeedbackRow.log($0.id, after: 0, db) }
    let tracks = try tracks(resumed: memory[Archive.trackKey].flatMap { Int64($0) }, db)
    let archive = Archive(
      listeners: listeners.map { Listener(id: $0.id, name: $0.name) }, tracks: tracks,
      fingerprints: try fingerprints(of: tracks, db),
      feedback: feedback.sorted { $0.number < $1.number }, details: try details(db),
      smartPlaylists: try SmartPlaylistRows.texts(db), memory: memory)
    let numbers = Dictionary(
      uniqueKeysWithValues: archive.tracks.enumerated().map { place, track in
        (track.id, TrackID(Int64(place + 1)))
      })
    return archive.renumbered { numbers[$0] }
  }

  private static func tracks(resumed: Int64?, _ db: Database) throws -> [Track] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT \(TrackRow.columns) FROM track
        WHERE id IN (
          SELECT track FROM feedback UNION SELECT previous FROM feedback
          UNION SELECT track FROM detail UNION SELECT ?)
        ORDER BY path, ifnull(begins, -1), ifnull(ends, -1)
        """, arguments: [resumed]
    ).map(TrackRow.track)
  }

  private static func fingerprints(of tracks: [Track], _ db: Database) throws -> [TrackID: Int64] {
    var fingerprints: [TrackID: Int64] = [:]
    let statement = try db.cachedStatement(sql: fingerprintSQL)
    for track in tracks {
      fingerprints[track.id] = try Int64.fetchOne(statement, arguments: [track.id.rawValue])
    }
    return fingerprints
  }

  static let fingerprintSQL = "SELECT fingerprint FROM track WHERE id = ? AND fingerprint <> 0"

  private static func details(_ db: Database) throws -> [TrackID: TrackDetails] {
    var details: [TrackID: TrackDetails] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT track, \(DetailRows.columns) FROM detail")
    while let row = try rows.next() {
      details[TrackID(try row.decode(Int64.self, atIndex: 0))] =
        try DetailRows.details(row, at: 1)
    }
    return details
  }

  static func write(_ archive: Archive, _ db: Database) throws {
    try expectEmpty(db)
    for listener in archive.listeners where listener.id != .default {
      try ListenerRows.restore(listener, db)
    }
    var numbers: [TrackID: TrackID] = [:]
    let sounds = try Sounds(archive, db)
    for track in archive.tracks {
      numbers[track.id] =
        try CatalogWriting.known(track.location, db).map(TrackID.init(_:)) ?? sounds.track(track)
        ?? insertMissing(track, archive.fingerprints[track.id], db)
    }
    let spokenOf = archive.feedback.map(\.feedback.track) + archive.details.keys
    if let stray = spokenOf.first(where: { numbers[$0] == nil }) {
      throw StoreFault.unknownTrack(stray.rawValue)
    }
    let archive = archive.renumbered { numbers[$0] }
    for event in archive.feedback {
      _ = try FeedbackRow.append(event.feedback, number: event.number, db)
    }
    var search = try SearchRows(db)
    for (track, details) in archive.details {
      try DetailRows.write(details, of: track, &search, db)
    }
    try ListColumns.renew(db)
    for (name, text) in archive.smartPlaylists {
      try SmartPlaylistRows.save(name, text: text, db)
    }
    try MemoryRows.set(archive.memory, db)
  }

  private static func expectEmpty(_ db: Database) throws {
    let isFull = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (SELECT 1 FROM feedback) OR EXISTS (SELECT 1 FROM detail)
          OR EXISTS (SELECT 1 FROM smart_playlist)
          OR EXISTS (SELECT 1 FROM listener WHERE id <> ?)
        """, arguments: [ListenerID.default.rawValue])
    if isFull ?? true { throw StoreFault.notEmpty }
  }

  private static func insertMissing(
    _ track: Track, _ fingerprint: Int64?, _ db: Database
  ) throws -> TrackID {
    let unread = FileStamp(size: 0, modified: 0)
    let entry = ScanBatch.Entry(
      location: track.location, stamp: unread, tags: track.tags, fingerprint: fingerprint)
    var search = try SearchRows(db)
    try db.cachedStatement(sql: CatalogWriting.insertSQL).execute { row in
      TrackRow.fill(&row, entry, isDemo: track.isDemo, TrackRow.Names(), &search.texts)
      row.add(nil as Double?)
    }
    let id = db.lastInsertedRowID
    try db.cachedStatement(sql: "UPDATE track SET is_missing = 1 WHERE id = ?")
      .execute(arguments: [id])
    try search.insert(id, SearchRows.Entry(entry))
    return TrackID(id)
  }
}

extension ArchiveRows {
  /// The songs of the catalogue by how they sound, for an archive that was made where they lay at
  /// other paths. In doubt nothing is said: a history must not go to another song.
  private struct Sounds {
    /// A file's sound, and which piece of it.
    private struct Sound: Hashable {
      var fingerprint: Int64
      var start: Double?
      var end: Double?
    }

    private let archive: Archive
    /// Nil where several songs sound so.
    private var here: [Sound: Int64?] = [:]
    private var there: [Sound: Int] = [:]

    init(_ archive: Archive, _ db: Database) throws {
      self.archive = archive
      for track in archive.tracks {
        if let sound = sound(of: track) { there[sound, default: 0] += 1 }
      }
      guard !there.isEmpty else { return }
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT fingerprint, begins, ends, id FROM track NOT INDEXED
          WHERE fingerprint <> 0 AND is_missing = 0
          """)
      while let row = try rows.next() {
        let sound = Sound(
          fingerprint: try row.decode(Int64.self, atIndex: 0),
          start: try row.decode(Double?.self, atIndex: 1),
          end: try row.decode(Double?.self, atIndex: 2))
        let id = try row.decode(Int64.self, atIndex: 3)
        here[sound] = here[sound] == nil ? id : .some(nil)
      }
    }

    private func sound(of track: Track) -> Sound? {
      archive.fingerprints[track.id].map {
        Sound(fingerprint: $0, start: track.location.start, end: track.location.end)
      }
    }

    /// The one song that sounds like a track of the archive, if that has no double there either.
    func track(_ track: Track) -> TrackID? {
      guard let sound = sound(of: track), there[sound] == 1, let id = here[sound] ?? nil else {
        return nil
      }
      return TrackID(id)
    }
  }
}
