import GRDB
import Glibc

/// Why the database cannot be used: one clear line that names the file and says what to do.
///
/// Every error of SQLite becomes one of these before it leaves the adapter. No fault deletes or
/// rewrites anything.
package enum DatabaseFault: Error, Equatable, CustomStringConvertible {
  /// The file is no SQLite database at all. Left untouched.
  case notADatabase(path: String)
  /// The file is another program's database. Left untouched.
  case foreign(path: String)
  /// The file is damaged or cut short.
  case corrupt(path: String)
  /// The file was written by a later version of this program.
  case newer(path: String)
  /// The file or its folder may not be read and written.
  case noPermission(path: String)
  case diskFull(path: String)
  /// Another program kept the file locked for five seconds.
  case locked(path: String)
  /// Anything else, in the words of SQLite or of the system.
  case failed(path: String, reason: String)

  package var description: String {
    switch self {
    case .notADatabase(let path):
      "\(path): not a database, left untouched; move it away or begin a new one beside it"
    case .foreign(let path):
      "\(path): another program's database, left untouched; "
        + "move it away or begin a new one beside it"
    case .corrupt(let path):
      "\(path): the database is damaged; put a copy back or begin a new one beside it"
    case .newer(let path):
      "\(path): written by a newer EMUS; update EMUS or begin a new one beside it"
    case .noPermission(let path):
      "\(path): permission denied; the file and its folder must be yours to read and write"
    case .diskFull(let path):
      "\(path): the disk is full; free some space; what was stored before is kept"
    case .locked(let path):
      "\(path): locked by another program for more than 5 s; end it and try again"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }

  /// True where a new database beside this one (`EmusDatabase.openFresh`) is a way out.
  package var canStartBeside: Bool {
    switch self {
    case .notADatabase, .foreign, .corrupt, .newer: true
    case .noPermission, .diskFull, .locked, .failed: false
    }
  }
}

extension DatabaseFault {
  /// Names what SQLite reported about the file at `path`.
  ///
  /// Result codes: https://www.sqlite.org/rescode.html
  init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB: self = .notADatabase(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path)
    case .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: self = .noPermission(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_IOERR, .SQLITE_CANTOPEN: self = Self.unusable(error, path: path)
    default: self = .failed(path: path, reason: error.message ?? "SQLite error \(error.resultCode)")
    }
  }

  /// SQLite says "I/O error" or "cannot open" for full disks and for missing rights as well.
  private static func unusable(_ error: DatabaseError, path: String) -> DatabaseFault {
    let smallestUsefulSpace: UInt64 = 128 * 1024
    if let free = PosixFile.freeBytes(at: path), free < smallestUsefulSpace {
      return .diskFull(path: path)
    }
    if !PosixFile.isAccessible(path) || !PosixFile.isAccessible(PosixFile.folder(of: path) ?? ".") {
      return .noPermission(path: path)
    }
    return .failed(path: path, reason: error.message ?? "SQLite error \(error.resultCode)")
  }

  init(_ error: PosixError, path: String) {
    switch error.code {
    case EACCES, EPERM, EROFS: self = .noPermission(path: path)
    case ENOSPC, EDQUOT: self = .diskFull(path: path)
    case EISDIR, ENXIO: self = .notADatabase(path: path)
    default: self = .failed(path: path, reason: error.text)
    }
  }
}
