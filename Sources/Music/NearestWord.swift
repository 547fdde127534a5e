/// The one of a few names that a mistyped word was probably meant for: of commands, settings, fields.
///
/// It compares whole words. Those of the library, which are many and may be half typed, are another
/// matter.
package enum NearestWord {
  /// The candidate that differs least, by at most so many slips; of equals the first.
  package static func find(_ word: String, among candidates: [String], slips: Int) -> String? {
    let letters = Array(word.utf8)
    var best: (word: String, distance: Int)?
    for candidate in candidates where abs(candidate.utf8.count - letters.count) <= slips {
      let distance = distance(letters, Array(candidate.utf8))
      if distance <= slips, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
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
