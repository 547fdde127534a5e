/// Cuts one line of a command file into words.
struct CommandLexer {
  private let scalars: [Unicode.Scalar]
  private let line: Int
  private let hasComments: Bool
  private var index = 0
  private var hasWords = false

  init(_ scalars: Substring.UnicodeScalarView, line: Int, hasComments: Bool) {
    self.scalars = Array(scalars)
    self.line = line
    self.hasComments = hasComments
  }

  /// The next word; nil at the end of the line or at a comment.
  mutating func next() throws(CommandFileError) -> CommandFile.Word? {
    while let scalar = current, isBlank(scalar) { index += 1 }
    guard current != nil, !startsComment else { return nil }
    hasWords = true
    let start = index
    var text = String.UnicodeScalarView()
    while let scalar = current, !isBlank(scalar) {
      switch scalar {
      case "\"": try readDoubleQuoted(into: &text)
      case "'": try readSingleQuoted(into: &text)
      case "\\":
        index += 1
        guard let kept = current else { throw error("nothing follows the backslash", at: index) }
        try append(kept, to: &text)
      default: try append(scalar, to: &text)
      }
    }
    return CommandFile.Word(text: String(text), column: start + 1)
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

  /// A `#` that begins the line's first word, or that stands alone: `#ff8800` is a colour.
  private var startsComment: Bool {
    guard hasComments, current == "#" else { return false }
    return !hasWords || index + 1 == scalars.count || isBlank(scalars[index + 1])
  }

  private mutating func readDoubleQuoted(
    into text: inout String.UnicodeScalarView
  ) throws(CommandFileError) {
    let start = index
    index += 1
    while let scalar = current {
      switch scalar {
      case "\"":
        index += 1
        return
      case "\\":
        index += 1
        guard let escaped = current else { break }
        text.append(try meaning(of: escaped))
        index += 1
      default: try append(scalar, to: &text)
      }
    }
    throw error("the quotation mark has no second one", at: start)
  }

  private func meaning(of escaped: Unicode.Scalar) throws(CommandFileError) -> Unicode.Scalar {
    switch escaped {
    case "\"", "\\": escaped
    case "n": "\n"
    case "t": "\t"
    default:
      throw error("only \\\" \\\\ \\n and \\t have a meaning in quotation marks", at: index - 1)
    }
  }

  private mutating func readSingleQuoted(
    into text: inout String.UnicodeScalarView
  ) throws(CommandFileError) {
    let start = index
    index += 1
    while let scalar = current {
      if scalar == "'" {
        index += 1
        return
      }
      try append(scalar, to: &text)
    }
    throw error("the quotation mark has no second one", at: start)
  }

  /// Takes a character as it is; a control character but the tab is an error.
  private mutating func append(
    _ scalar: Unicode.Scalar, to text: inout String.UnicodeScalarView
  ) throws(CommandFileError) {
    let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    if isControl && scalar != "\t" {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let code = String(repeating: "0", count: 4 - digits.count) + digits
      throw error("a control character, U+\(code), does not belong here", at: index)
    }
    text.append(scalar)
    index += 1
  }

  private func error(_ message: String, at index: Int) -> CommandFileError {
    CommandFileError(line: line, column: index + 1, message: message)
  }
}
