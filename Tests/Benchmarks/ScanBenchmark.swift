import Foundation

/// `emus scan` of generated files, the whole process: into an empty home, and once more when
/// nothing has changed.
struct ScanBenchmark {
  let workspace: Workspace

  func rows() throws -> [Row] {
    let count = workspace.scale.tracks
    let folder = try workspace.library()
    var first = Sample()
    var again = Sample()
    var peak = 0.0
    for run in 0..<workspace.scale.scans {
      let home = "\(workspace.folder)/home-scan-\(run)"
      let ending = try workspace.runEmus(["scan", folder], home: home)
      first.add(ending.milliseconds)
      peak = max(peak, ending.peak)
      for _ in 0..<2 {
        again.add(try workspace.runEmus(["scan", folder], home: home).milliseconds)
      }
      try FileManager.default.removeItem(atPath: home)
    }
    var firstRow = Row("scan, \(count) new files", first)
    firstRow.memory = Figure.mebibytes(peak)
    firstRow.peer = "\(rate(count, first))\(try peer(folder, count, first))"
    var againRow = Row("scan, \(count) unchanged", again)
    againRow.peer = rate(count, again)
    return [firstRow, againRow]
  }

  private func rate(_ count: Int, _ sample: Sample) -> String {
    "\(Int(Double(count) / sample.median * 1000)) files/s"
  }

  private func peer(_ folder: String, _ count: Int, _ ours: Sample) throws -> String {
    var sample = Sample()
    var resident = 0.0
    for run in 0..<workspace.scale.scans {
      guard let cmus = try Cmus(workspace, home: "cmus-scan-\(run)") else { return "" }
      let added = try cmus.add(folder, count: count)
      sample.add(added.milliseconds)
      resident = max(resident, added.resident)
    }
    let ratio = Figure.ratio(ours.median / sample.median)
    return "; cmus \(rate(count, sample)), ratio \(ratio), \(Figure.mebibytes(resident))"
  }
}
