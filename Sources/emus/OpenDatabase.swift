import StoreSQLite

/// Opens the home's database, or begins one; a fault names the file and the way out.
enum OpenDatabase {
  static func existingOrNew(_ home: Home, fresh: Bool = false) throws -> EmusDatabase {
    do {
      return try EmusDatabase.open(at: home.database)
    } catch let fault as DatabaseFault {
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
