import Music

/// What was probably meant by a word that nothing is called.
extension CommandFile {
  /// The candidate that differs least, by at most two letters or a third of the word.
  package static func suggestion(for word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    return NearestWord.find(word, among: candidates, slips: min(2, word.utf8.count / 3 + 1))
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
}
