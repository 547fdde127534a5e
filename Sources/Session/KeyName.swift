import Screen

/// Keys as people write them: `q`, `gg`, `Space`, `C-l`, `M-x`, `F1`, `BackTab`.
package enum KeyName {
  private static let named: [(String, Key)] = [
    ("Space", .character(" ")), ("Enter", .enter), ("Esc", .escape), ("Tab", .tab),
    ("BackTab", .backTab), ("Backspace", .backspace), ("Delete", .delete), ("Insert", .insert),
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home),
    ("End", .end), ("PageUp", .pageUp), ("PageDown", .pageDown),
  ]

  /// The keys that `text` names, in order: one, or several single characters. Nil for no key.
  package static func keys(_ text: String) -> [Key]? {
    if let key = named.first(where: { $0.0.lowercased() == text.lowercased() })?.1 { return [key] }
    if text.count == 3, text.hasPrefix("C-") || text.hasPrefix("c-"), let last = text.last {
      return [.control(Character(last.lowercased()))]
    }
    if text.count == 3, text.hasPrefix("M-"), let last = text.last { return [.alt(last)] }
    if text.hasPrefix("F"), let number = Int(text.dropFirst()), (1...12).contains(number) {
      return [.function(number)]
    }
    guard !text.isEmpty, text.count <= 4 else { return nil }
    return text.map { .character($0) }
  }

  package static func text(_ keys: [Key]) -> String { keys.map(text).joined() }

  package static func text(_ key: Key) -> String {
    if let name = named.first(where: { $0.1 == key })?.0 { return name }
    switch key {
    case .character(let character): return String(character)
    case .control(let character): return "C-\(character)"
    case .alt(let character): return "M-\(character)"
    case .function(let number): return "F\(number)"
    default: return "?"
    }
  }
}
