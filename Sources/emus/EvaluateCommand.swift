import ArgumentParser

/// `emus evaluate`: how good the parts of the player are, measured on data that the caller names.
struct EvaluateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Measure how good the player is, on data that you name.",
    subcommands: [EvaluateFacesCommand.self])
}
