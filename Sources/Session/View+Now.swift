import Perception
import Screen
import Taste

/// The first screen: do you see me, how do I seem, what comes next and why.
struct NowView {
  let state: State
  let preview: Preview?

  func draw(on canvas: inout Canvas, layout: Layout) {
    let panes = layout.now
    if panes.isBrief {
      drawBrief(on: &canvas, in: panes.mood)
      NextView(state: state).drawRows(on: &canvas, in: panes.next)
      return
    }
    FaceView(state: state, preview: preview).draw(on: &canvas, in: panes.face)
    MeterView(state: state).draw(on: &canvas, in: panes.mood)
    NextView(state: state).draw(on: &canvas, in: panes.next)
  }

  private func drawBrief(on canvas: inout Canvas, in rect: Rect) {
    let words = MoodSentence(state: state)
    RowText(
      left: [RowPart(" " + words.text, style: state.theme[.title])],
      right: [RowPart(words.brief + " ", style: state.theme[.dim])]
    ).draw(on: &canvas, in: rect, theme: state.theme)
  }
}

/// The pane with the preview of the face, or why there is none.
struct FaceView {
  let state: State
  let preview: Preview?

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    Box(title: "face").draw(on: &canvas, in: rect, theme: theme)
    let inner = Box.inner(of: rect)
    let (picture, status) = inner.splitTop(inner.height - 1)
    if let preview, state.camera.showsPicture {
      PreviewPicture(preview: preview).draw(on: &canvas, in: picture)
    } else {
      Paragraph(explanation, style: theme[.dim]).draw(
        on: &canvas, in: picture.inset(by: 1), theme: theme)
    }
    RowText(
      left: [RowPart(" " + person, style: theme[.text])],
      right: [RowPart(speed + " ", style: theme[.dim])]
    ).draw(on: &canvas, in: status, theme: theme)
  }

  private var explanation: String {
    switch state.camera.status {
    case .off:
      if state.settings.source == nil {
        "No camera. m says how you feel; :set camera 0 looks for one."
      } else if !state.settings.looksAtStart {
        "No camera found. m says how you feel; x looks for one again."
      } else if !state.hasBegun {
        "Opening the camera…"
      } else {
        "The camera is off. x turns it on; m says how you feel."
      }
    case .starting: "Opening the camera…"
    case .looking: "Waiting for a picture…"
    case .trouble(let trouble):
      trouble.message
        + (trouble.kind == .device || trouble.kind == .eye ? "\n\nTrying again by itself." : "")
        + "\n\nm says how you feel."
    case .ended: "The picture has ended. x starts it again."
    }
  }

  private var person: String {
    switch state.camera.status {
    case .looking: break
    case .ended: return "ended: x plays again"
    default: return ""
    }
    if state.settings.source == .demo { return "demo face" }
    let sight = state.camera.sight
    switch sight.verdict {
    case .matched(person: let id, score: let score):
      let name = state.listeners.first { $0.id.rawValue == id }?.name ?? "someone"
      return "\(name) \(Percent.fraction(score))"
    case .unknown where state.settings.identity == .off: return "a face"
    case .unknown: return "unknown face"
    case .nobody: return sight.hasFace ? "a face" : "no face: look this way, in the light"
    }
  }

  private var speed: String {
    let rate = state.camera.sight.framesPerSecond
    guard state.camera.showsPicture, state.camera.status != .ended, rate >= 1 else { return "" }
    return "\(Int(rate.rounded())) fps"
  }
}

extension Camera {
  var showsPicture: Bool {
    switch status {
    case .looking, .ended: true
    case .off, .starting, .trouble: false
    }
  }
}

/// Draws the eye's cells, centred.
struct PreviewPicture {
  let preview: Preview

  func draw(on canvas: inout Canvas, in rect: Rect) {
    guard preview.cells.count == preview.columns * preview.rows else { return }
    let left = rect.x + max(0, rect.width - preview.columns) / 2
    let top = rect.y + max(0, rect.height - preview.rows) / 2
    for row in 0..<min(preview.rows, rect.height) {
      for column in 0..<min(preview.columns, rect.width) {
        let cell = preview.cells[row * preview.columns + column]
        let scalar = Unicode.Scalar(cell.glyph) ?? " "
        let style = Style(
          foreground: cell.foreground.map { .rgb($0) } ?? .default,
          background: cell.background.map { .rgb($0) } ?? .default)
        canvas.put(
          String(Character(scalar)), x: left + column, y: top + row, style: style, in: rect)
      }
    }
  }
}
