import Foundation
import GRDB
import Music

/// The pieces of a cue sheet whose times were corrected: within one file a piece is known again by
/// its number and title, and its track goes to where it begins now.
extension CatalogWriting {
  /// A number and a folded title.
  private struct PieceName: Hashable {
    var number: Int?
    var title: String?

    init(_ number: Int?, _ title: String?) {
      self.number = number
      self.title = title.map { Folding.fold($0) }
    }
  }

  private struct KnownPiece {
    var id: Int64
    var location: Location
    var name: PieceName
    var isMissing: Bool
  }

  mutating func settlePieces() throws {
    guard batch.entries.contains(where: { $0.location.isPart }) else { return }
    let files = Dictionary(
      grouping: batch.entries.filter { $0.location.isPart }, by: \.location.path)
    for (path, entries) in files {
      let pieces = try knownPieces(of: path)
      if !pieces.isEmpty { try settle(entries, pieces) }
    }
  }

  private func knownPieces(of path: [UInt8]) throws -> [KnownPiece] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, begins, ends, number, title, is_missing FROM track
          WHERE path = ? AND is_demo = 0 AND (begins IS NOT NULL OR ends IS NOT NULL)
          """), arguments: [Data(path)]
    ).map { row in
      KnownPiece(
        id: try row.decode(Int64.self, atIndex: 0),
        location: Location(
          path: path, start: try row.decode(Double?.self, atIndex: 1),
          end: try row.decode(Double?.self, atIndex: 2)),
        name: PieceName(
          try row.decode(Int?.self, atIndex: 3), try row.decode(String?.self, atIndex: 4)),
        isMissing: try row.decode(Bool.self, atIndex: 5))
    }
  }

  private func settle(_ entries: [ScanBatch.Entry], _ pieces: [KnownPiece]) throws {
    let wanted = Dictionary(grouping: entries) { PieceName($0.tags.track, $0.tags.title) }
    let known = Dictionary(grouping: pieces, by: \.name)
    var leaving: [(piece: KnownPiece, to: Location)] = []
    for (name, entries) in wanted {
      guard entries.count == 1, let entry = entries.first,
        let piece = Self.only(known[name] ?? []), piece.location != entry.location
      else { continue }
      leaving.append((piece, entry.location))
    }
    guard !leaving.isEmpty else { return }
    try makeRoom(pieces, Set(leaving.map(\.piece.id)), Set(leaving.map(\.to)))
    // Two may change places: first all leave for where nobody is, then all arrive. -1 is the index's
    // word for none.
    for (piece, _) in leaving { try place(piece, -1 - Double(piece.id), nil) }
    for (piece, location) in leaving { try place(piece, location.start, location.end) }
  }

  /// The one that is meant by a name: those that lists show come first.
  private static func only(_ pieces: [KnownPiece]) -> KnownPiece? {
    let shown = pieces.filter { !$0.isMissing }
    let candidates = shown.isEmpty ? pieces : shown
    return candidates.count == 1 ? candidates.first : nil
  }

  /// What stays, where another piece comes, is no more: it waits for good, as nothing sounds like it.
  private func makeRoom(
    _ pieces: [KnownPiece], _ leaving: Set<Int64>, _ taken: Set<Location>
  ) throws {
    for piece in pieces where !leaving.contains(piece.id) && taken.contains(piece.location) {
      try db.cachedStatement(
        sql: "UPDATE OR IGNORE track SET path = ?, is_missing = 1, fingerprint = 0 WHERE id = ?"
      ).execute(arguments: [
        Data(FormerPlace.of(piece.location.path, number: piece.id)), piece.id,
      ])
    }
  }

  private func place(_ piece: KnownPiece, _ start: Double?, _ end: Double?) throws {
    try db.cachedStatement(sql: "UPDATE track SET begins = ?, ends = ? WHERE id = ?")
      .execute(arguments: [start, end, piece.id])
  }
}
