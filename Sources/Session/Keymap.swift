import Screen

/// One line of a key map: these keys, in this screen (or anywhere), give this command.
package struct Binding: Equatable, Sendable {
  package var keys: [Key]
  /// Nil holds in every screen; a screen's own binding outranks it.
  package var section: Section?
  package var command: String

  package init(keys: [Key], section: Section? = nil, command: String) {
    self.keys = keys
    self.section = section
    self.command = command
  }

  package static func parse(_ arguments: inout CommandArguments) throws(CommandError) -> Binding {
    var section: Section?
    if arguments.peek == "in" {
      _ = arguments.take()
      section = Section(rawValue: try arguments.word(among: Section.allCases.map(\.rawValue)))
    }
    let name = try arguments.text("a key")
    guard let keys = KeyName.keys(name) else { throw arguments.fault("bind: no key '\(name)'") }
    let words = arguments.allWords()
    guard !words.isEmpty else { throw arguments.missing("a command after the key") }
    if words.first?.text == "bind" { throw arguments.fault("bind: a key cannot bind keys") }
    _ = try Command.parse(words)
    return Binding(
      keys: keys, section: section, command: words.map(\.text).joined(separator: " "))
  }
}

/// Which keys give which command. Later bindings outrank earlier ones.
package struct Keymap: Equatable, Sendable {
  package private(set) var bindings: [Binding]

  package init(bindings: [Binding]) { self.bindings = bindings }

  package mutating func bind(_ binding: Binding) {
    bindings.removeAll { $0.keys == binding.keys && $0.section == binding.section }
    bindings.append(binding)
  }

  package enum Match: Equatable, Sendable {
    case command(String)
    /// More keys may follow.
    case prefix
    case nothing
  }

  package func match(_ keys: [Key], in section: Section) -> Match {
    let possible = bindings.filter { $0.section == nil || $0.section == section }
    let exact = possible.filter { $0.keys == keys }
    if let own = exact.last(where: { $0.section != nil }) ?? exact.last {
      return .command(own.command)
    }
    return possible.contains { $0.keys.starts(with: keys) } ? .prefix : .nothing
  }

  /// The keys that give a command, as people write them, for the help screen.
  package func keys(for command: String) -> [String] {
    bindings.filter { $0.command == command }.map { KeyName.text($0.keys) }
  }
}
