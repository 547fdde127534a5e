import Foundation

/// `emus scan` of generated files against cmus and MPD, by turns in the same run: into an empty home
/// until every tag is stored and the result is printed, which is what the peers do too; the
/// fingerprints, which come after; and once more when nothing has changed.
struct ScanBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    try workspace.scale.libraries.flatMap { try rows($0) }
  }

  private struct Figures {
    var reported = Sample()
    /// Seconds of processor time until then.
    var processor = Sample()
    var marked = Sample()
    var again = Sample()
    var peak = 0.0
    var catalogue = 0.0
  }

  private func rows(_ count: Int) throws -> [Row] {
    let folder = try workspace.library(count)
    var ours = Figures()
    var cmus = Figures()
    var mpd = Figures()
    func scanCmus(_ run: Int) throws {
      guard let peer = try Cmus(workspace, home: "cmus-scan-\(count)-\(run)") else { return }
      let added = try peer.add(folder, count: count)
      cmus.reported.add(added.milliseconds)
      cmus.processor.add(added.processor)
      cmus.peak = max(cmus.peak, added.resident)
      cmus.catalogue = try peer.catalogue
    }
    func scanMpd(_ run: Int) throws {
      guard let peer = try Mpd(workspace, home: "mpd-scan-\(count)-\(run)") else { return }
      let before = try peer.processorTime
      mpd.reported.add(try peer.add(folder, count: count))
      mpd.processor.add(try peer.processorTime - before)
      for _ in 0..<2 { mpd.again.add(try peer.update()) }
      mpd.peak = max(mpd.peak, try peer.resident)
      mpd.catalogue = try peer.catalogue
    }
    for run in 0..<workspace.scale.scans(of: count) {
      // Each is as often first as last: what one leaves to the disk another may have to wait for.
      let turns = [{ try scan(folder, run, &ours) }, { try scanCmus(run) }, { try scanMpd(run) }]
      for turn in turns.indices { try turns[(run + turn) % turns.count]() }
    }
    return [
      first(count, ours, cmus, mpd), marks(count, ours), again(count, ours, mpd),
      catalogue(count, ours, cmus, mpd),
    ]
  }

  private func scan(_ folder: String, _ run: Int, _ figures: inout Figures) throws {
    let home = "\(workspace.folder)/home-scan-\(run)"
    let arguments = ["scan", folder, "--json", "--home", home]
    let first = try ChildProcess.runReporting(
      workspace.emus, arguments, environment: Workspace.environment)
    guard first.ending.status == 0 else {
      throw BenchmarkError("emus scan exits \(first.ending.status)")
    }
    figures.reported.add(first.report.milliseconds)
    figures.processor.add(first.report.processor)
    figures.marked.add(first.ending.milliseconds - first.report.milliseconds)
    figures.peak = max(figures.peak, first.ending.peak)
    figures.catalogue = try FileCount.bytes([
      "\(home)/data/emus.db", "\(home)/data/emus.db-wal",
    ])
    for _ in 0..<2 {
      figures.again.add(try workspace.runEmus(["scan", folder], home: home).milliseconds)
    }
    try FileManager.default.removeItem(atPath: home)
  }

  private func first(_ count: Int, _ ours: Figures, _ cmus: Figures, _ mpd: Figures) -> Row {
    var row = Row("scan, \(count) new files, stored and reported", ours.reported)
    row.memory = Figure.mebibytes(ours.peak)
    var peers = [
      "\(Self.rate(count, ours.reported)) files/s, \(Figure.text(ours.processor.median)) s of CPU"
    ]
    for (name, peer) in [("cmus", cmus), ("mpd", mpd)] where peer.reported.count > 0 {
      let speed = peer.reported.median / ours.reported.median
      peers.append(
        "\(name) \(Self.rate(count, peer.reported)), \(Figure.text(peer.processor.median)) s, "
          + "\(Figure.mebibytes(peer.peak)), ours \(Figure.ratio(speed))x")
    }
    row.peer = peers.joined(separator: "; ")
    guard cmus.reported.count > 0 else { return row }
    return row.aiming(
      at: "1.0x cmus, goal 1.5x", ours.reported.median <= cmus.reported.median)
  }

  private func marks(_ count: Int, _ ours: Figures) -> Row {
    var row = Row("fingerprints of \(count) files, after the report", ours.marked)
    row.peer = "\(Self.rate(count, ours.marked)) files/s"
    return row
  }

  private func again(_ count: Int, _ ours: Figures, _ mpd: Figures) -> Row {
    var row = Row("scan, \(count) unchanged", ours.again)
    if mpd.again.count > 0 {
      let ratio = Figure.ratio(ours.again.median / mpd.again.median)
      row.peer = "mpd \(Figure.milliseconds(mpd.again.median)), ratio \(ratio)"
    }
    let target = 200.0 * Double(count) / 20_000
    return row.aiming(
      at: "\(Int(target)) ms, goal \(Int(target * 0.4))", ours.again.median <= target)
  }

  private func catalogue(_ count: Int, _ ours: Figures, _ cmus: Figures, _ mpd: Figures) -> Row {
    var row = Row("catalogue of \(count) files")
    row.memory = Self.megabytes(ours.catalogue)
    row.peer = [("cmus", cmus), ("mpd", mpd)].filter { $0.1.catalogue > 0 }
      .map { "\($0.0) \(Self.megabytes($0.1.catalogue))" }.joined(separator: "; ")
    return row
  }

  private static func megabytes(_ bytes: Double) -> String { Figure.mebibytes(bytes / 1_048_576) }

  private static func rate(_ count: Int, _ sample: Sample) -> Int {
    Int(Double(count) / sample.median * 1000)
  }
}
