import ArgumentParser

/// `emus train`: classifiers learned on this machine, from faces that the caller names.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn a classifier from labelled faces that you name.",
    subcommands: [TrainHogCommand.self])
}
