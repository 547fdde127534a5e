import Screen

/// The bottom line: what is being typed or asked, what was just said, or what can be pressed. What
/// was said and is too long for it covers the song's two lines above as well, for as long as it is
/// there.
struct FooterView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    let line = Rect(x: rect.x + 1, y: rect.y, width: rect.width - 2, height: 1)
    switch state.mode {
    case .typing where state.searchEntry != nil:
      KeyHints([
        ("Enter", "keep"), ("Esc", "show all"), ("artist:x year:1990.. -word", "narrow"),
      ]).draw(on: &canvas, in: line, theme: theme)
    case .typing where state.queryEntry != nil:
      KeyHints([("Enter", "keep"), ("Esc", "leave it as it was")])
        .draw(on: &canvas, in: line, theme: theme)
    case .typing(let entry):
      TextField(text: entry.text, cursor: entry.cursor, prompt: prompt(entry.purpose))
        .draw(on: &canvas, in: line, theme: theme)
    case .stranger:
      canvas.put(
        "I do not know this face: r register  l look again  g guest  Esc not now", x: line.x,
        y: line.y, style: theme[.prompt], in: line)
    case .mood:
      KeyHints([
        ("arrows", "move"), ("1-9", "pick"), ("Enter", "set"), ("a", "auto"), ("Esc", "leave"),
      ]).draw(on: &canvas, in: line, theme: theme)
    case .calibrating(let flow):
      KeyHints(
        flow.step == .choosing
          ? (flow.isPictureOver ? [] : [("letter", "show")]) + [
            ("Enter", "learn"), ("Esc", "change nothing"),
            ("x", "camera off"),
          ] : [("Esc", "change nothing"), ("x", "camera off")]
      ).draw(on: &canvas, in: line, theme: theme)
    case .normal: drawMessage(on: &canvas, in: line)
    }
  }

  private func prompt(_ purpose: TextEntry.Purpose) -> String {
    switch purpose {
    case .command: ":"
    case .search: "/"
    case .name: "your name: "
    case .playlistName(nil):
      state.ownTracks.isEmpty ? "keep the recommended songs as: " : "keep the queue as: "
    case .playlistName: "its new name: "
    case .query: "/"
    }
  }

  private func drawMessage(on canvas: inout Canvas, in line: Rect) {
    let theme = state.theme
    let hints = KeyHints(hints, alignsRight: true)
    guard let text = message else {
      KeyHints(self.hints).draw(on: &canvas, in: line, theme: theme)
      return
    }
    guard TextWidth.columns(text.text) <= line.width else {
      return drawLong(text.text, style: style(text.tone), on: &canvas, endingIn: line)
    }
    let end = canvas.put(text.text, x: line.x, y: line.y, style: style(text.tone), in: line)
    let rest = line.splitLeft(end - line.x + 3).rest
    if state.message != nil, rest.width >= 16 {
      KeyHints(Array(hints.hints.suffix(2)), alignsRight: true)
        .draw(on: &canvas, in: rest, theme: theme)
    }
  }

  private func drawLong(
    _ text: String, style: Style, on canvas: inout Canvas, endingIn line: Rect
  ) {
    let rows = min(3, Paragraph.lines(of: text, width: line.width).count)
    let top = line.y + 1 - rows
    canvas.fill(
      Rect(x: 0, y: top, width: canvas.bounds.width, height: rows), style: state.theme[.text])
    Paragraph(text, style: style).draw(
      on: &canvas, in: Rect(x: line.x, y: top, width: line.width, height: rows), theme: state.theme)
  }

  /// The message, or the keys typed so far, or how far a scan is.
  private var message: (text: String, tone: Message.Tone)? {
    if !state.typedKeys.isEmpty { return (KeyName.text(state.typedKeys) + " …", .plain) }
    if let message = state.message { return (message.text, message.tone) }
    guard let scan = state.scan else { return nil }
    let total = scan.total.map { " of \($0)" } ?? ""
    return ("reading music: \(scan.done)\(total)", .plain)
  }

  private func style(_ tone: Message.Tone) -> Style {
    switch tone {
    case .plain: state.theme[.text]
    case .good: state.theme[.good]
    case .warning: state.theme[.warning]
    case .error: state.theme[.error]
    }
  }

  private var hints: [(key: String, words: String)] {
    if state.details != nil { return [("j k", "scroll"), ("Esc", "close"), ("q", "close")] }
    return screenHints
  }

  private var screenHints: [(key: String, words: String)] {
    switch state.section {
    case .library:
      [("Enter", "play"), ("a", "add"), ("A", "next"), ("/", "find"), ("?", "help"), ("q", "quit")]
    case .queue:
      [("Enter", "play"), ("d", "remove"), ("J/K", "move"), ("?", "help"), ("q", "quit")]
    case .playlists where state.playlists.opened != nil:
      [
        ("Enter", "play from here"), ("a", "add"), ("A", "next"), ("i", "details"),
        ("Esc", "back"), ("?", "help"), ("q", "quit"),
      ]
    case .playlists:
      [
        ("Enter", "open"), ("P", "play"), ("a", "add"), ("s", "keep queue"), ("r", "rename"),
        ("e", "query"), ("d", "drop"), ("?", "help"), ("q", "quit"),
      ]
    default:
      [
        ("1-9 0", "rate"), ("Space", "pause"), ("> <", "skip, back"), ("m", "mood"),
        ("Tab", "screens"), ("?", "help"), ("q", "quit"),
      ]
    }
  }
}
