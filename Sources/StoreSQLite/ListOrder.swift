import GRDB

/// The order of the list as numbers: which place each track has, which track stands at each place,
/// and the numbers that a query may ask about. Sets of tracks are sets of places, so that what is
/// found is in order without sorting.
///
/// Four bytes a track and `ListColumns`; good for one revision of the catalogue.
struct ListOrder: Sendable {
  /// What the order was read at.
  struct Stamp: Hashable, Sendable {
    var revision: Int64
    var showsDemo: Bool
  }

  let stamp: Stamp
  let columns: ListColumns
  /// By the track's number; -1 for tracks that are not in the list.
  private let places: [Int32]

  /// Takes what the last scan kept, where it is of this revision; else reads the index.
  init(_ stamp: Stamp, _ db: Database) throws {
    self.init(stamp, try ListColumns.kept(stamp, db) ?? ListColumns(stamp, db))
  }

  private init(_ stamp: Stamp, _ columns: ListColumns) {
    var places = [Int32](repeating: -1, count: Int(columns.ids.max() ?? 0) + 1)
    for (place, id) in columns.ids.enumerated() { places[Int(id)] = Int32(place) }
    self.stamp = stamp
    self.columns = columns
    self.places = places
  }

  var count: Int { columns.ids.count }

  func id(at place: Int) -> Int64 { Int64(columns.ids[place]) }

  /// Nil for tracks that are not in the list: missing ones, and demo pieces beside own music.
  func place(of id: Int64) -> Int? {
    guard id >= 0, id < places.count, places[Int(id)] >= 0 else { return nil }
    return Int(places[Int(id)])
  }
}
