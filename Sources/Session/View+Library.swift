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
      items: visible.map { place in
        SongRow(state: state, track: window.track(at: place)).text(width: inner.width)
      },
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
    // While a mistake is being typed nobody knows what would match.
    guard state.library.problem == nil else { return "Esc shows everything." }
    return "Nothing matches '\(state.library.text)'. "
      + "Fewer words find more; Esc shows everything."
  }
}
