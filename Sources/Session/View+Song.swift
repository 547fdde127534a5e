import Music
import Screen

/// What plays, and how far it is: the two lines that every screen has.
struct SongView {
  let state: State

  func draw(on canvas: inout Canvas, layout: Layout) {
    drawSong(on: &canvas, in: layout.song)
    drawProgress(on: &canvas, in: layout.progress)
  }

  private func drawSong(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    guard let track = state.playingTrack else {
      RowText(" \(silence)", style: theme[.dim]).draw(on: &canvas, in: rect, theme: theme)
      return
    }
    var left = [
      RowPart(
        " \(state.playback.isPaused || !state.playback.hasStarted ? "‖" : "♪") ",
        style: theme[.accent]),
      RowPart(track.displayTitle, style: theme[.playing]),
      RowPart(" · \(track.displayArtist)", style: theme[.text]),
    ]
    if let album = track.tags.album {
      let year = track.tags.year.map { " (\($0))" } ?? ""
      left.append(RowPart(" · \(album)\(year)", style: theme[.dim]))
    }
    let rating = state.playback.rating.map { "rated \($0) " } ?? ""
    RowText(left: left, right: [RowPart(rating, style: theme[.good])])
      .draw(on: &canvas, in: rect, theme: theme)
  }

  private var silence: String {
    if let trouble = state.playback.trouble { return trouble }
    if state.playback.waitsForSpace, !state.queue.isEmpty { return "Space plays the queue" }
    if state.choice.awaitsMood { return "waiting a moment for your mood; m sets it by hand" }
    if state.scan != nil { return "looking for music" }
    if !state.mayRecommend { return "waiting for a face that is registered" }
    return "nothing plays: gl shows the library, :scan FOLDER adds music"
  }

  private func drawProgress(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    let volume = "volume \(state.playback.volume) "
    let silent = state.playback.isSilent ? "silent · " : ""
    let position = " \(ClockText.text(state.playback.position)) "
    let duration = state.playingLength.map { " \(ClockText.text($0)) " } ?? " -:-- "
    let right = duration + "  " + silent + volume
    let (left, rest) = rect.splitLeft(TextWidth.columns(position))
    canvas.put(position, x: left.x, y: left.y, style: theme[.text], in: left)
    let width = TextWidth.columns(right)
    let bar = rest.splitLeft(rest.width - width)
    ProgressBar(fraction: state.queue.current == nil ? nil : state.playingShare ?? 0)
      .draw(on: &canvas, in: bar.left, theme: theme)
    canvas.put(right, x: bar.rest.x, y: bar.rest.y, style: theme[.dim], in: bar.rest)
  }
}

/// Times as people read them.
enum ClockText {
  /// `1:05`, or `1:02:03` from an hour on; seconds are cut, not rounded.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 360_000 else { return "-:--" }
    let whole = Int(seconds)
    let rest = whole % 60
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    let minutes = whole / 60
    guard minutes >= 60 else { return "\(minutes):\(tail)" }
    let middle = minutes % 60
    return "\(minutes / 60):\(middle < 10 ? "0" : "")\(middle):\(tail)"
  }
}
