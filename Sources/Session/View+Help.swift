import Screen

/// The keys and what they do, from the very tables that the keys are read by.
struct HelpView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    Box(title: "keys", note: "j k scroll, ? closes").draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    let rows = rows
    let offset = max(0, min(state.helpOffset, rows.count - inner.height))
    let visible = rows[offset..<min(rows.count, offset + inner.height)]
    Rows(
      items: Array(visible), selected: nil, offset: offset, first: offset, total: rows.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  private var rows: [RowText] {
    var rows: [RowText] = []
    for group in CommandTable.Group.allCases {
      if !rows.isEmpty { rows.append(RowText("")) }
      rows.append(RowText(" " + group.rawValue, style: state.theme[.heading]))
      for entry in CommandTable.entries where entry.group == group { rows.append(row(entry)) }
    }
    return rows
  }

  private static let keyWidth = 24

  /// As many keys as the column has room for, and a blank behind them.
  private func fitting(_ keys: [String]) -> String {
    keys.reduce("") { text, key in
      let longer = text.isEmpty ? key : "\(text) \(key)"
      return longer.count < Self.keyWidth ? longer : text
    }
  }

  private func row(_ entry: CommandTable.Entry) -> RowText {
    let theme = state.theme
    let bound = state.keymap.bindings.filter { binding in
      binding.command.split(separator: " ").first.map(String.init) == entry.name
    }
    let keys =
      entry.name == "rate" && bound.count > 4
      ? "1-9 0" : fitting(bound.map { KeyName.text($0.keys) })
    let arguments = entry.arguments.isEmpty ? "" : " \(entry.arguments)"
    return RowText(
      left: [
        RowPart("  "), RowPart(keys, style: theme[.key], width: Self.keyWidth),
        RowPart(entry.words, style: theme[.text]),
      ], right: [RowPart(":\(entry.name)\(arguments) ", style: theme[.dim])])
  }
}
