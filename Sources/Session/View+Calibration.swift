import Perception
import Screen
import Taste

/// The little window of a calibration: what to show, how far it is, what else could be shown.
struct CalibrationView {
  let state: State
  let flow: CalibrationFlow

  private static let width = 52

  func draw(on canvas: inout Canvas, in body: Rect) {
    let theme = state.theme
    let lines = lines
    let height = min(body.height, lines.count + 2)
    let width = min(body.width, Self.width)
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
    state.settings.source == .demo ? "your face: the demo's" : "your face, \(state.listener.name)"
  }

  private var lines: [Line] {
    switch flow.step {
    case .recording(let emotion): recording(emotion)
    case .choosing: choosing
    case .learning: [.row(RowText("Learning…", style: state.theme[.text]))]
    }
  }

  private func recording(_ emotion: Emotion) -> [Line] {
    let seconds = Int(max(0, CalibrationFlow.seconds - flow.recorded).rounded(.up))
    let words =
      emotion == .neutral
      ? "Look at the screen as you do when reading"
      : "Show how you look: \(emotion.rawValue)"
    let hint = flow.obstacle ?? "numbers are kept, never a picture"
    return [
      .row(RowText("\(words) (\(seconds) s)", style: state.theme[.title])), .bar,
      .row(RowText(hint, style: state.theme[flow.obstacle == nil ? .dim : .warning])),
    ]
  }

  private var choosing: [Line] {
    let theme = state.theme
    var lines = [
      Line.row(RowText("That is enough, or show some more:", style: theme[.title]))
    ]
    for (key, emotion) in CalibrationFlow.keys {
      lines.append(
        .row(
          RowText(left: [
            RowPart(" \(key) ", style: theme[.key]),
            RowPart(emotion == .neutral ? "at rest" : emotion.rawValue, width: 10),
            RowPart(flow.has(emotion) ? "recorded" : "", style: theme[.good]),
          ])))
    }
    lines.append(
      .row(
        RowText(left: [
          RowPart("Enter ", style: theme[.key]), RowPart("learn from it   ", style: theme[.dim]),
          RowPart("Esc ", style: theme[.key]), RowPart("change nothing", style: theme[.dim]),
        ])))
    return lines
  }
}
