import Music
import Screen

/// The library's window: artist, title, album, length; what is searched for stands in the frame.
struct LibraryView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let window = state.library
    Box(title: title, note: note).draw(on: &canvas, in: rect, theme: state.theme)
    var inner = Box.inner(of: rect)
    if let entry = state.searchEntry {
      inner = SearchLine(entry: entry, problem: window.problem)
        .draw(on: &canvas, in: inner, theme: state.theme)
    }
    guard let total = window.total, total > 0 else {
      Paragraph(emptiness, style: state.theme[.dim])
        .draw(on: &canvas, in: inner.inset(by: 1), theme: state.theme)
      return
    }
    let offset = Rows.offset(
      showing: window.selection, of: total, height: inner.height,
      from: window.selection - inner.height / 2)
    let visible = offset..<min(total, offset + inner.height)
    Rows(
      items: visible.map { row(window.track(at: $0), width: inner.width) },
      selected: window.selection, offset: offset, first: offset, total: total
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  private var title: String {
    let library = state.library
    if library.isNear { return "library: nothing exact, this is near" }
    return library.text.isEmpty || state.searchEntry != nil
      ? "library" : "library: \(library.text)"
  }

  private var note: String {
    guard let total = state.library.total, total > 0 else { return "" }
    let isDemo = state.library.rows.first?.isDemo ?? false
    let more = state.library.isCut ? "+" : ""
    return "\(state.library.selection + 1) of \(total)\(more)\(isDemo ? " demo pieces" : "")"
  }

  private var emptiness: String {
    guard state.library.total != nil else { return "Reading the library…" }
    if state.library.query.filter == .everything {
      return "No music yet: :scan FOLDER adds some."
    }
    // While a mistake is being typed the rows are those of the query before it.
    let asked = state.library.problem == nil ? state.library.text : "\(state.library.query.filter)"
    return "Nothing matches '\(asked)'. "
      + "Fewer words find more; Esc shows everything."
  }

  private func row(_ track: Track?, width: Int) -> RowText {
    guard let track else { return RowText("…", style: state.theme[.dim]) }
    let theme = state.theme
    let isPlaying = state.queue.current?.track == track.id
    let room = max(0, width - 9)
    let artist = RowPart(
      TextWidth.truncate(
        track.displayArtist, to: room * 30 / 100 - 1, ellipsis: theme.glyphs.ellipsis),
      style: theme[.dim], width: room * 30 / 100)
    let titleWidth = room * 42 / 100
    let title = RowPart(
      TextWidth.truncate(
        track.displayTitle, to: titleWidth - 1, ellipsis: theme.glyphs.ellipsis),
      style: theme[isPlaying ? .playing : .text], width: titleWidth)
    let album = RowPart(track.tags.album ?? "", style: theme[.dim])
    return RowText(
      left: [RowPart(isPlaying ? "♪ " : "  ", style: theme[.accent]), artist, title, album],
      right: [RowPart(track.tags.duration.map(ClockText.text) ?? "", style: theme[.dim])])
  }
}
