import Foundation
import GRDB
import Music

/// Playlists that scans found: the table `found_playlist`. What a list says is kept as XSPF, the one
/// format that loses nothing, so that showing it needs no disk but ours.
enum FoundPlaylistRows {
  private static let columns = "path, size, modified, list, problem"

  static func all(_ db: Database, _ cache: FoundPlaylistCache) throws -> [FoundPlaylist] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT path, size, modified FROM found_playlist ORDER BY path")
    let all = try rows.compactMap { row in
      let path = try TrackRow.bytes(row, 0)
      return try cache[path, try stamp(row)] ?? load(path, db)
    }
    cache.keep(all)
    return all
  }

  static func load(_ path: [UInt8], _ db: Database) throws -> FoundPlaylist? {
    try Row.fetchOne(
      db, sql: "SELECT \(columns) FROM found_playlist WHERE path = ?", arguments: [Data(path)]
    ).map(playlist)
  }

  static func stamps(below folder: [UInt8], _ db: Database) throws -> [[UInt8]: FileStamp] {
    let range = PathRange(below: folder)
    let rows = try Row.fetchAll(
      db, sql: "SELECT path, size, modified FROM found_playlist WHERE path >= ? AND path < ?",
      arguments: [range.first, range.end])
    var stamps: [[UInt8]: FileStamp] = [:]
    for row in rows { stamps[try TrackRow.bytes(row, 0)] = try stamp(row) }
    return stamps
  }

  static func write(_ read: [FoundPlaylist], gone: [[UInt8]], _ db: Database) throws {
    for playlist in read {
      let (list, problem): (Data?, String?) =
        switch playlist.contents {
        case .success(let list): (Data(list.bytes(as: .xspf)), nil)
        case .failure(let fault): (nil, fault.description)
        }
      try db.execute(
        sql: "INSERT OR REPLACE INTO found_playlist (\(columns)) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          Data(playlist.path), playlist.stamp.size, playlist.stamp.modified, list, problem,
        ])
    }
    for path in gone {
      try db.execute(sql: "DELETE FROM found_playlist WHERE path = ?", arguments: [Data(path)])
    }
  }

  private static func playlist(_ row: Row) throws -> FoundPlaylist {
    FoundPlaylist(
      path: try TrackRow.bytes(row, 0), stamp: try stamp(row), contents: try contents(row))
  }

  private static func contents(_ row: Row) throws -> Result<Playlist, PlaylistFault> {
    if let problem = try row.decode(String?.self, atIndex: 4) {
      return .failure(PlaylistFault(reason: problem))
    }
    let bytes = try TrackRow.bytes(row, 3)
    do throws(PlaylistFault) {
      return .success(try Playlist(bytes, format: .xspf, folder: []))
    } catch { return .failure(error) }
  }

  private static func stamp(_ row: Row) throws -> FileStamp {
    FileStamp(
      size: try row.decode(Int64.self, atIndex: 1), modified: try row.decode(Int64.self, atIndex: 2)
    )
  }
}
