import Music
import Screen

/// A song as a row of a list: artist, title, album, length; where it is narrow without the album.
struct SongRow {
  let state: State
  /// Nil while it is being looked up.
  let track: Track?

  func text(width: Int) -> RowText {
    guard let track else { return RowText("…", style: state.theme[.dim]) }
    let theme = state.theme
    let isPlaying = state.queue.current?.track == track.id
    let room = max(0, width - 9)
    let isNarrow = width < 56
    let artistWidth = room * (isNarrow ? 38 : 30) / 100
    let artist = RowPart(
      TextWidth.truncate(
        track.displayArtist, to: artistWidth - 1, ellipsis: theme.glyphs.ellipsis),
      style: theme[.dim], width: artistWidth)
    let titleWidth = isNarrow ? room - artistWidth : room * 42 / 100
    let title = RowPart(
      TextWidth.truncate(
        track.displayTitle, to: titleWidth - 1, ellipsis: theme.glyphs.ellipsis),
      style: theme[isPlaying ? .playing : .text], width: titleWidth)
    let album = RowPart(isNarrow ? "" : track.tags.album ?? "", style: theme[.dim])
    return RowText(
      left: [RowPart(isPlaying ? "♪ " : "  ", style: theme[.accent]), artist, title, album],
      right: [RowPart(track.tags.duration.map(ClockText.text) ?? "", style: theme[.dim])])
  }
}
