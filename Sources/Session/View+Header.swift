import Screen
import Taste

/// The top line: the screens, who listens, what the music is for.
struct HeaderView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    let right = "\(state.listener.name) · \(state.policy.rawValue) "
    let width = TextWidth.columns(right)
    let tabs = rect.splitLeft(max(0, rect.width - width - 1)).left
    let all = Section.allCases
    // Where not all screens find room the program's name goes, then the others' names.
    let name = " EMUS "
    let room = tabs.maxX - all.reduce(rect.x) { $0 + $1.title.count + 2 }
    let isNarrow = room < 0
    var x = rect.x
    if isNarrow || room > name.count {
      x = canvas.put(name, x: x, y: rect.y, style: theme[.accent], in: rect) + 1
    }
    for section in isNarrow ? [state.section] : all {
      let isShown = section == state.section
      let style = theme[isShown ? .selection : .dim]
      x = canvas.put(" \(section.title) ", x: x, y: rect.y, style: style, in: tabs)
    }
    canvas.put(right, x: rect.maxX - width, y: rect.y, style: theme[.dim], in: rect)
  }
}
