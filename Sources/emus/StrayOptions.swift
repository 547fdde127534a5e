import ArgumentParser

/// Options of the player that a subcommand does not take. ArgumentParser lets the root have them,
/// wherever they stand, and the subcommand would run as if nobody had said them; here they are
/// refused by name. Options that a subcommand declares itself are none of its business.
enum StrayOptions {
  /// Throws what ArgumentParser throws of an option that nobody knows.
  static func refuse(_ arguments: [String], of command: any ParsableCommand) throws {
    guard !(command is Emus) else { return }
    var strange: Set = ["--once", "--play", "--demo-fallback"]
    if !(command is any LooksAtFaces) { strange.insert("--source") }
    if !(command is any ReadsEmotions) { strange.insert("--classifier") }
    for argument in arguments.prefix(while: { $0 != "--" }) {
      let name = String(argument.prefix { $0 != "=" })
      guard strange.contains(name) else { continue }
      throw ValidationError("\(name) does not go with this command")
    }
  }
}

/// A command with `--source` of its own.
protocol LooksAtFaces: ParsableCommand {
  var looking: SourceOption { get }
}

/// A command with `--classifier` of its own.
protocol ReadsEmotions: ParsableCommand {
  var reading: ClassifierOption { get }
}
