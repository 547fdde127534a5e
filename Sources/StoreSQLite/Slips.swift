/// How many slips lie between what was typed and a word: a letter wrong, missing, too many, or two
/// exchanged (Damerau 1964, in the form of optimal string alignment).
struct Slips {
  /// Of these letters one in four to seven may be wrong, two in longer words, none in shorter ones.
  static func allowed(inLetters count: Int) -> Int {
    switch count {
    case ..<4: 0
    case 4...7: 1
    default: 2
    }
  }

  private let typed: [Unicode.Scalar]
  let allowed: Int

  /// Nil for a word too short to have a slip in it.
  init?(in typed: String) {
    self.typed = Array(typed.unicodeScalars)
    allowed = Self.allowed(inLetters: self.typed.count)
    if allowed == 0 { return nil }
  }

  /// The fewest slips by which what was typed is `word`, or the beginning of it; nil where there
  /// are more than allowed.
  ///
  /// A beginning counts, for the word may not be finished.
  func count(to word: String) -> Int? {
    let word = Array(word.unicodeScalars.prefix(typed.count + allowed))
    guard word.count + allowed >= typed.count else { return nil }
    var before: [Int] = []
    var above = Array(0...word.count)
    for row in 1...typed.count {
      var line = [row]
      line.reserveCapacity(word.count + 1)
      var least = row
      for column in stride(from: 1, through: word.count, by: 1) {
        let isSame = typed[row - 1] == word[column - 1]
        var cost = min(
          above[column] + 1, line[column - 1] + 1, above[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, typed[row - 1] == word[column - 2],
          typed[row - 2] == word[column - 1]
        {
          cost = min(cost, before[column - 2] + 1)
        }
        line.append(cost)
        least = min(least, cost)
      }
      if least > allowed + 1 { return nil }
      before = above
      above = line
    }
    return above.min().flatMap { $0 <= allowed ? $0 : nil }
  }
}
