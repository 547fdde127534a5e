import ArgumentParser

/// The command line: `emus` alone is the player, `--once` the whole path without a screen, and
/// each subcommand one job. Speaks to people here and nowhere else; the work is in the layers.
@main
struct Emus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emus",
    abstract: "A music player for the terminal that sees how its listener feels.",
    discussion: """
      Exit codes: 0 done, 1 failed, 2 no face found, 3 face not registered where that is required, \
      4 nothing to recommend, 64 usage, 66 input missing or unreadable, 69 a device or library \
      missing, 73 the file to write is there already.
      """,
    version: "0.1.0",
    subcommands: [
      ScanCommand.self, LookCommand.self, UserCommand.self, CalibrateCommand.self, RateCommand.self,
      StatsCommand.self, ImportCommand.self, ExportCommand.self, EvaluateCommand.self,
      TrainCommand.self, DoctorCommand.self,
      TagWorkerCommand.self,
    ])

  /// Arguments are read as bytes, which ArgumentParser alone would not do.
  static func main() async {
    do {
      let command = try await asyncParseAsRoot(Arguments.given)
      try StrayOptions.refuse(Arguments.given, of: command)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        var command = command
        try command.run()
      }
    } catch {
      Arguments.exit(error)
    }
  }

  @OptionGroup var shared: SharedOptions

  @OptionGroup var looking: SourceOption

  @OptionGroup var reading: ClassifierOption

  @Flag(help: "Read a face, recommend, print, and leave: no screen.")
  var once = false

  @Flag(help: "With --once: play the first recommendation to its end.")
  var play = false

  @Flag(help: "Draw the demo face where there is no camera.")
  var demoFallback = false

  func validate() throws {
    if play && !once { throw ValidationError("--play goes with --once") }
    if looking.source == "" { throw ValidationError("--source is empty") }
  }

  @MainActor
  func run() async throws {
    // Not in `validate`, which also runs, with the same options, on the way to a subcommand.
    if shared.json && !once { throw ValidationError("--json goes with --once or a subcommand") }
    try await Failure.reported {
      let home = try Home(shared.home)
      if once {
        let fallback = demoFallback && !PlayerCommand.hasCamera ? "demo" : nil
        let once = OnceCommand(
          source: looking.source ?? fallback, json: shared.json, play: play, user: shared.user,
          freshDatabase: shared.freshDatabase, classifier: reading.classifier, home: home)
        try await once.run()
      } else {
        let player = PlayerCommand(
          source: looking.source, user: shared.user, freshDatabase: shared.freshDatabase,
          demoFallback: demoFallback, classifier: reading.classifier, home: home)
        try await player.run()
      }
    }
  }
}
