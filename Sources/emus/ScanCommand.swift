import ArgumentParser
import Foundation
import Glibc
import LibraryFiles
import Music
import Perception
import StoreSQLite

/// `emus scan`: adds music and refreshes what is known; can be stopped and goes on next time.
struct ScanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Add and refresh music; without folders, all known ones.")

  @OptionGroup var shared: SharedOptions

  @Argument(help: "Folders with music.", completion: .directory)
  var folders: [String] = []

  @Flag(
    help: ArgumentHelp("Print progress as JSON lines.", visibility: .private))
  var reportProgress = false

  @Flag(help: "Forget missing tracks of these folders that nothing hangs on.")
  var prune = false

  @Flag(
    help: "Forget these known folders: not their files, nor what you did with their songs.")
  var forget = false

  func validate() throws {
    if folders.contains("") { throw ValidationError("a folder's name is empty") }
    guard forget else { return }
    if folders.isEmpty { throw ValidationError("--forget needs the folders that it shall forget") }
    if prune { throw ValidationError("--forget scans nothing: leave --prune out") }
  }

  func run() async throws {
    if reportProgress { ParentProcess.endWithIt() }
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      if forget { return try await forgetAlone(try catalog(in: home), home) }
      // On a first scan all is to be read: the workers start while the database is made.
      let isFirst = Place.kind(FileName.bytes(of: home.database)) == nil
      let pool = TagWorkerPool(startsAtOnce: isFirst)
      defer { pool.close() }
      let catalog = try catalog(in: home)
      let (report, stopped) = try await scanAlone(catalog, home, pool)
      pool.close()
      try show(report)
      let isPartial = complain(of: report)
      if !report.isComplete { throw Failure(.failed, "stopped; the next scan goes on from here") }
      // The scan is over, and told: who waits for it need not wait for this.
      do {
        try await FingerprintPass.run(catalog.files, isCancelled: { stopped.isRaised })
      } catch {
        Failure.complain("moved files may not be known again: \(error)")
      }
      if isPartial { throw Failure(.input, "") }
    }
  }

  private func catalog(in home: Home) throws -> Catalog {
    .stored(in: try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase))
  }

  /// Names the folders that somebody asked for and that are not there; false where there are none.
  private func complain(of report: ScanReport) -> Bool {
    guard !folders.isEmpty else { return false }
    for failure in report.failed where report.absent.contains(failure.path) {
      Failure.complain(failure.description)
    }
    return !report.absent.isEmpty
  }

  /// One scan a home at a time.
  func waitForLock(in home: Home) async throws -> HomeLock {
    try await HomeLock.wait(for: .scan, in: home.state) { pid in
      let who = pid.map { " (process \($0))" } ?? ""
      Failure.complain("another scan is running\(who); waiting for it")
    }
  }

  /// While it waits for another, a signal ends it as ever; from then on one is a wish to stop.
  private func scanAlone(
    _ catalog: Catalog, _ home: Home, _ pool: TagWorkerPool
  ) async throws -> (ScanReport, StopSignal) {
    let lock = try await waitForLock(in: home)
    defer { withExtendedLifetime(lock) {} }
    let stopped = StopSignal()
    return (try await scan(catalog, home, pool, stopped), stopped)
  }

  private func scan(
    _ catalog: Catalog, _ home: Home, _ pool: TagWorkerPool, _ stopped: StopSignal
  ) async throws -> ScanReport {
    let roots =
      folders.isEmpty ? try await catalog.folders() : folders.map(FileName.bytes)
    if roots.isEmpty {
      throw Failure(.usage, "no folder is known yet: emus scan FOLDER")
    }
    let progress = ScanProgressLine(json: reportProgress)
    do {
      let report = try await Scan.run(
        folders: roots, catalog: catalog, read: pool.reading,
        options: Scan.Options(
          prunes: prune, areKnown: folders.isEmpty, playlists: home.playlists),
        progress: { progress.show($0) },
        isCancelled: { stopped.isRaised })
      progress.end()
      return report
    } catch let absent as AbsentFolders {
      let advice = folders.isEmpty ? "; its songs stay, to be read when it is there again" : ""
      for failure in absent.failures { Failure.complain("\(failure)\(advice)") }
      throw Failure(.input, "")
    } catch let fault as DatabaseFault {
      guard case .diskFull = fault else { throw fault }
      throw Failure(.failed, "\(fault), and the next scan goes on from there")
    }
  }

  private func show(_ report: ScanReport) throws {
    if shared.json {
      try JSONOutput.print(ScanResult(report))
      return
    }
    let seconds = String(format: "%.1f", report.seconds)
    let returned = report.returned > 0 ? "\(report.returned) back, " : ""
    // Files, all of them: what a cue sheet makes of one is for the lists to show.
    print(
      "\(report.added) added, \(report.updated) updated, \(report.unchanged) unchanged, "
        + "\(report.moved) moved, \(returned)\(report.missing) missing, "
        + "\(report.failed.count) failed "
        + "in \(seconds) s")
    if report.followed > 0 {
      print("\(counted(report.followed, "playlist")) of yours changed with the files that moved")
    }
    if report.playlists > 0 { print("\(counted(report.playlists, "playlist")) found") }
    // What was named and cannot be looked into is told as an error.
    let isTold = { (failure: ScanFailure) in
      !folders.isEmpty && report.absent.contains(failure.path)
    }
    for failure in report.failed where !isTold(failure) { print("  \(failure)") }
    if let pruned = report.pruned { show(pruned) }
    try Failure.flush()
  }

  private func show(_ pruned: ScanReport.Pruned) {
    print("\(counted(pruned.forgotten.count, "file")) forgotten")
    for path in pruned.forgotten { print("  \(PathText.escaped(path))") }
    if pruned.kept > 0 {
      print(
        "\(counted(pruned.kept, "missing track")) kept, \(pruned.keptWithRating) of them rated: "
          + "what you did with them stays, and comes back with the file")
    }
    for folder in pruned.folders {
      print("\(PathText.escaped(folder)): gone; no known folder any more")
    }
    for folder in pruned.refused {
      print(
        "\(PathText.escaped(folder)): no music at all; is its disk there? Nothing of it forgotten")
    }
  }
}

/// The result of a scan as JSON.
struct ScanResult: Encodable {
  /// A path, and with one that failed the reason.
  struct File: Encodable {
    var path: String
    /// Base64 of the path where it is not UTF-8, so that `path` only resembles it.
    var pathBytes: String?
    var reason: String?

    init(_ bytes: [UInt8], reason: String? = nil) {
      let path = PathOutput(bytes)
      (self.path, pathBytes) = (path.text, path.bytes)
      self.reason = reason
    }
  }

  /// Only with `--prune`.
  struct Pruned: Encodable {
    var forgotten: [File]
    var kept: Int
    var keptWithRating: Int
    var refused: [File]
    var folders: [File]
  }

  var added: Int
  var updated: Int
  var unchanged: Int
  var moved: Int
  /// Missing until now, and there again.
  var returned: Int
  var missing: Int
  /// Playlist files of the folders that can be read.
  var playlists: Int
  /// The listener's own playlists that follow moved files.
  var playlistsFollowed: Int
  var failed: [File]
  var seconds: Double
  var pruned: Pruned?

  init(_ report: ScanReport) {
    added = report.added
    updated = report.updated
    unchanged = report.unchanged
    moved = report.moved
    returned = report.returned
    missing = report.missing
    playlists = report.playlists
    playlistsFollowed = report.followed
    failed = report.failed.map { File($0.path, reason: $0.reason) }
    seconds = report.seconds
    pruned = report.pruned.map { pruned in
      Pruned(
        forgotten: pruned.forgotten.map { File($0) }, kept: pruned.kept,
        keptWithRating: pruned.keptWithRating, refused: pruned.refused.map { File($0) },
        folders: pruned.folders.map { File($0) })
    }
  }
}

/// The hidden command that reads tags for a scan: foreign bytes are met in a process of their own.
struct TagWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag-worker", abstract: "Read tags for a scan.", shouldDisplay: false)

  func run() { TagWorker.serve() }
}
