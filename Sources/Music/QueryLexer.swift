/// Cuts a query into words, quoted words, fields with their values, and signs.
///
/// It works on Unicode scalars, so that a quotation mark stays one whatever follows it, and it never
/// fails: a mark that is not closed ends with the text, for it is being typed.
struct QueryLexer {
  enum Token: Equatable {
    case open
    case close
    case not
    case or
    /// Says nothing: what stands side by side is meant together anyway.
    case and
    case words(String)
    case field(Query.Field, String)
    /// A measure and what is said of it, not looked at yet.
    case measure(Query.Measure, String)
    /// What is called nearly as a field and has a value, and the field's name.
    case misspelt(String, meant: String)
    /// What other programs have as a field, with a value.
    case noField(String)
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// The next token and where it begins, from 1; of a measure, where its value begins.
  mutating func next() -> (token: Token, column: Int)? {
    while let scalar = current {
      let column = index + 1
      switch scalar {
      case "(":
        index += 1
        return (.open, column)
      case ")":
        index += 1
        return (.close, column)
      case "\"": return (.words(quoted()), column)
      case "-":
        index += 1
        // Alone it is the dash of "artist - title", and says nothing.
        if let following = current, !following.properties.isWhitespace { return (.not, column) }
      case _ where scalar.properties.isWhitespace: index += 1
      default: return word()
      }
    }
    return nil
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func word() -> (token: Token, column: Int) {
    let start = index
    var text = String.UnicodeScalarView()
    while let scalar = current, !endsWord(scalar) {
      if scalar == ":" {
        let name = String(text).lowercased()
        if let token = keyed(name) { return token }
        if let meant = meant(by: name) {
          _ = bare()
          return (.misspelt(name, meant: meant), start + 1)
        }
        if Self.foreign.contains(name), hasValue {
          _ = bare()
          return (.noField(name), start + 1)
        }
      }
      text.append(scalar)
      index += 1
    }
    switch String(text).lowercased() {
    case "not": return (.not, start + 1)
    case "or": return (.or, start + 1)
    case "and": return (.and, start + 1)
    default: return (.words(String(text)), start + 1)
    }
  }

  /// The value after the colon, where what stands before it is a name of ours.
  private mutating func keyed(_ name: String) -> (token: Token, column: Int)? {
    let field = Query.Field(rawValue: name)
    let measure = Query.Measure(rawValue: name).flatMap { $0.fieldName == name ? $0 : nil }
    guard field != nil || measure != nil else { return nil }
    index += 1
    passBlanks()
    var column = index + 1
    if let field { return (.field(field, current == "\"" ? quoted() : bare()), column) }
    guard let measure else { return nil }
    var value = bare()
    if Query.Measure.signs.contains(value) {
      passBlanks()
      // Where the value begins, less the sign before it.
      column = index + 1 - value.unicodeScalars.count
      value += bare()
    }
    return (.measure(measure, value), column)
  }

  /// Passes over blanks before a value: `year: 1999` and `rating:>= 8` mean what they seem to. Where
  /// something else follows than a value, there is none yet.
  private mutating func passBlanks() {
    var next = index
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    guard next > index, next < scalars.count, scalars[next] != "-" else { return }
    let word = text(scalars[next...].prefix { !endsWord($0) }).lowercased()
    guard !word.isEmpty, !Query.conjunctions.contains(word) else { return }
    if let colon = word.firstIndex(of: ":"), Query.fieldNames.contains(String(word[..<colon])) {
      return
    }
    index = next
  }

  /// The field that was probably meant by a name, where a value follows the colon at once; titles
  /// have colons too, and mostly a blank behind. The first letter is seldom the wrong one.
  private func meant(by name: String) -> String? {
    guard hasValue else { return nil }
    return NearestWord.find(
      name, among: Query.fieldNames.filter { $0.first == name.first }, slips: name.count < 6 ? 1 : 2
    )
  }

  /// Behind the colon a value follows at once.
  private var hasValue: Bool {
    index + 1 < scalars.count && !endsWord(scalars[index + 1])
  }

  /// What a listener may take for a field, since tags, tables and other players have it.
  private static let foreign: Set<String> = ["tempo", "bpm", "albumartist", "path"]

  private mutating func bare() -> String {
    let start = index
    while let scalar = current, !endsWord(scalar) { index += 1 }
    return text(scalars[start..<index])
  }

  /// Between quotation marks two of them are one.
  private mutating func quoted() -> String {
    var text = String.UnicodeScalarView()
    index += 1
    while let scalar = current {
      index += 1
      if scalar == "\"" {
        guard current == "\"" else { break }
        index += 1
      }
      text.append(scalar)
    }
    return String(text)
  }

  private func text(_ slice: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: slice)
    return String(view)
  }

  private func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "(" || scalar == ")" || scalar.properties.isWhitespace
  }
}
