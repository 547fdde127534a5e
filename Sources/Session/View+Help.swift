import Screen

/// The keys and what they do, from the very tables that the keys are read by.
struct HelpView {
  let state: State

  func draw(on canvas: inout Canvas, in rect: Rect) {
    Box(title: "keys", note: "j k scroll, ? closes").draw(on: &canvas, in: rect, theme: state.theme)
    let inner = Box.inner(of: rect)
    let rows = rows(in: inner.width)
    let offset = max(0, min(state.helpOffset, rows.count - inner.height))
    let visible = rows[offset..<min(rows.count, offset + inner.height)]
    Rows(
      items: Array(visible), selected: nil, offset: offset, first: offset, total: rows.count
    ).draw(on: &canvas, in: inner, theme: state.theme)
  }

  private func rows(in width: Int) -> [RowText] {
    var rows: [RowText] = []
    for group in CommandTable.Group.allCases {
      if !rows.isEmpty { rows.append(RowText("")) }
      rows.append(RowText(" " + group.rawValue, style: state.theme[.heading]))
      for entry in CommandTable.entries where entry.group == group {
        rows += width < Self.narrow ? narrowRows(entry, in: width) : [row(entry)]
      }
    }
    return rows
  }

  private static let keyWidth = 24
  private static let narrowKeyWidth = 10
  /// Columns below which the explanation gets the room of the command.
  private static let narrow = 58

  /// The keys of a command, as many as are shorter than a column.
  private func keys(_ entry: CommandTable.Entry, in width: Int) -> String {
    let bound = state.keymap.bindings.filter { binding in
      binding.command.split(separator: " ").first.map(String.init) == entry.name
    }
    if entry.name == "rate" && bound.count > 4 { return "1-9 0" }
    return bound.map { KeyName.text($0.keys) }.reduce("") { text, key in
      let longer = text.isEmpty ? key : "\(text) \(key)"
      return longer.count < width ? longer : text
    }
  }

  /// The explanation whole, over as many rows as it takes. A command without a key shows its name in
  /// the keys' place.
  private func narrowRows(_ entry: CommandTable.Entry, in width: Int) -> [RowText] {
    let column = Self.narrowKeyWidth
    let keys = keys(entry, in: column)
    let lead = keys.isEmpty ? ":\(entry.name)" : keys
    let style = state.theme[keys.isEmpty ? .dim : .key]
    let isBeside = lead.count < column
    // A blank before the keys, and the thumb behind the words.
    let lines = Paragraph.lines(of: entry.words, width: width - column - 2)
    let below = lines.enumerated().map { place, line in
      RowText(left: [
        RowPart(" "), RowPart(isBeside && place == 0 ? lead : "", style: style, width: column),
        RowPart(line, style: state.theme[.text]),
      ])
    }
    return isBeside ? below : [RowText(" " + lead, style: style)] + below
  }

  private func row(_ entry: CommandTable.Entry) -> RowText {
    let theme = state.theme
    let keys = keys(entry, in: Self.keyWidth)
    let arguments = entry.arguments.isEmpty ? "" : " \(entry.arguments)"
    return RowText(
      left: [
        RowPart("  "), RowPart(keys, style: theme[.key], width: Self.keyWidth),
        RowPart(entry.words, style: theme[.text]),
      ], right: [RowPart(":\(entry.name)\(arguments) ", style: theme[.dim])])
  }
}
