import ArgumentParser
import Foundation
import LibraryFiles
import Music
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

  func run() async throws {
    if reportProgress { ParentProcess.endWithIt() }
    try await Failure.reported {
      let home = try Home(shared.home)
      try home.make()
      let database = try OpenDatabase.existingOrNew(home, fresh: shared.freshDatabase)
      let lock = try await HomeLock.wait(for: .scan, in: home.state) { pid in
        let who = pid.map { " (process \($0))" } ?? ""
        Failure.complain("another scan is running\(who); waiting for it")
      }
      defer { withExtendedLifetime(lock) {} }
      let report = try await scan(Catalog.stored(in: database))
      try show(report)
      if !report.isComplete { throw Failure(.failed, "stopped; the next scan goes on from here") }
    }
  }

  private func scan(_ catalog: Catalog) async throws -> ScanReport {
    let roots =
      folders.isEmpty ? try await catalog.folders() : folders.map { Array($0.utf8) }
    if roots.isEmpty {
      throw Failure(.usage, "no folder is known yet: emus scan FOLDER")
    }
    let pool = TagWorkerPool()
    defer { pool.close() }
    let progress = ScanProgressLine(json: reportProgress)
    let stopped = StopSignal()
    do {
      let report = try await Scan.run(
        folders: roots, catalog: catalog, read: pool.reading,
        progress: { progress.show($0) }, isCancelled: { stopped.isRaised })
      progress.end()
      return report
    } catch let failure as ScanFailure {
      throw Failure(.input, failure.description)
    }
  }

  private func show(_ report: ScanReport) throws {
    if shared.json {
      try JSONOutput.print(ScanResult(report))
      return
    }
    let seconds = String(format: "%.1f", report.seconds)
    print(
      "\(report.added) added, \(report.updated) updated, \(report.unchanged) unchanged, "
        + "\(report.missing) missing, \(report.failed.count) failed in \(seconds) s")
    for failure in report.failed {
      print("  \(Tags.clean(failure.description) ?? failure.reason)")
    }
  }
}

/// The result of a scan as JSON.
struct ScanResult: Encodable {
  struct Failed: Encodable {
    var path: String
    /// Base64 of the path where it is not UTF-8, so that `path` only resembles it.
    var pathBytes: String?
    var reason: String

    init(_ failure: ScanFailure) {
      let exact = String(validating: failure.path, as: UTF8.self)
      path = exact ?? String(decoding: failure.path, as: UTF8.self)
      pathBytes = exact == nil ? Data(failure.path).base64EncodedString() : nil
      reason = failure.reason
    }
  }

  var added: Int
  var updated: Int
  var unchanged: Int
  var moved: Int
  var missing: Int
  var failed: [Failed]
  var seconds: Double

  init(_ report: ScanReport) {
    added = report.added
    updated = report.updated
    unchanged = report.unchanged
    moved = report.moved
    missing = report.missing
    failed = report.failed.map(Failed.init)
    seconds = report.seconds
  }
}

/// The hidden command that reads tags for a scan: foreign bytes are met in a process of their own.
struct TagWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag-worker", abstract: "Read tags for a scan.", shouldDisplay: false)

  func run() { TagWorker.serve() }
}
