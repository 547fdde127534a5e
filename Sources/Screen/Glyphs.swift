/// The characters that lines and bars are drawn with: Unicode's, or ASCII for terminals that
/// know no more. A theme carries the choice to all widgets.
package enum Glyphs: Equatable, Sendable {
  case unicode, ascii

  package var horizontal: Character { self == .ascii ? "-" : "─" }
  package var vertical: Character { self == .ascii ? "|" : "│" }
  package var tick: Character { self == .ascii ? "+" : "┼" }
  package var dot: Character { self == .ascii ? "o" : "●" }
  package var heavyLine: Character { self == .ascii ? "=" : "━" }
  package var thinLine: Character { self == .ascii ? "-" : "─" }
  package var thumb: Character { self == .ascii ? "#" : "▐" }
  package var ellipsis: String { self == .ascii ? "~" : "…" }
  /// Top left, top right, bottom left, bottom right.
  package var corners: [Character] {
    self == .ascii ? ["+", "+", "+", "+"] : ["┌", "┐", "└", "┘"]
  }

  /// A bar of a length in columns, drawn to the eighth of a cell (ASCII: to the cell).
  package func bar(length: Double, width: Int) -> String {
    guard width > 0, length.isFinite else { return "" }
    let eighths = Int((min(max(length, 0), Double(width)) * 8).rounded())
    if self == .ascii { return String(repeating: "#", count: (eighths + 4) / 8) }
    let tail = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + tail
  }

  /// The ASCII character that stands in for another where the terminal shows no Unicode; nil
  /// where nothing resembles it. Takes one column, whatever the original takes.
  package static func asciiStandIn(for character: Character) -> Character? {
    character.isASCII ? character : standIns[character]
  }

  private static let standIns: [Character: Character] = {
    let groups: [(String, Character)] = [
      ("─━╌┄┈═–—‐‑−", "-"), ("│┃║▏▎▍", "|"), ("┌┐└┘├┤┬┴┼╭╮╰╯╋╔╗╚╝", "+"),
      ("●○◦∘", "o"), ("•·∙", "."), ("▌▋▊▉█▐▓▒", "#"), ("░", ":"), ("…", "~"), ("‘’‚′", "'"),
      ("“”„″", "\""), ("←◀◂‹«", "<"), ("→▶▸›»", ">"), ("↑▲▴", "^"), ("↓▼▾", "v"), ("×", "x"),
      ("✓✔", "v"), ("★☆♥♡✦", "*"), ("♪♫", "d"), ("\u{A0}", " "),
    ]
    var table: [Character: Character] = [:]
    for (originals, standIn) in groups {
      for original in originals { table[original] = standIn }
    }
    return table
  }()
}
