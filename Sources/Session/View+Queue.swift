import Music
import Screen

/// What comes next on the Now screen, each song with why.
struct NextView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.height > 2 else { return }
    Box(title: "next").draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    drawRows(
      on: &canvas,
      in: Rect(x: inner.x + 1, y: inner.y, width: inner.width - 2, height: inner.height))
  }

  func drawRows(on canvas: inout Canvas, in rect: Rect) {
    let upcoming = state.queue.upcoming
    guard !upcoming.isEmpty else {
      Paragraph(EmptyQueue.words(state), style: state.theme[.dim])
        .draw(on: &canvas, in: rect, theme: state.theme)
      return
    }
    for (line, entry) in upcoming.prefix(rect.height).enumerated() {
      let row = Rect(x: rect.x, y: rect.y + line, width: rect.width, height: 1)
      EntryRow(state: state, entry: entry).text(width: rect.width)
        .draw(on: &canvas, in: row, theme: state.theme)
    }
  }
}

/// Why nothing comes next, and what to do about it.
enum EmptyQueue {
  static func words(_ state: State) -> String {
    if state.choice.awaitsMood { return "Songs come as soon as your mood is known." }
    if state.choice.isBusy { return "Choosing songs…" }
    if !state.mayRecommend {
      return "Songs come once your face is recognised: :register NAME, or :set identity off."
    }
    if !state.settings.refill { return "The queue is empty: add songs in the library (gl)." }
    if state.library.total ?? 0 > 0, state.library.query.filter == .everything {
      return "Nothing to come: the queue refills when the next song begins."
    }
    return "No music yet: :scan FOLDER adds some."
  }
}

/// One entry of the queue as a row: who chose it, the song, the expected rating, why.
struct EntryRow {
  let state: State
  let entry: Queue.Entry

  /// Narrow rows leave the artist out and give the first reason only.
  func text(width: Int) -> RowText {
    let theme = state.theme
    let isNarrow = width < 56
    let reasonWidth = width * (isNarrow ? 40 : 44) / 100
    let why = TextWidth.truncate(
      reason(isNarrow: isNarrow), to: reasonWidth, ellipsis: theme.glyphs.ellipsis)
    let room = max(0, width - reasonWidth - 7)
    return RowText(left: [
      RowPart(entry.isRecommended ? "· " : "+ ", style: theme[.accent]),
      RowPart(
        TextWidth.truncate(song(isNarrow: isNarrow), to: room, ellipsis: theme.glyphs.ellipsis),
        style: theme[.text], width: room),
      RowPart(" \(score) ", style: theme[.text], width: 5), RowPart(why, style: theme[.dim]),
    ])
  }

  private func song(isNarrow: Bool) -> String {
    guard let track = state.known[entry.track] else { return "…" }
    return isNarrow ? track.displayTitle : "\(track.displayTitle) · \(track.displayArtist)"
  }

  private var score: String {
    if case .recommended(let score) = entry.origin { return Percent.score(score) }
    return ""
  }

  private func reason(isNarrow: Bool) -> String {
    guard entry.isRecommended else { return "yours" }
    return isNarrow ? entry.reasons.first ?? "" : entry.reasons.joined(separator: "; ")
  }
}

/// The whole queue, to be edited.
struct QueueView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let upcoming = state.queue.upcoming
    let own = upcoming.count { !$0.isRecommended }
    Box(title: "queue", note: "\(upcoming.count) to come, \(own) yours")
      .draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    guard !upcoming.isEmpty else {
      Paragraph(EmptyQueue.words(state), style: state.theme[.dim])
        .draw(on: &canvas, in: inner.inset(by: 1), theme: state.theme)
      return
    }
    let offset = Rows.offset(
      showing: state.queueSelection, of: upcoming.count, height: inner.height, from: 0)
    let visible = upcoming[offset..<min(upcoming.count, offset + inner.height)]
    Rows(
      items: visible.map { EntryRow(state: state, entry: $0).text(width: inner.width) },
      selected: state.queueSelection, offset: offset, first: offset, total: upcoming.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }
}
