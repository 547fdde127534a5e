import GRDB
import Glibc
import Music

/// When songs came into the library: by days of this machine's time zone, or by how long ago. What
/// came before that was written down came before everything else.
extension QueryEvaluation {
  static let addedSQL = "SELECT id FROM track WHERE added >= ? AND added < ?"
  static let unknownAddedSQL = "SELECT id FROM track WHERE added IS NULL"

  func added(on days: Query.Bounds) throws -> PlaceSet {
    try added(
      from: days.lower.map(Self.start), to: days.upper.map { Self.start(ofDay: $0 + 1) })
  }

  /// Hours ago; without a time to count from nothing is found.
  func added(ago hours: Query.Bounds) throws -> PlaceSet {
    guard let time else { return nothing }
    let hour = 3600.0
    let oldest = hours.upper.map { time - Double($0 + 1) * hour }
    // A clock that was set back makes no song younger than now.
    let youngest = hours.lower.flatMap { $0 == 0 ? nil : time - Double($0) * hour }
    return try added(from: oldest, to: youngest)
  }

  private func added(from first: Double?, to end: Double?) throws -> PlaceSet {
    var found = try tracks(Self.addedSQL, first ?? -.infinity, end ?? .infinity)
    guard first == nil else { return found }
    let ids = try Int64.fetchCursor(db.cachedStatement(sql: Self.unknownAddedSQL))
    while let id = try ids.next() {
      if let place = order.place(of: id) { found.insert(place) }
    }
    return found
  }

  /// Seconds since 1970 at which a day begins here. The C function is `mktime`.
  static func start(ofDay day: Int) -> Double {
    let date = CalendarDay.date(day)
    var parts = tm()
    parts.tm_year = Int32(date.year - 1900)
    parts.tm_mon = Int32(date.month - 1)
    parts.tm_mday = Int32(date.day)
    parts.tm_isdst = -1
    return Double(mktime(&parts))
  }
}
