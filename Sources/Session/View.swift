import Perception
import Screen

/// The whole screen as a function of the state; what was not asked to be drawn is blank.
///
/// `preview` is the newest picture of the face; it has a way of its own past the state.
package func view(_ state: State, preview: Preview? = nil) -> Canvas {
  var canvas = Canvas(size: state.size)
  guard let layout = Layout(state.size) else {
    drawTooSmall(state, on: &canvas)
    return canvas
  }
  HeaderView(state: state).draw(on: &canvas, in: layout.header)
  if state.isHelpShown {
    HelpView(state: state).draw(on: &canvas, in: layout.body)
  } else if let details = state.details, !state.mode.isMood {
    DetailsView(state: state, details: details).draw(on: &canvas, in: layout.body)
  } else if state.mode.isMood {
    MoodView(state: state).draw(on: &canvas, in: layout.body)
  } else {
    switch state.section {
    case .now: NowView(state: state, preview: preview).draw(on: &canvas, layout: layout)
    case .queue: QueueView(state: state).draw(on: &canvas, in: layout.body)
    case .library: LibraryView(state: state).draw(on: &canvas, in: layout.body)
    case .playlists: PlaylistsView(state: state).draw(on: &canvas, in: layout.body)
    case .mood: MoodView(state: state).draw(on: &canvas, in: layout.body)
    }
  }
  if case .calibrating(let flow) = state.mode {
    CalibrationView(state: state, flow: flow).draw(on: &canvas, in: layout.body)
  }
  SongView(state: state).draw(on: &canvas, layout: layout)
  FooterView(state: state).draw(on: &canvas, in: layout.footer)
  return canvas
}

private func drawTooSmall(_ state: State, on canvas: inout Canvas) {
  let least = Layout.smallest
  Paragraph(
    "EMUS needs \(least.columns) columns and \(least.rows) rows; here are "
      + "\(state.size.columns) and \(state.size.rows). The music goes on. q quits."
  ).draw(on: &canvas, in: canvas.bounds, theme: state.theme)
}
