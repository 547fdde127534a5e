import Screen

/// Themes as files of commands: `style ROLE [COLOUR] [on COLOUR] [ATTRIBUTE]...`
///
///     style playing cyan bold
///     style selection black on 250
///     style title #ff8800 underline
///
/// A role that the file does not style, or not readably, keeps the plain theme's style.
package enum ThemeFile {
  /// The theme, and one error for each line that did not count.
  package static func parse(
    _ text: String, name: String
  ) -> (theme: Theme, errors: [CommandFileError]) {
    var theme = Theme(name: name, styles: Theme.plain.styles)
    var (statements, errors) = CommandFile.parse(text)
    for statement in statements {
      do {
        let (role, style) = try style(of: statement)
        theme.styles[role] = style
      } catch {
        errors.append(error)
      }
    }
    errors.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    return (theme, errors)
  }

  private static func style(
    of statement: CommandFile.Statement
  ) throws(CommandFileError) -> (Theme.Role, Style) {
    let words = statement.words
    guard words[0].text == "style" else {
      throw statement.error(
        at: words[0], "\(CommandFile.quoted(words[0].text)) is no command of a theme: style is")
    }
    guard words.count > 1 else { throw statement.errorAtEnd("style needs the name of a part") }
    guard let role = Theme.Role(rawValue: words[1].text) else {
      let hint = CommandFile.hint(for: words[1].text, among: Theme.Role.allCases.map(\.rawValue))
      throw statement.error(
        at: words[1], "no part of the screen is called \(CommandFile.quoted(words[1].text))\(hint)")
    }
    var reader = StyleReader(statement: statement)
    return (role, try reader.read(words[2...]))
  }
}

/// Reads the words after the role.
private struct StyleReader {
  let statement: CommandFile.Statement
  private var style = Style.plain
  private var hasForeground = false

  init(statement: CommandFile.Statement) { self.statement = statement }

  mutating func read(
    _ words: ArraySlice<CommandFile.Word>
  ) throws(CommandFileError) -> Style {
    var isBackground = false
    for word in words {
      if isBackground {
        style.background = try colour(word)
        isBackground = false
      } else if word.text == "on" {
        isBackground = true
      } else if let named = Style.Attributes.names.first(where: { $0.name == word.text }) {
        style.attributes.insert(named.attribute)
      } else {
        let colour = try colour(word)
        guard !hasForeground else {
          throw statement.error(at: word, "a second colour: write \"on\" before a background")
        }
        style.foreground = colour
        hasForeground = true
      }
    }
    guard !isBackground else { throw statement.errorAtEnd("\"on\" needs a colour after it") }
    return style
  }

  private func colour(_ word: CommandFile.Word) throws(CommandFileError) -> Color {
    if let colour = Color(themeWord: word.text) { return colour }
    let known = Color.names + ["default", "on"] + Style.Attributes.names.map(\.name)
    let hint = CommandFile.hint(for: word.text, among: known)
    throw statement.error(
      at: word,
      "\(CommandFile.quoted(word.text)) is neither a colour (a name, 0-255, #rrggbb) nor an "
        + "attribute\(hint)")
  }
}

extension Color {
  /// A colour as themes write it: `default`, `red`, `bright-red`, `0`...`255`, `#rrggbb`.
  init?(themeWord word: String) {
    if word == "default" {
      self = .default
    } else if let index = Self.names.firstIndex(of: word) {
      self = .indexed(UInt8(index))
    } else if word.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let index = UInt8(word) {
      self = .indexed(index)
    } else if let value = Self.hexadecimal(word) {
      self = .rgb(value)
    } else {
      return nil
    }
  }

  private static func hexadecimal(_ word: String) -> UInt32? {
    guard word.first == "#", word.utf8.count == 7 else { return nil }
    let digits = word.dropFirst()
    // UInt32 would take a sign too.
    guard digits.allSatisfy(\.isHexDigit) else { return nil }
    return UInt32(digits, radix: 16)
  }
}

extension CommandFile.Statement {
  /// An error that one of the statement's words is the place of.
  package func error(at word: CommandFile.Word, _ message: String) -> CommandFileError {
    CommandFileError(line: line, column: word.column, message: message)
  }

  /// An error of something that lacks after the last word.
  package func errorAtEnd(_ message: String) -> CommandFileError {
    let column = words.last.map { $0.column + $0.text.unicodeScalars.count } ?? 1
    return CommandFileError(line: line, column: column, message: message)
  }
}
