import Perception
import Screen
import Taste

/// The little window of a calibration: what to show, how far it is, what else could be shown.
///
/// It hides nothing at any size at which the player draws at all: where rows are few, what can be
/// shown stands in columns.
struct CalibrationView {
  let state: State
  let flow: CalibrationFlow

  private static let width = 52
  /// The border, and a blank beside it.
  private static let margin = 2

  func draw(on canvas: inout Canvas, in body: Rect) {
    let theme = state.theme
    let width = min(body.width, Self.width)
    let lines = lines(Size(columns: width - 2 * Self.margin, rows: body.height - 2))
    let height = min(body.height, lines.count + 2)
    let pane = Rect(
      x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 2, width: width,
      height: height)
    canvas.fill(pane, " ", style: .plain)
    Box(title: title, isFocused: true).draw(on: &canvas, in: pane, theme: theme)
    let inner = Box.inner(of: pane)
    var rest = Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height)
    for line in lines {
      let (top, below) = rest.splitTop(1)
      rest = below
      switch line {
      case .row(let row): row.draw(on: &canvas, in: top, theme: theme)
      case .bar: ProgressBar(fraction: flow.fraction).draw(on: &canvas, in: top, theme: theme)
      }
    }
  }

  private enum Line {
    case row(RowText)
    case bar
  }

  private var title: String {
    guard !flow.owner.isDemo else { return "your face: the demo's" }
    let owner = ([state.listener] + state.listeners).first { $0.id == flow.owner.listener }
    return "your face, \((owner ?? state.listener).name)"
  }

  private func lines(_ room: Size) -> [Line] {
    switch flow.step {
    case .recording(let emotion): recording(emotion, room.columns)
    case .choosing: choosing(room).map { .row($0) }
    case .learning: [.row(RowText("Learning…", style: state.theme[.text]))]
    }
  }

  private func recording(_ emotion: Emotion, _ columns: Int) -> [Line] {
    let words =
      emotion == .neutral
      ? "Look as you do when reading" : "Show how you look: \(emotion.rawValue)"
    let other = flow.wantsOtherLooks ? "looks that differ are needed" : nil
    let obstacle = flow.obstacle ?? other
    let style = state.theme[obstacle == nil ? .dim : .warning]
    let hint = Paragraph.lines(
      of: obstacle ?? "numbers are kept, never a picture", width: columns)
    return [.row(RowText("\(words) (\(remaining))", style: state.theme[.title])), .bar]
      + hint.map { .row(RowText($0, style: style)) }
  }

  /// What is still to come of the expression that is being shown.
  private var remaining: String {
    if flow.isGettingReady { return "ready?" }
    if flow.wantsOtherLooks {
      return "\(flow.different) of \(CalibrationFit.leastFrames)"
    }
    return "\(Int(max(0, CalibrationFlow.seconds - flow.recorded).rounded(.up))) s"
  }

  private func choosing(_ room: Size) -> [RowText] {
    let ends = key("Enter", "learn from it   ") + key("Esc", "change nothing")
    guard !flow.isPictureOver else {
      return [RowText("The picture has ended.", style: state.theme[.title]), RowText(left: ends)]
    }
    let title = RowText("That is enough, or show some more:", style: state.theme[.title])
    let offers = CalibrationFlow.keys
    guard room.rows < offers.count + 2 else {
      return [title] + offers.map { RowText(left: offer($0.key, $0.emotion)) }
        + [RowText(left: ends)]
    }
    let cells =
      offers.map { mark(offer: $0.key, $0.emotion) } + [key("Enter", "learn"), key("Esc", "leave")]
    let columns = (2...3).first { (cells.count + $0 - 1) / $0 < room.rows } ?? 3
    return [title] + CellColumns(cells: cells, count: columns, width: room.columns).rows
  }

  private func key(_ name: String, _ words: String) -> [RowPart] {
    [RowPart(name + " ", style: state.theme[.key]), RowPart(words, style: state.theme[.dim])]
  }

  private func offer(_ key: Character, _ emotion: Emotion) -> [RowPart] {
    [
      RowPart(" \(key) ", style: state.theme[.key]), RowPart(emotion.offered, width: 10),
      RowPart(flow.has(emotion) ? "recorded" : "", style: state.theme[.good]),
    ]
  }

  /// The same in few columns: a star says that it is recorded.
  private func mark(offer key: Character, _ emotion: Emotion) -> [RowPart] {
    [
      RowPart("\(key) ", style: state.theme[.key]), RowPart(emotion.offered),
      RowPart(flow.has(emotion) ? " *" : "  ", style: state.theme[.good]),
    ]
  }
}

extension Emotion {
  fileprivate var offered: String { self == .neutral ? "at rest" : rawValue }
}

/// Cells in columns, filled from the top, as wide as they need to be and evenly apart.
private struct CellColumns {
  let cells: [[RowPart]]
  let count: Int
  let width: Int

  var rows: [RowText] {
    let height = (cells.count + count - 1) / count
    let columns = stride(from: 0, to: cells.count, by: height).map {
      Array(cells[$0..<min(cells.count, $0 + height)])
    }
    let widths = columns.map { $0.map(Self.columns).max() ?? 0 }
    let gap = max(1, (width - widths.reduce(0, +)) / max(1, columns.count))
    return (0..<height).map { row in
      var parts: [RowPart] = []
      for (column, width) in zip(columns, widths) where row < column.count {
        if !parts.isEmpty { parts.append(RowPart("", width: gap)) }
        parts += column[row]
        // What follows begins at the same place in every row.
        parts.append(RowPart("", width: width - Self.columns(column[row])))
      }
      return RowText(left: parts)
    }
  }

  private static func columns(_ cell: [RowPart]) -> Int {
    cell.reduce(0) { $0 + TextWidth.columns($1.text) }
  }
}
