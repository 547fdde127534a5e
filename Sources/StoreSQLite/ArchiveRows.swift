import Foundation
import GRDB
import Music
import Taste

extension EmusDatabase {
  /// Everything that the listeners made, in one snapshot.
  package func archive() async throws -> Archive { try await read { try ArchiveRows.read($0) } }

  /// Puts an archive into a database in which no listener has made anything yet; all or nothing.
  ///
  /// Throws `StoreFault.notEmpty` where there is something already. Tracks that were not scanned yet
  /// become missing ones, which a scan finds again by their paths.
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
    let archive = Archive(
      listeners: listeners.map { Listener(id: $0.id, name: $0.name) },
      tracks: try tracks(resumed: memory[Archive.trackKey].flatMap { Int64($0) }, db),
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
    for track in archive.tracks { numbers[track.id] = try id(of: track, db) }
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

  /// The track at a place, made as a missing one where it is not known.
  private static func id(of track: Track, _ db: Database) throws -> TrackID {
    if let known = try CatalogWriting.known(track.location, db) { return TrackID(known) }
    let unread = FileStamp(size: 0, modified: 0)
    let entry = ScanBatch.Entry(location: track.location, stamp: unread, tags: track.tags)
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
