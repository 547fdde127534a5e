import Music

/// The words after a command's name, taken one by one; every complaint knows its column.
package struct CommandArguments {
  package let name: CommandFile.Word
  private var rest: ArraySlice<CommandFile.Word>
  private var column: Int
  /// Behind the last word taken.
  private var end: Int

  package init(name: CommandFile.Word, rest: [CommandFile.Word]) {
    self.name = name
    self.rest = rest[...]
    column = name.column
    end = name.column + name.text.count
  }

  /// The next word, left where it is.
  package var peek: String? { rest.first?.text }

  package mutating func take() -> String? {
    guard let word = rest.popFirst() else { return nil }
    column = word.column
    end = word.column + word.text.count
    return word.text
  }

  /// All words that are left, joined by blanks; nil without any.
  package mutating func remaining() -> String? {
    let words = all()
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// All words that are left as one query; nil without any.
  ///
  /// The command line has taken quotation marks away: what they held together gets some again.
  package mutating func query() -> String? {
    let words = all().map { word -> String in
      guard word.contains(" "), !word.contains("\"") else { return word }
      let parts = word.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, Query.Field(rawValue: String(parts[0])) != nil else {
        return Query.quoted(word)
      }
      return "\(parts[0]):\(Query.quoted(String(parts[1])))"
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  package mutating func all() -> [String] {
    var words: [String] = []
    while let word = take() { words.append(word) }
    return words
  }

  /// All words that are left, with their columns.
  package mutating func allWords() -> [CommandFile.Word] {
    let words = Array(rest)
    if let last = words.last { end = last.column + last.text.count }
    rest = []
    return words
  }

  package mutating func text(_ what: String) throws(CommandError) -> String {
    guard let word = take() else { throw missing(what) }
    return word
  }

  package mutating func word(among known: [String]) throws(CommandError) -> String {
    let word = try text(known.joined(separator: ", "))
    guard known.contains(word) else {
      throw fault("\(name.text): '\(word)' is none of \(known.joined(separator: ", "))")
    }
    return word
  }

  package mutating func integer(
    _ what: String, in range: ClosedRange<Int> = -1_000_000...1_000_000
  ) throws(CommandError) -> Int {
    let word = try text(what)
    guard let value = Int(word), range.contains(value) else {
      throw fault("\(name.text): '\(word)' is not \(what)")
    }
    return value
  }

  package mutating func number(
    _ what: String, in range: ClosedRange<Double>
  ) throws(CommandError) -> Double {
    let word = try text(what)
    guard let value = Double(word), range.contains(value) else {
      throw fault(
        "\(name.text): '\(word)' is not \(what) from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `+5`, `-60`, `90` or `1:30`: seconds from here where a sign stands, else from the start.
  package mutating func seek() throws(CommandError) -> Command.Seek {
    let word = try text("seconds")
    if word.hasPrefix("+") || word.hasPrefix("-") {
      guard let value = Double(word), value.magnitude < 1_000_000 else {
        throw fault("seek: '\(word)' is no number of seconds")
      }
      return .by(value)
    }
    var seconds = 0.0
    for part in word.split(separator: ":", omittingEmptySubsequences: false) {
      guard let value = Double(part), value >= 0, value < 1_000_000 else {
        throw fault("seek: '\(word)' is no time such as 90 or 1:30")
      }
      seconds = seconds * 60 + value
    }
    return .to(seconds)
  }

  package mutating func adjustment() throws(CommandError) -> Command.Adjustment {
    let isRelative = peek.map { $0.hasPrefix("+") || $0.hasPrefix("-") } ?? false
    let value = try integer("a number from 0 to 100", in: isRelative ? -100...100 : 0...100)
    return isRelative ? .by(value) : .to(value)
  }

  /// Complains where words are left over.
  package mutating func expectEnd() throws(CommandError) {
    guard let extra = take() else { return }
    throw fault("\(name.text): '\(extra)' is one word too many")
  }

  package func unknownCommand() -> CommandError {
    let names = CommandTable.entries.map(\.name)
    let hint = CommandFile.suggestion(for: name.text, among: names)
      .map { "; did you mean \($0)?" }
    return CommandError(
      column: name.column, message: "no command '\(name.text)'\(hint ?? ", see ? for all")")
  }

  package func fault(_ message: String) -> CommandError {
    CommandError(column: column, message: message)
  }

  package func missing(_ what: String) -> CommandError {
    CommandError(column: end + 1, message: "\(name.text) needs \(what)")
  }
}
