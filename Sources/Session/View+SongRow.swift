import Music
import Screen

/// A song as a row of a list: artist, title, album, length.
struct SongRow {
  let state: State
  /// Nil while it is being looked up.
  let track: Track?

  func text(width: Int) -> RowText {
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
