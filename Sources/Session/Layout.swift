import Screen

/// Which part of the screen shows what, by the terminal's size alone. A layout never leaves it.
package struct Layout: Equatable, Sendable {
  package var header: Rect
  package var body: Rect
  package var song: Rect
  package var progress: Rect
  package var footer: Rect

  /// The least that the player can be used at.
  package static let smallest = Size(columns: 40, rows: 10)

  /// Nil where the terminal is too small.
  package init?(_ size: Size) {
    guard size.columns >= Self.smallest.columns, size.rows >= Self.smallest.rows else { return nil }
    let all = Rect(size: size)
    let (header, rest) = all.splitTop(1)
    let (body, bottom) = rest.splitTop(rest.height - 3)
    self.header = header
    self.body = body
    song = bottom.splitTop(1).top
    progress = bottom.splitTop(1).rest.splitTop(1).top
    footer = bottom.splitTop(2).rest
  }

  /// The panes of the Now screen; empty ones are not shown.
  package struct Now: Equatable, Sendable {
    package var face = Rect(x: 0, y: 0, width: 0, height: 0)
    package var mood: Rect
    package var next: Rect
    /// The mood pane has room for its label alone.
    package var isBrief = false
  }

  /// Three panes side by side; at 60 to 95 columns `next` folds under `mood`; below that, or
  /// where rows are few, the face goes.
  package var now: Now {
    if body.width >= 96, body.height >= 12 {
      let face = body.splitLeft(max(26, body.width * 26 / 100))
      let mood = face.rest.splitLeft(max(32, body.width * 30 / 100))
      return Now(face: face.left, mood: mood.left, next: mood.rest)
    }
    if body.width >= 60, body.height >= 16 {
      let face = body.splitLeft(body.width * 42 / 100)
      let mood = face.rest.splitTop(14)
      return Now(face: face.left, mood: mood.top, next: mood.rest)
    }
    let (mood, next) = body.splitTop(1)
    return Now(mood: mood, next: next, isBrief: true)
  }

  /// Where the preview of the face is drawn: inside the pane, above its line of words.
  package static func preview(_ state: State) -> Rect? {
    guard let layout = Layout(state.size), state.section == .now, !state.isHelpShown,
      state.details == nil, !state.mode.isMood
    else { return nil }
    let pane = layout.now.face
    guard !pane.isEmpty else { return nil }
    let inner = Box.inner(of: pane)
    return inner.splitTop(inner.height - 1).top
  }
}

extension Mode {
  var isMood: Bool {
    if case .mood = self { return true }
    return false
  }
}
