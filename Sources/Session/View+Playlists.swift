import Music
import Screen

/// The playlists: the listener's own, smart ones, and those found in folders; or the songs of the
/// one that is open.
struct PlaylistsView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    guard state.queryEntry == nil, let opened = state.playlists.opened else {
      return drawList(on: &canvas, in: rect)
    }
    OpenPlaylistView(state: state, opened: opened).draw(on: &canvas, in: rect)
  }

  private func drawList(on canvas: inout Canvas, in rect: Rect) {
    let rows = state.playlists.rows
    let note = rows.map { $0.isEmpty ? "" : "\(state.playlists.selection + 1) of \($0.count)" }
    Box(title: title, note: note ?? "").draw(on: &canvas, in: rect, theme: state.theme)
    var inner = Box.inner(of: rect)
    if let entry = state.queryEntry {
      inner = SearchLine(entry: entry, problem: state.playlists.problem)
        .draw(on: &canvas, in: inner, theme: state.theme)
    }
    guard let rows, !rows.isEmpty else {
      Paragraph(emptiness, style: state.theme[.dim])
        .draw(on: &canvas, in: inner.inset(by: 1), theme: state.theme)
      return
    }
    let selection = state.playlists.selection
    let offset = Rows.offset(
      showing: selection, of: rows.count, height: inner.height, from: selection - inner.height / 2)
    let visible = offset..<min(rows.count, offset + inner.height)
    Rows(
      items: visible.map { row(rows[$0], width: inner.width) }, selected: selection,
      offset: offset, first: offset, total: rows.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  private var title: String {
    guard case .query(let name)? = state.queryEntry?.purpose else { return "playlists" }
    return "the query of \(name)"
  }

  private var emptiness: String {
    guard state.playlists.rows != nil else { return "Reading the playlists…" }
    return "No playlist yet: s keeps the queue as one, :smart.save NAME QUERY makes one that "
      + "follows the library. Lists that lie in the folders of your music are shown here too."
  }

  /// Wide rows say what a smart list looks for and where a found one lies.
  private func row(_ row: PlaylistRow, width: Int) -> RowText {
    let theme = state.theme
    let isWide = width >= 56
    let right = amount(row, isWide: isWide)
    let nameWidth = isWide ? max(16, width * 28 / 100) : width - 8 - TextWidth.columns(right) - 2
    let name = TextWidth.truncate(
      row.reference.name, to: nameWidth - 1, ellipsis: theme.glyphs.ellipsis)
    var left = [
      RowPart(" \(kind(row))", style: theme[.dim], width: 7),
      RowPart(name, style: theme[.text], width: nameWidth),
    ]
    if isWide {
      left.append(RowPart(detail(row), style: theme[row.problem == nil ? .dim : .warning]))
    }
    let style = theme[row.songs == nil ? .warning : .dim]
    return RowText(left: left, right: [RowPart(right, style: style)])
  }

  private func kind(_ row: PlaylistRow) -> String {
    switch row.reference {
    case .saved: "yours"
    case .smart: "smart"
    case .found: "found"
    }
  }

  private func detail(_ row: PlaylistRow) -> String {
    if let problem = row.problem { return problem }
    let absent = row.absent > 0 ? "\(row.absent) not in the library" : ""
    switch row.reference {
    case .saved: return absent
    case .smart: return row.query ?? ""
    case .found(let path):
      let folder = path[..<(path.lastIndex(of: UInt8(ascii: "/")) ?? 0)]
      return (absent.isEmpty ? "" : absent + ", ") + "in " + PathText.escaped(Array(folder))
    }
  }

  private func amount(_ row: PlaylistRow, isWide: Bool) -> String {
    guard let songs = row.songs else { return "unreadable " }
    let more = row.isCut ? "+" : ""
    let count = isWide && !row.isCut ? counted(songs, "song") : "\(songs)\(more)"
    let length = LengthText.text(row.seconds) + more
    return count + String(repeating: " ", count: max(2, 9 - length.count)) + length + " "
  }
}

/// The songs of one playlist.
struct OpenPlaylistView {
  let state: State
  let opened: OpenPlaylist

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let entries = opened.contents.entries
    Box(title: opened.reference.name, note: note).draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    guard !entries.isEmpty else {
      Paragraph("No song is in this playlist. Esc goes back.", style: state.theme[.dim])
        .draw(on: &canvas, in: inner.inset(by: 1), theme: state.theme)
      return
    }
    let offset = Rows.offset(
      showing: opened.selection, of: entries.count, height: inner.height,
      from: opened.selection - inner.height / 2)
    let visible = offset..<min(entries.count, offset + inner.height)
    Rows(
      items: visible.map { row(entries[$0], width: inner.width) }, selected: opened.selection,
      offset: offset, first: offset, total: entries.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  private var note: String {
    let contents = opened.contents
    guard !contents.entries.isEmpty else { return "" }
    let rest =
      contents.total > contents.entries.count
      ? " (the first of \(contents.total))"
      : contents.absent > 0 ? ", \(contents.absent) not in the library" : ""
    return "\(opened.selection + 1) of \(contents.entries.count)\(rest)"
  }

  private func row(_ entry: PlaylistContents.Entry, width: Int) -> RowText {
    switch entry {
    case .track(let id): SongRow(state: state, track: state.known[id]).text(width: width)
    case .absent(let words):
      RowText(
        left: [RowPart("  \(words)", style: state.theme[.dim])],
        right: [RowPart("not here ", style: state.theme[.dim])])
    }
  }
}

/// How long many songs are together.
enum LengthText {
  /// As a clock says it, or in hours from a hundred on.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 360_000, seconds < 1e12 else {
      return ClockText.text(seconds)
    }
    return "\(Int(seconds / 3600)) h"
  }
}
