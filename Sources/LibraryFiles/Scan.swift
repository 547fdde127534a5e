import Glibc
import Music

/// Brings the catalogue up to date with folders: walks them, reads the tags of what is new or
/// changed, and writes the answers in batches; what is known by its sound under another path keeps its number. It never changes a file, and no file can stop it;
/// stopped by its caller, it keeps what it has written, and the next run goes on from there.
package struct Scan {
  /// Files of one transaction: first as few as are shown soon. Each transaction waits for the disk,
  /// so that they grow while batches are done quickly; a slow disk keeps them small, for a stop
  /// waits for what is under way.
  static let batchSizes = 500...4000
  private static let quick = Duration.milliseconds(500)

  private let catalog: Catalog
  private let read: TagReading
  private let options: Options
  private let progress: @Sendable (ScanProgress) -> Void
  private let isCancelled: @Sendable () -> Bool
  private var report = ScanReport()
  /// Former paths of files that are written under their new ones.
  private var left: Set<[UInt8]> = []

  /// What else a scan may be asked for.
  package struct Options: Sendable {
    /// The music belongs to the installation.
    package var isDemo = false
    /// Missing tracks of the scanned folders on which nothing hangs are forgotten at the end.
    package var prunes = false
    /// The folders are those that the catalogue knows. One that is not there may lie on a disk that
    /// is away: the report says what becomes of it.
    package var areKnown = false
    /// The folder with the listener's own playlists, which follow files that moved; nil is none.
    package var playlists: String?

    package init(
      isDemo: Bool = false, prunes: Bool = false, areKnown: Bool = false,
      playlists: String? = nil
    ) {
      self.isDemo = isDemo
      self.prunes = prunes
      self.areKnown = areKnown
      self.playlists = playlists
    }
  }

  /// Scans folders, which are paths in bytes; relative ones are taken from the working directory.
  ///
  /// - Parameters:
  ///   - folders: What to scan; one that lies in another of them is scanned with that.
  ///   - catalog: Tells what is known, and is written to.
  ///   - read: `TagWorkerPool.reading`, or `TagReader.inProcess` for small jobs.
  ///   - options: What else is wanted.
  ///   - progress: Called before and after each batch, from any thread.
  ///   - isCancelled: Asked before each batch; cancelling the task stops as well.
  /// - Returns: What happened; `isComplete` is false where it was stopped. Folders that are not there,
  ///   or may not be listed, are in `absent`, the others are scanned, and nothing is missing for that.
  /// - Throws: `AbsentFolders` where none of the folders can be looked into, and what `catalog` and
  ///   `read` throw.
  package static func run(
    folders: [[UInt8]], catalog: Catalog, read: @escaping TagReading, options: Options = Options(),
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) async throws -> ScanReport {
    let start = ContinuousClock.now
    let (roots, absent) = await System.onOwnThread { Self.roots(folders) }
    if roots.isEmpty { throw AbsentFolders(failures: absent) }
    var scan = Scan(
      catalog: catalog, read: read, options: options, progress: progress,
      isCancelled: { isCancelled() || Task.isCancelled })
    scan.report.absent = absent.map(\.path)
    scan.report.failed = absent
    do {
      try await scan.scan(roots, without: absent)
    } catch is CancellationError {
      scan.report.isComplete = false
    }
    scan.report.seconds = (ContinuousClock.now - start) / .seconds(1)
    return scan.report
  }

  // MARK: - Folders

  /// Absolute folders that exist, without those that lie in others, and those that are not there.
  private static func roots(_ folders: [[UInt8]]) -> (found: [[UInt8]], absent: [ScanFailure]) {
    var roots: [[UInt8]] = []
    var absent: [ScanFailure] = []
    for folder in folders {
      switch System.realPath(folder) {
      case .failure(let failure): absent.append(ScanFailure(path: folder, reason: failure.text))
      case .success(let path):
        if case .success(let status) = System.status(path), status.kind == .folder {
          roots.append(path)
        } else {
          absent.append(ScanFailure(path: folder, reason: "not a folder"))
        }
      }
    }
    let outermost = roots.enumerated().filter { index, path in
      !roots.enumerated().contains { other, outer in
        other != index && lies(path, in: outer) && (outer != path || other < index)
      }
    }.map(\.element)
    return (outermost, absent)
  }

  /// Whether a path is `folder` or lies in it.
  static func lies(_ path: [UInt8], in folder: [UInt8]) -> Bool {
    guard path.starts(with: folder) else { return false }
    return path.count == folder.count || folder.last == slash || path[folder.count] == slash
  }

  private static let slash = UInt8(ascii: "/")

  // MARK: - The steps

  /// All folders are walked before anything is written: a file may have gone from one to another.
  private mutating func scan(_ roots: [[UInt8]], without away: [ScanFailure]) async throws {
    var absent = away
    var surveys: [ScanSurvey] = []
    for root in roots {
      guard !stop() else { return }
      do {
        surveys.append(try await survey(root))
      } catch let failure as ScanFailure {
        absent.append(failure)
        report.absent.append(failure.path)
        report.failed.append(failure)
      }
    }
    if surveys.isEmpty { throw AbsentFolders(failures: absent) }
    guard !stop() else { return }
    let gone = options.areKnown ? absent.map(\.path).filter { Self.isGone($0, surveys) } : []
    if options.areKnown { advise(on: absent, gone: gone) }
    let arrivals =
      options.isDemo ? Arrivals() : try await Arrivals.find(surveys, catalog.files)
    try await makeRoom(surveys, arrivals)
    await followMoves(arrivals)
    for survey in surveys {
      tell(survey, done: 0)
      guard try await readAndWrite(survey, arrivals) else { return }
    }
    for survey in surveys {
      let missing = survey.missing.filter { !left.contains($0) }
      try await write(
        ScanBatch(folder: survey.root, missing: missing, isDemo: options.isDemo, isLast: true))
    }
    if !options.isDemo { try await readPlaylists(surveys) }
    if options.prunes { try await prune(surveys, gone: gone) }
  }

  private mutating func readPlaylists(_ surveys: [ScanSurvey]) async throws {
    for survey in surveys {
      let files = try await PlaylistFiles.update(survey, catalog.foundPlaylists)
      report.playlists += files.count
      report.failed += files.failed
    }
  }

  /// The listener's own lists name moved files by their new paths. Before the catalogue does: a scan
  /// that ends in between finds the same moves again, and lists that follow them already.
  private mutating func followMoves(_ arrivals: Arrivals) async {
    guard let folder = options.playlists else { return }
    let result = await System.onOwnThread {
      PlaylistFolder(path: Array(folder.utf8)).follow(arrivals.moves)
    }
    report.followed = result.changed
    report.failed += result.failed
  }

  /// Where songs changed places each has to leave before another comes. From then on the catalogue
  /// knows them by their sound alone: whenever this scan ends, the next finds them so.
  private mutating func makeRoom(_ surveys: [ScanSurvey], _ arrivals: Arrivals) async throws {
    for survey in surveys {
      var batch = ScanBatch(folder: survey.root)
      batch.vacated = survey.changed.compactMap { arrivals.vacated[$0.path] }
      try await write(batch)
    }
  }

  /// Walks while the catalogue is read: nobody else writes to it during a scan.
  private mutating func survey(_ root: [UInt8]) async throws -> ScanSurvey {
    let start = HeadStart(catalog: catalog, read: read)
    async let known = start.run(root)
    let walked = await System.onOwnThread { [isCancelled] in
      defer { start.end() }
      return FolderWalk.run(root, isCancelled: isCancelled) { start.found($0) }
        .map { ($0, CueSheets($0)) }
    }
    let (walk, sheets) = try walked.get()
    let (stamps, early) = try await known
    let survey = ScanSurvey(root: root, walk: walk, sheets: sheets, known: stamps, early: early)
    report.unchanged += survey.unchanged
    report.failed += walk.unreadable + sheets.failed
    return survey
  }

  /// Writes batches while what follows is read. False where it was stopped.
  private mutating func readAndWrite(_ survey: ScanSurvey, _ arrivals: Arrivals) async throws
    -> Bool
  {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var ahead = ReadAhead(survey.changed, early: survey.early)
      var size = Self.batchSizes.lowerBound
      while !stop() {
        ahead.ask(&group, read)
        guard let batch = try await ahead.take(&group, atMost: size) else { return true }
        let begun = ContinuousClock.now
        try await write(self.batch(batch.files, batch.answers, survey, arrivals))
        tell(survey, done: batch.files.endIndex)
        size =
          ContinuousClock.now - begun < Self.quick
          ? min(2 * size, Self.batchSizes.upperBound) : Self.batchSizes.lowerBound
      }
      group.cancelAll()
      return false
    }
  }

  /// The files that could be read; the others are named in the report.
  private mutating func batch(
    _ files: ArraySlice<FolderWalk.File>, _ answers: [Result<Tags, TagFault>],
    _ survey: ScanSurvey, _ arrivals: Arrivals
  ) -> ScanBatch {
    var batch = ScanBatch(folder: survey.root, isDemo: options.isDemo)
    batch.entries.reserveCapacity(files.count)
    for (file, answer) in zip(files, answers) {
      switch answer {
      case .success(let tags):
        batch.entries += survey.entries(
          file, tags, fingerprint: arrivals.fingerprints[file.path],
          formerPath: arrivals.formerPaths[file.path])
        report.failed += survey.leftOut(file, tags)
        if survey.known[file.path] != nil, arrivals.vacated[file.path] == nil {
          batch.replaced.append(file.path)
        }
        batch.doubtful[file.path] = arrivals.doubtful[file.path]
        if let former = arrivals.formerPaths[file.path] { left.insert(former) }
      case .failure(let fault):
        report.failed.append(ScanFailure(path: file.path, reason: fault.reason))
      }
    }
    return batch
  }

  private mutating func write(_ batch: ScanBatch) async throws {
    guard
      !batch.entries.isEmpty || !batch.missing.isEmpty || !batch.vacated.isEmpty || batch.isLast
    else { return }
    var batch = batch
    batch.time = Double(time(nil))
    let tally = try await catalog.write(batch)
    report.added += tally.added
    report.updated += tally.updated
    report.moved += tally.moved
    report.returned += tally.returned
    report.missing += tally.missing
  }

  /// A folder without any music is as likely a disk that is not there: nothing of it is forgotten.
  private mutating func prune(_ surveys: [ScanSurvey], gone: [[UInt8]]) async throws {
    var pruned = ScanReport.Pruned()
    for survey in surveys {
      if survey.walk.files.isEmpty {
        pruned.refused.append(survey.root)
        continue
      }
      let tally = try await catalog.files.prune(survey.root)
      pruned.forgotten += tally.forgotten
      pruned.kept += tally.kept
      pruned.keptWithRating += tally.keptWithRating
    }
    try await catalog.files.forget(gone)
    pruned.folders = gone
    report.failed.removeAll { gone.contains($0.path) }
    report.pruned = pruned
  }

  /// Whether a folder that is not there is gone and not away: another that holds music was looked
  /// through where it should lie, so that what was in it is missing by now.
  private static func isGone(_ folder: [UInt8], _ surveys: [ScanSurvey]) -> Bool {
    guard case .failure(let failure) = System.realPath(folder),
      failure.code == ENOENT || failure.code == ENOTDIR
    else { return false }
    return surveys.contains { survey in
      lies(folder, in: survey.root) && !survey.walk.files.isEmpty && !survey.isUnseen(folder)
    }
  }

  /// Each line of failure says what to do about it.
  private mutating func advise(on absent: [ScanFailure], gone: [[UInt8]]) {
    for place in report.failed.indices where absent.contains(report.failed[place]) {
      report.failed[place].reason +=
        gone.contains(report.failed[place].path)
        ? "; emus scan --prune forgets it" : "; passed over until it is there again"
    }
  }

  /// Notes and answers whether the caller wants no more.
  private mutating func stop() -> Bool {
    if isCancelled() { report.isComplete = false }
    return !report.isComplete
  }

  private func tell(_ survey: ScanSurvey, done: Int) {
    progress(
      ScanProgress(
        folder: survey.root, done: survey.unchanged + done, total: survey.walk.files.count,
        failed: report.failed.count))
  }
}
