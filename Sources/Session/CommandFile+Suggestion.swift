/// What was probably meant by a word that nothing is called.
extension CommandFile {
  /// The candidate that differs least, by at most two letters or a third of the word.
  package static func suggestion(for word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    let letters = Array(word.utf8)
    let allowed = min(2, letters.count / 3 + 1)
    var best: (word: String, distance: Int)?
    for candidate in candidates where abs(candidate.utf8.count - letters.count) <= allowed {
      let distance = distance(letters, Array(candidate.utf8))
      if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// ", did you mean ...?" to end a message with; empty where nothing is near.
  package static func hint(for word: String, among candidates: [String]) -> String {
    suggestion(for: word, among: candidates).map { ", did you mean \($0)?" } ?? ""
  }

  /// The word as a message shows it: in quotation marks, and short.
  package static func quoted(_ word: String) -> String {
    let longest = 32
    let shown = word.count > longest ? word.prefix(longest - 1) + "…" : word[...]
    return "\"\(shown.map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined())\""
  }

  /// Insertions, deletions and replacements of bytes between two words, and swaps of neighbours
  /// (optimal string alignment).
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var before: [Int] = []
    var above = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        let change = above[j] + (a[i] == b[j] ? 0 : 1)
        var best = min(above[j + 1] + 1, row[j] + 1, change)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      (before, above) = (above, row)
    }
    return above[b.count]
  }
}
