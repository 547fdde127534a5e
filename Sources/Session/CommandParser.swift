import Taste

/// A command that could not be read: one line for the message bar, with the column of the slip.
package struct CommandError: Error, Equatable, Sendable {
  /// From 1, in characters.
  package var column: Int
  package var message: String

  package init(column: Int, message: String) {
    self.column = column
    self.message = message
  }
}

extension Command {
  /// Reads one command from its words. Never traps on any input.
  package static func parse(_ words: [CommandFile.Word]) throws(CommandError) -> Command {
    guard let name = words.first else { throw CommandError(column: 1, message: "no command") }
    var arguments = CommandArguments(name: name, rest: Array(words.dropFirst()))
    let command = try parse(name.text, &arguments)
    try arguments.expectEnd()
    return command
  }

  private static func parse(
    _ name: String, _ arguments: inout CommandArguments
  ) throws(CommandError) -> Command {
    switch name {
    case "quit": return .quit
    case "help": return .help
    case "redraw": return .redraw
    case "cancel": return .cancel
    case "prompt": return .prompt
    case "activate": return .activate
    case "pause": return .pause
    case "next": return .next
    case "previous": return .previous
    case "replay": return .replay
    case "queue.add": return .queueAdd
    case "queue.next": return .queueAddNext
    case "queue.remove": return .queueRemove
    case "queue.clear": return .queueClear
    case "queue.move": return .queueMove(try arguments.integer("how many places"))
    case "search.step": return .searchStep(try arguments.integer("1 or -1"))
    case "search": return .search(arguments.query())
    case "smart": return .smart(arguments.take().map { .open($0) } ?? .list)
    case "smart.save":
      let name = try arguments.text("a name")
      return .smart(.save(name, query: arguments.query()))
    case "smart.remove": return .smart(.remove(try arguments.text("a name")))
    case "rate": return .rate(try arguments.integer("a rating from 1 to 10", in: 1...10))
    case "scan": return .scan(arguments.all())
    case "details": return .details
    case "playlist": return .playlist(try playlist(&arguments))
    case "register": return .register(arguments.remaining())
    case "calibrate":
      return .calibrate(
        undoes: arguments.peek == nil ? false : try arguments.word(among: ["undo"]) == "undo")
    case "user":
      let name = try arguments.text("a name or guest")
      return .user(([name] + arguments.all()).joined(separator: " "))
    case "view": return try view(&arguments)
    case "move": return try move(&arguments)
    case "seek": return .seek(try arguments.seek())
    case "volume": return .volume(try arguments.adjustment())
    case "mood": return .mood(try mood(&arguments))
    case "policy": return .policy(try policy(&arguments))
    case "camera": return .camera(try camera(&arguments))
    case "set": return .set(try Setting.parse(&arguments))
    case "bind": return .bind(try Binding.parse(&arguments))
    default: return .list(try list(name, arguments))
    }
  }

  private static func view(_ arguments: inout CommandArguments) throws(CommandError) -> Command {
    let names = Section.allCases.map(\.rawValue) + ["next", "previous"]
    let word = try arguments.word(among: names)
    if let section = Section(rawValue: word) { return .view(section) }
    return .viewStep(word == "next" ? 1 : -1)
  }

  private static func move(_ arguments: inout CommandArguments) throws(CommandError) -> Command {
    switch arguments.peek {
    case "top":
      _ = arguments.take()
      return .move(.top)
    case "bottom":
      _ = arguments.take()
      return .move(.bottom)
    case "page":
      _ = arguments.take()
      return .move(.page(try arguments.number("pages", in: -100...100)))
    default: return .move(.by(try arguments.integer("lines, page, top or bottom")))
    }
  }

  private static func mood(
    _ arguments: inout CommandArguments
  ) throws(CommandError) -> MoodCommand {
    guard let first = arguments.peek else { return .choose }
    if first == "auto" {
      _ = arguments.take()
      return .auto
    }
    if Double(first) == nil, let word = arguments.remaining() { return .word(word) }
    let valence = try arguments.number("valence", in: -1...1)
    let arousal = try arguments.number("arousal", in: -1...1)
    return .set(valence: valence, arousal: arousal)
  }

  private static func playlist(
    _ arguments: inout CommandArguments
  ) throws(CommandError) -> PlaylistCommand {
    let verb = try arguments.word(among: ["save", "save-all", "load", "add", "delete"])
    guard let name = arguments.remaining() else { throw arguments.missing("a name") }
    switch verb {
    case "save": return .save(name)
    case "save-all": return .saveAll(name)
    case "load": return .load(name)
    case "add": return .add(name)
    default: return .delete(name)
    }
  }

  private static func list(
    _ name: String, _ arguments: CommandArguments
  ) throws(CommandError) -> ListCommand {
    let prefix = "playlist."
    guard name.hasPrefix(prefix),
      let command = ListCommand(rawValue: String(name.dropFirst(prefix.count)))
    else { throw arguments.unknownCommand() }
    return command
  }

  private static func policy(
    _ arguments: inout CommandArguments
  ) throws(CommandError) -> Policy? {
    guard arguments.peek != nil else { return nil }
    return Policy(rawValue: try arguments.word(among: Policy.allCases.map(\.rawValue)))
  }

  private static func camera(
    _ arguments: inout CommandArguments
  ) throws(CommandError) -> Switch {
    switch try arguments.word(among: ["on", "off", "toggle"]) {
    case "on": .on
    case "off": .off
    default: .toggle
    }
  }
}
