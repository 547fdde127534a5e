import Music
import Synchronization

/// The reading of a scan's files, kept so far ahead of the writing that the tag workers never wait
/// for the catalogue, nor it for them longer than it must. `Scan` asks for reading as it writes and
/// takes what is there; this hands answers out in the order of the files, each once, and decides
/// nothing about them.
struct ReadAhead {
  /// Files asked for at a time.
  static let pace = 500
  /// Files that are being read or wait to be written, at most: their tags lie in memory.
  static let limit = Scan.batchSizes.upperBound

  /// Some files that follow one another, and what was read of each.
  struct Batch {
    var files: ArraySlice<FolderWalk.File>
    var answers: [Result<Tags, TagFault>]
  }

  private let files: [FolderWalk.File]
  /// By the place of the first file.
  private let answers: Answers
  /// Places of the first file that was not asked for, and of the first that was not handed out.
  private var asked: Int
  private var taken = 0

  /// `early` are the answers for the first of the files.
  init(_ files: [FolderWalk.File], early: [Result<Tags, TagFault>]) {
    self.files = files
    answers = Answers(early)
    asked = early.count
  }

  /// Begins to read what lies within the limit.
  mutating func ask(_ group: inout ThrowingTaskGroup<Void, any Error>, _ read: @escaping TagReading)
  {
    while asked < files.count, asked - taken < Self.limit {
      let start = asked
      let paths = files[start...].prefix(Self.pace).map(\.path)
      group.addTask { [answers] in answers.add(try await read(paths), at: start) }
      asked += paths.count
    }
  }

  /// Waits for the answers that come next, and takes those behind them that are there too, up to
  /// `size` files (all early ones, however many); nil where all were taken. Throws what the reading
  /// throws, and `CancellationError` where nobody was asked for what comes next.
  mutating func take(
    _ group: inout ThrowingTaskGroup<Void, any Error>, atMost size: Int
  ) async throws -> Batch? {
    guard taken < files.count else { return nil }
    var batch = try await next(&group)
    while batch.count + Self.pace <= size, let more = answers.remove(at: taken + batch.count) {
      batch += more
    }
    defer { taken += batch.count }
    return Batch(files: files[taken..<taken + batch.count], answers: batch)
  }

  private func next(
    _ group: inout ThrowingTaskGroup<Void, any Error>
  ) async throws -> [Result<Tags, TagFault>] {
    while true {
      if let found = answers.remove(at: taken) { return found }
      if try await group.next() == nil { throw CancellationError() }
    }
  }

  /// What was read and not handed out; filled by the tasks of the group.
  private final class Answers: Sendable {
    private let byStart: Mutex<[Int: [Result<Tags, TagFault>]]>

    init(_ early: [Result<Tags, TagFault>]) { byStart = Mutex(early.isEmpty ? [:] : [0: early]) }

    func add(_ answers: [Result<Tags, TagFault>], at start: Int) {
      byStart.withLock { $0[start] = answers }
    }

    func remove(at start: Int) -> [Result<Tags, TagFault>]? {
      byStart.withLock { $0.removeValue(forKey: start) }
    }
  }
}
