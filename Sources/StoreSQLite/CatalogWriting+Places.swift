import Foundation
import GRDB
import Music

/// Which tracks keep their place, which go to another and which make room, before the entries of a
/// batch are written: so that whatever hangs on a track stays with its song.
extension CatalogWriting {
  // MARK: - Room

  mutating func vacate(_ vacancy: ScanBatch.Vacancy) throws {
    try vacate(
      vacancy.path, number: vacancy.number, isMissing: !vacancy.isFollowed)
  }

  /// Takes all tracks of a file to where they wait for their sound. Their names, and with them what
  /// searches hold, stay as they are.
  private mutating func vacate(_ path: [UInt8], number: Int64, isMissing: Bool) throws {
    if isMissing { try markMissing(path) }
    try db.cachedStatement(sql: Self.vacateSQL)
      .execute(arguments: [Data(FormerPlace.of(path, number: number)), Data(path)])
    replaced.remove(path)
  }

  static let vacateSQL = """
    UPDATE OR IGNORE track SET path = ?, is_missing = 1 WHERE path = ? AND is_demo = 0
    """

  /// Of files that may be another song: where no entry says what a track there says, all make room.
  mutating func settleDoubts() throws {
    guard !batch.doubtful.isEmpty else { return }
    let files = Dictionary(
      grouping: batch.entries.filter { batch.doubtful[$0.location.path] != nil },
      by: \.location.path)
    for (path, entries) in files {
      guard let doubt = batch.doubtful[path] else { continue }
      let songs = try KnownSong.all(at: path, db)
      let isItself = KnownSong.current(songs).contains { song in
        entries.contains { song.isNamed($0.tags, doubt) }
      }
      guard !isItself, let number = songs.map(\.id).min() else { continue }
      try vacate(path, number: number, isMissing: true)
    }
  }

  // MARK: - Moves

  mutating func takeMoves() throws {
    for entry in batch.entries {
      if let former = entry.formerPath { try move(from: former, to: entry.location.path) }
    }
  }

  /// Takes all that is known under one path to another, where nothing is known yet: a file that
  /// was there before comes back as itself, and what was under the other path is missing.
  private mutating func move(from former: [UInt8], to path: [UInt8]) throws {
    guard !arrived.contains(path) else { return }
    let before = try parts(of: former)
    try db.cachedStatement(sql: Self.moveSQL).execute(arguments: [Data(path), Data(former)])
    guard db.changesCount > 0 else { return try markMissing(former) }
    tally.moved += 1
    arrived.insert(path)
    for (id, old) in before {
      guard let new = try SearchRows.entry(id, db) else { continue }
      try search.update(id, from: old, to: new)
    }
  }

  /// The tracks of one file, with what the index holds of them: a file's name may be its title.
  private func parts(of path: [UInt8]) throws -> [(id: Int64, text: SearchRows.Entry)] {
    let ids = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM track WHERE path = ? AND is_demo = 0"),
      arguments: [Data(path)])
    return try ids.compactMap { id in try SearchRows.entry(id, db).map { (id, $0) } }
  }

  static let moveSQL = """
    UPDATE track SET path = ?1, is_missing = 1
    WHERE path = ?2 AND is_demo = 0 AND NOT EXISTS (SELECT 1 FROM track WHERE path = ?1)
    """
}

/// A track at the path of a file of which nobody knows whether it still is that track.
private struct KnownSong {
  var id: Int64
  private var title: String?
  private var artist: String?
  private var duration: Double?
  private var isMissing: Bool

  static func all(at path: [UInt8], _ db: Database) throws -> [KnownSong] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, title, artist, duration, is_missing FROM track WHERE path = ? AND is_demo = 0
          """), arguments: [Data(path)]
    ).map { row in
      KnownSong(
        id: try row.decode(Int64.self, atIndex: 0),
        title: try row.decode(String?.self, atIndex: 1),
        artist: try row.decode(String?.self, atIndex: 2),
        duration: try row.decode(Double?.self, atIndex: 3),
        isMissing: try row.decode(Bool.self, atIndex: 4))
    }
  }

  /// Beside the tracks that lists show, missing ones of the same path are of another time.
  static func current(_ songs: [KnownSong]) -> [KnownSong] {
    let shown = songs.filter { !$0.isMissing }
    return shown.isEmpty ? songs : shown
  }

  /// Whether a file's tags name this song. One that sounds otherwise has to say title and artist;
  /// of one whose sound nobody knows it is enough that they, or their absence and the length, are
  /// the same.
  func isNamed(_ tags: Tags, _ doubt: ScanBatch.Doubt) -> Bool {
    guard Self.fold(title) == Self.fold(tags.title), Self.fold(artist) == Self.fold(tags.artist)
    else { return false }
    switch doubt {
    case .otherSound: return title != nil && artist != nil
    case .unknownSound:
      guard title == nil, let duration, let other = tags.duration else { return true }
      return abs(duration - other) < 0.01
    }
  }

  private static func fold(_ text: String?) -> String? { text.map { Folding.fold($0) } }
}
