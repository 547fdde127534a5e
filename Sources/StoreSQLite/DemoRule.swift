import GRDB

/// Whose music counts: the pieces of the installation stand in only until the listener has their
/// own, and never stand beside it.
enum DemoRule {
  /// The recommender uses demo pieces for as long as there is no music of the listener's.
  static func playsDemo(_ db: Database) throws -> Bool {
    try !exists(db, "SELECT 1 FROM track WHERE is_demo = 0 AND is_missing = 0")
  }

  /// Lists show demo pieces until then, but not after a folder of the listener's was walked to its
  /// end: whoever scanned an empty folder must see that it is empty.
  static func showsDemo(_ db: Database) throws -> Bool {
    try playsDemo(db) && !exists(db, "SELECT 1 FROM folder WHERE is_demo = 0 AND was_walked = 1")
  }

  private static func exists(_ db: Database, _ sql: String) throws -> Bool {
    try Bool.fetchOne(db.cachedStatement(sql: "SELECT EXISTS (\(sql))")) ?? false
  }
}
