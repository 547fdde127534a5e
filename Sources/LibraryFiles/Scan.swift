import Glibc
import Music

/// Brings the catalogue up to date with folders: walks them, reads the tags of what is new or
/// changed, and writes the answers in batches. It never changes a file, and no file can stop it;
/// stopped by its caller, it keeps what it has written, and the next run goes on from there.
package struct Scan {
  /// Files of one transaction.
  static let batchSize = 500

  private let catalog: Catalog
  private let read: TagReading
  private let isDemo: Bool
  private let progress: @Sendable (ScanProgress) -> Void
  private let isCancelled: @Sendable () -> Bool
  private var report = ScanReport()

  /// Scans folders, which are paths in bytes; relative ones are taken from the working directory.
  ///
  /// - Parameters:
  ///   - folders: What to scan; one that lies in another of them is scanned with that.
  ///   - catalog: Tells what is known, and is written to.
  ///   - read: `TagWorkerPool.reading`, or `TagReader.inProcess` for small jobs.
  ///   - isDemo: The music belongs to the installation.
  ///   - progress: Called before and after each batch, from any thread.
  ///   - isCancelled: Asked before each batch; cancelling the task stops as well.
  /// - Returns: What happened; `isComplete` is false where it was stopped.
  /// - Throws: `ScanFailure` where a folder is missing or cannot be listed (nothing is scanned
  ///   then), and what `catalog` and `read` throw.
  package static func run(
    folders: [[UInt8]], catalog: Catalog, read: @escaping TagReading, isDemo: Bool = false,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ScanReport {
    let start = ContinuousClock.now
    let roots = try await System.onOwnThread { Result { try Self.roots(folders) } }.get()
    var scan = Scan(
      catalog: catalog, read: read, isDemo: isDemo, progress: progress,
      isCancelled: { isCancelled() || Task.isCancelled })
    do {
      for root in roots { try await scan.scan(root) }
    } catch is CancellationError {
      scan.report.isComplete = false
    }
    scan.report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return scan.report
  }

  // MARK: - Folders

  /// Absolute folders that exist, without those that lie in others.
  private static func roots(_ folders: [[UInt8]]) throws -> [[UInt8]] {
    var roots: [[UInt8]] = []
    for folder in folders {
      switch System.realPath(folder) {
      case .failure(let failure): throw ScanFailure(path: folder, reason: failure.text)
      case .success(let path):
        guard case .success(let status) = System.status(path), status.kind == .folder else {
          throw ScanFailure(path: folder, reason: "not a folder")
        }
        roots.append(path)
      }
    }
    return roots.enumerated().filter { index, path in
      !roots.enumerated().contains { other, outer in
        other != index && lies(path, in: outer) && (outer != path || other < index)
      }
    }.map(\.element)
  }

  /// Whether a path is `folder` or lies in it.
  static func lies(_ path: [UInt8], in folder: [UInt8]) -> Bool {
    guard path.starts(with: folder) else { return false }
    return path.count == folder.count || folder.last == slash || path[folder.count] == slash
  }

  private static let slash = UInt8(ascii: "/")

  // MARK: - One folder

  private mutating func scan(_ root: [UInt8]) async throws {
    guard !stop() else { return }
    let walked = await System.onOwnThread { [isCancelled] in
      FolderWalk.run(root, isCancelled: isCancelled)
    }
    let walk = try walked.get()
    guard !stop() else { return }
    let known = try await catalog.stamps(root)
    let changed = walk.files.filter { known[$0.path] != $0.stamp }
    let unchanged = walk.files.count - changed.count
    report.unchanged += unchanged
    report.failed += walk.unreadable
    let place = Place(root: root, unchanged: unchanged, total: walk.files.count)
    tell(place, done: 0)
    guard try await readAndWrite(changed, place) else { return }
    let missing = Self.missing(known, walk)
    try await write(
      ScanBatch(folder: root, missing: missing, isDemo: isDemo, isLast: true))
  }

  private struct Place {
    var root: [UInt8]
    var unchanged: Int
    var total: Int
  }

  /// Known paths that were not met, in order. What lies below an unreadable folder is not gone.
  private static func missing(_ known: [[UInt8]: FileStamp], _ walk: FolderWalk) -> [[UInt8]] {
    guard !known.isEmpty else { return [] }
    let met = Set(walk.files.map(\.path))
    return known.keys.filter { path in
      !met.contains(path) && !walk.unreadable.contains { lies(path, in: $0.path) }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Reads the next batch while the last one is written. False where it was stopped.
  private mutating func readAndWrite(_ files: [FolderWalk.File], _ place: Place) async throws
    -> Bool
  {
    guard !files.isEmpty else { return !stop() }
    let read = read
    @Sendable func answers(_ chunk: ArraySlice<FolderWalk.File>) async throws
      -> [Result<Tags, TagFault>]
    {
      chunk.isEmpty ? [] : try await read(chunk.map(\.path))
    }
    var chunk = files.prefix(Self.batchSize)
    guard !stop() else { return false }
    var current = try await answers(chunk)
    while !chunk.isEmpty {
      let following = files[chunk.endIndex...].prefix(Self.batchSize)
      let isStopping = stop()
      async let ahead = answers(isStopping ? [] : following)
      try await write(batch(chunk, current, place.root))
      tell(place, done: chunk.endIndex)
      if isStopping { return false }
      current = try await ahead
      chunk = following
    }
    return !stop()
  }

  /// The files that could be read; the others are named in the report.
  private mutating func batch(
    _ files: ArraySlice<FolderWalk.File>, _ answers: [Result<Tags, TagFault>], _ root: [UInt8]
  ) -> ScanBatch {
    var entries: [ScanBatch.Entry] = []
    entries.reserveCapacity(files.count)
    for (file, answer) in zip(files, answers) {
      switch answer {
      case .success(let tags):
        entries.append(
          ScanBatch.Entry(location: Location(path: file.path), stamp: file.stamp, tags: tags))
      case .failure(let fault):
        report.failed.append(ScanFailure(path: file.path, reason: fault.reason))
      }
    }
    return ScanBatch(folder: root, entries: entries, isDemo: isDemo)
  }

  private mutating func write(_ batch: ScanBatch) async throws {
    guard !batch.entries.isEmpty || !batch.missing.isEmpty || batch.isLast else { return }
    let tally = try await catalog.write(batch)
    report.added += tally.added
    report.updated += tally.updated
    report.missing += tally.missing
  }

  /// Notes and answers whether the caller wants no more.
  private mutating func stop() -> Bool {
    if isCancelled() { report.isComplete = false }
    return !report.isComplete
  }

  private func tell(_ place: Place, done: Int) {
    progress(
      ScanProgress(
        folder: place.root, done: place.unchanged + done, total: place.total,
        failed: report.failed.count))
  }
}
