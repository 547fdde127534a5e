import Screen
import Taste

/// The top line: the screens, who listens, what the music is for.
struct HeaderView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    var x = canvas.put(" EMUS ", x: rect.x, y: rect.y, style: theme[.accent], in: rect) + 1
    let right = "\(state.listener.name) · \(state.policy.rawValue) "
    let width = TextWidth.columns(right)
    let tabs = rect.splitLeft(max(0, rect.width - width - 1)).left
    let all = Section.allCases
    let isNarrow = all.reduce(x) { $0 + $1.title.count + 2 } > tabs.maxX
    for section in isNarrow ? [state.section] : all {
      let isShown = section == state.section
      let style = theme[isShown ? .selection : .dim]
      x = canvas.put(" \(section.title) ", x: x, y: rect.y, style: style, in: tabs)
    }
    canvas.put(right, x: rect.maxX - width, y: rect.y, style: theme[.dim], in: rect)
  }
}
