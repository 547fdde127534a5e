import ArgumentParser
import Foundation

/// `emus doctor`: what works, what does not, and what to do about it. Exit 69 where something
/// needed is missing.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Camera, sound, weights, terminal, database: what works.")

  @OptionGroup var shared: SharedOptions

  func run() async throws {
    try await Failure.reported {
      let home = try Home(shared.home)
      let checks = await Examination(home: home).all()
      if shared.json {
        try JSONOutput.print(checks)
      } else {
        for check in checks { print(check.line) }
      }
      if checks.contains(where: { $0.state == .missing }) { throw Failure(.unavailable, "") }
    }
  }
}

/// One thing that was looked at.
struct Check: Encodable {
  enum State: String, Encodable {
    case works
    /// The player does without.
    case optional
    /// Needed.
    case missing
  }

  var name: String
  var state: State
  /// What was found.
  var found: String
  /// What to do about it; nil where nothing is to be done.
  var advice: String?

  init(_ name: String, _ state: State, _ found: String, advice: String? = nil) {
    self.name = name
    self.state = state
    self.found = found
    self.advice = advice
  }

  var line: String {
    let mark =
      switch state {
      case .works: "ok     "
      case .optional: "without"
      case .missing: "MISSING"
      }
    let padded = name.padding(toLength: 10, withPad: " ", startingAt: 0)
    return "\(mark)  \(padded)  \(found)" + (advice.map { "\n" + indent + $0 } ?? "")
  }

  private var indent: String { String(repeating: " ", count: 21) }
}
