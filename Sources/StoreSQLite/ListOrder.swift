import GRDB

/// The order of the list as numbers: which place each track has, and which track stands at each
/// place. Sets of tracks are sets of places, so that what is found is in order without sorting.
///
/// Four bytes a track and eight a place; good for one revision of the catalogue.
struct ListOrder: Sendable {
  /// What the order was read at.
  struct Stamp: Hashable, Sendable {
    var revision: Int64
    var showsDemo: Bool
  }

  let stamp: Stamp
  private let ids: [Int64]
  /// By the track's number; -1 for tracks that are not in the list.
  private let places: [Int32]

  /// Numbers are given one after another, and a file that says otherwise is damaged: its numbers
  /// must not ask for memory without end.
  private static let highestID: Int64 = 100_000_000

  init(_ stamp: Stamp, _ db: Database) throws {
    let ids = try Int64.fetchAll(
      db.cachedStatement(sql: CatalogReading.listSQL), arguments: [stamp.showsDemo])
    let highest = ids.max() ?? 0
    guard highest <= Self.highestID, ids.allSatisfy({ $0 >= 0 }) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT)
    }
    var places = [Int32](repeating: -1, count: Int(highest) + 1)
    for (place, id) in ids.enumerated() { places[Int(id)] = Int32(place) }
    self.stamp = stamp
    self.ids = ids
    self.places = places
  }

  var count: Int { ids.count }

  func id(at place: Int) -> Int64 { ids[place] }

  /// Nil for tracks that are not in the list: missing ones, and demo pieces beside own music.
  func place(of id: Int64) -> Int? {
    guard id >= 0, id < places.count, places[Int(id)] >= 0 else { return nil }
    return Int(places[Int(id)])
  }
}
