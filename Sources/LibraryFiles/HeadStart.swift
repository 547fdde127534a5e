import Music
import Synchronization

/// Reads the first files of a folder of which nothing is known while the rest of it is still being
/// walked: the tag workers would wait for the walk, which is a tenth of a first scan. A step of
/// `Scan` before it knows what is new; where anything is known below the folder it reads nothing,
/// and it never writes.
final class HeadStart: Sendable {
  /// Files read at a time, or a few more.
  static let pace = 250
  /// Files at most: their answers wait in memory, and become the first transaction.
  static let limit = Scan.batchSizes.upperBound

  private let catalog: Catalog
  private let read: TagReading
  private let folders: AsyncStream<[[UInt8]]>
  private let continuation: AsyncStream<[[UInt8]]>.Continuation
  /// The walk has ended, or nothing more is to be read.
  private let isOver = Atomic(false)

  init(catalog: Catalog, read: @escaping TagReading) {
    self.catalog = catalog
    self.read = read
    (folders, continuation) = AsyncStream.makeStream()
  }

  /// The walk found these, in the order of its files.
  func found(_ files: ArraySlice<FolderWalk.File>) {
    if !isOver.load(ordering: .relaxed) { continuation.yield(files.map(\.path)) }
  }

  /// The walk is over, however it ended.
  func end() {
    isOver.store(true, ordering: .relaxed)
    continuation.finish()
  }

  /// The stamps of what is known below `root`, and the answers for the first files that were found
  /// before the walk ended, in their order. Throws what the catalogue and the reading throw.
  func run(_ root: [UInt8]) async throws -> (
    known: [[UInt8]: FileStamp], early: [Result<Tags, TagFault>]
  ) {
    defer { isOver.store(true, ordering: .relaxed) }
    let known = try await catalog.stamps(root)
    guard known.isEmpty else { return (known, []) }
    var early: [Result<Tags, TagFault>] = []
    var waiting: [[UInt8]] = []
    for await folder in folders {
      waiting += folder
      guard waiting.count >= Self.pace else { continue }
      if isOver.load(ordering: .relaxed) || early.count + waiting.count > Self.limit { break }
      early += try await read(waiting)
      waiting = []
    }
    return (known, early)
  }
}
