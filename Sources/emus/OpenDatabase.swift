import Glibc
import Music
import Perception
import StoreSQLite

/// Opens the home's database, or begins one; a fault names the file and the way out.
enum OpenDatabase {
  /// Nil where there is none yet; a folder that may not be entered is no such place.
  static func existing(_ home: Home, fresh: Bool = false) throws -> EmusDatabase? {
    guard let name = FileName.cString(home.database) else { return nil }
    if access(name, F_OK) == 0 { return try existingOrNew(home, fresh: fresh) }
    guard errno == EACCES else { return nil }
    throw Failure(.failed, "\(home.database): no permission to look there")
  }

  static func existingOrNew(_ home: Home, fresh: Bool = false) throws -> EmusDatabase {
    do {
      let database = try EmusDatabase.open(at: home.database)
      if fresh { try database.check() }
      return database
    } catch {
      let fault = error
      guard fault.canStartBeside else { throw Failure(.failed, fault.description) }
      guard fresh else {
        throw Failure(.failed, "\(fault.description) (emus --fresh-database)")
      }
      do {
        return try EmusDatabase.openFresh(beside: home.database)
      } catch {
        throw Failure(.failed, "\(error)")
      }
    }
  }
}

extension Catalog {
  /// The catalogue in a database, with moods guessed from tags.
  static func stored(in database: EmusDatabase) -> Catalog {
    live(database) { tags in
      .estimate(moodTag: tags.mood, genre: tags.genre, bpm: tags.bpm)
    }
  }
}
