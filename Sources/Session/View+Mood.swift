import Perception
import Screen

/// The field of moods: where the listener is, and the moods that have names, to pick from.
struct MoodView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    let names = rect.splitLeft(max(0, rect.width - 26))
    drawField(on: &canvas, in: names.left)
    drawNames(on: &canvas, in: names.rest)
  }

  private var isChoosing: Bool { state.mode.isMood }

  private var point: (valence: Double, arousal: Double)? {
    if case .mood(let valence, let arousal) = state.mode { return (valence, arousal) }
    guard state.mood.certainty > 0 else { return nil }
    return (state.mood.valence, state.mood.arousal)
  }

  private func drawField(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    let words = MoodSentence(state: state)
    Box(title: isChoosing ? "how do you feel?" : words.text, isFocused: isChoosing)
      .draw(on: &canvas, in: rect, theme: theme)
    let field = Box.inner(of: rect)
    guard field.width > 8, field.height > 4 else { return }
    let middle = (x: field.x + field.width / 2, y: field.y + field.height / 2)
    canvas.fill(
      Rect(x: field.x, y: middle.y, width: field.width, height: 1), theme.glyphs.horizontal,
      style: theme[.track])
    canvas.fill(
      Rect(x: middle.x, y: field.y, width: 1, height: field.height), theme.glyphs.vertical,
      style: theme[.track])
    let dim = theme[.dim]
    canvas.put("excited", x: middle.x + 2, y: field.y, style: dim, in: field)
    canvas.put("quiet", x: middle.x + 2, y: field.maxY - 1, style: dim, in: field)
    canvas.put("unpleasant", x: field.x, y: middle.y, style: dim, in: field)
    canvas.put("pleasant", x: field.maxX - 8, y: middle.y, style: dim, in: field)
    for (index, mood) in NamedMood.all.prefix(9).enumerated() {
      let at = place(mood.valence, mood.arousal, in: field)
      let mark = isChoosing ? "\(index + 1)" : "·"
      canvas.put(mark, x: at.x, y: at.y, style: theme[.text], in: field)
    }
    if let point {
      let at = place(point.valence, point.arousal, in: field)
      canvas.put(String(theme.glyphs.dot), x: at.x, y: at.y, style: theme[.accent], in: field)
    }
  }

  private func place(_ valence: Double, _ arousal: Double, in field: Rect) -> (x: Int, y: Int) {
    let x = Double(field.width - 1) * (valence + 1) / 2
    let y = Double(field.height - 1) * (1 - arousal) / 2
    return (field.x + Int(x.rounded()), field.y + Int(y.rounded()))
  }

  private func drawNames(on canvas: inout Canvas, in rect: Rect) {
    let theme = state.theme
    Box(title: "moods").draw(on: &canvas, in: rect, theme: theme)
    let inner = Box.inner(of: rect)
    var lines = NamedMood.all.prefix(9).enumerated().map { index, mood in
      RowText(left: [
        RowPart(isChoosing ? " \(index + 1) " : " · ", style: theme[.key]),
        RowPart(mood.name, style: theme[.text]),
      ])
    }
    lines.append(RowText(""))
    if isChoosing {
      lines.append(hint("Enter", "feel like this"))
      lines.append(hint("a", "trust the camera"))
    } else {
      lines.append(hint("m", "say how you feel"))
      lines.append(hint("M", "trust the camera"))
      lines.append(hint("p", state.policy.words))
    }
    Rows(items: lines, selected: nil, offset: 0).draw(on: &canvas, in: inner, theme: theme)
  }

  private func hint(_ key: String, _ words: String) -> RowText {
    RowText(left: [
      RowPart(" \(key) ", style: state.theme[.key]), RowPart(words, style: state.theme[.dim]),
    ])
  }
}
