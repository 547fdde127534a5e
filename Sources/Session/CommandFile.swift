/// The syntax of configuration, key maps and themes: one command a line, `#` for comments.
///
/// Words are separated by blanks; `"..."` and `'...'` keep blanks, a backslash keeps the character
/// after it. It knows no command: who reads a file gives its words their meaning. It never traps
/// and never stops: a line it cannot read is an error with its place, and the others count.
///
///     set camera 0
///     bind r rate            # a comment, since a blank follows the sign
///     style title #ff8800    # a colour is none
package enum CommandFile {
  /// A word and where it began.
  package struct Word: Equatable, Sendable {
    package var text: String
    /// Unicode scalars from the start of the line, from 1.
    package var column: Int

    package init(text: String, column: Int) {
      self.text = text
      self.column = column
    }
  }

  /// The words of one line, at least one.
  package struct Statement: Equatable, Sendable {
    /// From 1.
    package var line: Int
    package var words: [Word]

    package init(line: Int, words: [Word]) {
      self.line = line
      self.words = words
    }
  }

  /// UTF-8 bytes beyond which a line is an error, not a command.
  package static let longestLine = 16_384

  package static func parse(
    _ text: String
  ) -> (statements: [Statement], errors: [CommandFileError]) {
    var statements: [Statement] = []
    var errors: [CommandFileError] = []
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first?.first == "\u{FEFF}" { lines[0] = lines[0].dropFirst() }
    for (index, var line) in lines.enumerated() {
      if line.last == "\r" { line = line.dropLast() }
      do {
        let words = try words(of: line, line: index + 1, hasComments: true)
        if !words.isEmpty { statements.append(Statement(line: index + 1, words: words)) }
      } catch {
        errors.append(error)
      }
    }
    return (statements, errors)
  }

  /// The words of a line typed by hand, in which `#` begins no comment.
  package static func words(of line: String) throws(CommandFileError) -> [Word] {
    try words(of: line.unicodeScalars[...], line: 1, hasComments: false)
  }

  private static func words(
    of line: Substring.UnicodeScalarView, line number: Int, hasComments: Bool
  ) throws(CommandFileError) -> [Word] {
    guard Substring(line).utf8.count <= longestLine else {
      throw CommandFileError(
        line: number, column: 1, message: "the line is longer than \(longestLine) bytes")
    }
    var lexer = CommandLexer(line, line: number, hasComments: hasComments)
    var words: [Word] = []
    while let word = try lexer.next() { words.append(word) }
    return words
  }
}

/// Why a line of a command file does not count, and where.
package struct CommandFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  package var line: Int
  /// Unicode scalars from the start of the line, from 1; one past the end where something lacks.
  package var column: Int
  package var message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// To be written after the file's name and a colon.
  package var description: String { "\(line):\(column): \(message)" }
}
