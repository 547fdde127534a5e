import Glibc
import Synchronization

/// Looks at the file before SQLite does, so that a file that is not ours stays byte for byte as
/// it is, and keeps it and its companions readable by their owner only.
enum DatabaseFile {
  /// Makes the folder and the file where they are missing, and refuses what is not ours.
  ///
  /// - returns: A mark to be kept for as long as the file is open.
  static func prepare(_ path: String) throws(DatabaseFault) -> OpenFileMark {
    let mark: OpenFileMark
    let fault: DatabaseFault?
    do throws(PosixError) {
      if let folder = PosixFile.folder(of: path) { try PosixFile.makeFolder(folder) }
      let status = try makeIfMissing(path)
      mark = OpenFileMark(status.identity)
      fault = mark.isFirst ? try inspect(path, status) : nil
      if fault == nil {
        for suffix in ["", "-wal", "-shm"] { try PosixFile.restrict(path + suffix) }
      }
    } catch { throw DatabaseFault(error, path: path) }
    if let fault { throw fault }
    return mark
  }

  private static func makeIfMissing(_ path: String) throws(PosixError) -> FileStatus {
    if let status = try PosixFile.status(of: path) { return status }
    _ = try PosixFile(openingAt: path, creating: true)
    guard let status = try PosixFile.status(of: path) else { throw PosixError(code: ENOENT) }
    return status
  }

  private static func inspect(
    _ path: String, _ status: FileStatus
  ) throws(PosixError) -> DatabaseFault? {
    guard status.isRegular else { return .notADatabase(path: path) }
    let head = try PosixFile(openingAt: path).head(DatabaseHeader.length)
    let hasLog = try (PosixFile.status(of: path + "-wal")?.size ?? 0) > 0
    // Last: another process may be making the file, which must not look cut short for it.
    let size = try PosixFile.status(of: path)?.size ?? 0
    return fault(head: head, size: size, hasLog: hasLog, path: path)
  }

  /// What is wrong with a file, judged by its first bytes; nil where it is empty or ours.
  ///
  /// While a write-ahead log exists the file may be shorter than its header says: the rest is in
  /// the log.
  static func fault(head: [UInt8], size: Int64, hasLog: Bool, path: String) -> DatabaseFault? {
    if head.isEmpty { return nil }
    guard let header = DatabaseHeader(head) else {
      let isCutShort = head.starts(with: DatabaseHeader.magic)
      return isCutShort ? .corrupt(path: path) : .notADatabase(path: path)
    }
    guard header.applicationID == DatabaseHeader.applicationID else { return .foreign(path: path) }
    if !hasLog, let pages = header.pageCount, Int64(pages * header.pageSize) > size {
      return .corrupt(path: path)
    }
    return nil
  }
}

/// Says for as long as it lives that this process has a file open.
///
/// Closing any descriptor of a file drops this process's POSIX locks on it, SQLite's among them
/// (https://www.sqlite.org/howtocorrupt.html, section 2.2): only the first to open a file may
/// look into it with a descriptor of its own.
final class OpenFileMark: Sendable {
  private static let counts = Mutex<[FileIdentity: Int]>([:])

  private let identity: FileIdentity
  /// No other mark of the file existed when this one was made.
  let isFirst: Bool

  init(_ identity: FileIdentity) {
    self.identity = identity
    isFirst = Self.counts.withLock { counts in
      counts[identity, default: 0] += 1
      return counts[identity] == 1
    }
  }

  deinit {
    Self.counts.withLock { [identity] counts in
      counts[identity] = (counts[identity] ?? 1) - 1
      if counts[identity] == 0 { counts[identity] = nil }
    }
  }
}
