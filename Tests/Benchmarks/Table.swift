/// One line of the table.
struct Row {
  var what: String
  var p50 = ""
  /// The largest where there are fewer than a hundred values.
  var p99 = ""
  var memory = ""
  var target = ""
  /// Nil where there is no target.
  var isMet: Bool?
  /// The same of another player, in the same run.
  var peer = ""

  init(_ what: String) { self.what = what }

  /// A row of milliseconds.
  init(_ what: String, _ sample: Sample) {
    self.what = what
    p50 = Figure.milliseconds(sample.median)
    p99 = Figure.milliseconds(sample.quantile(0.99))
  }

  /// The row with a target, and whether it is met.
  func aiming(at target: String, _ isMet: Bool) -> Row {
    var row = self
    row.target = target
    row.isMet = isMet
    return row
  }
}

/// All rows in columns as wide as their widest cell.
struct Table {
  var rows: [Row] = []

  private static let titles = ["what", "p50", "p99/max", "memory", "target", "met", "peer"]

  var text: String {
    let lines = [Self.titles] + rows.map(Self.cells)
    let widths = Self.titles.indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    return lines.map { cells in
      zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func cells(_ row: Row) -> [String] {
    let verdict = row.isMet.map { $0 ? "yes" : "NO" } ?? ""
    return [row.what, row.p50, row.p99, row.memory, row.target, verdict, row.peer]
  }
}
