import ArgumentParser
import Glibc
import Perception

/// What stands on the command line, as the system gave it: names of files need not be UTF-8, and
/// Swift's own `CommandLine.arguments` would repair them into names that no file has.
///
/// Each argument becomes the text that `FileName` makes of it before ArgumentParser sees any. Who
/// opens a file turns it back into bytes; whatever is no file's name is refused here unless it is
/// UTF-8.
enum Arguments {
  /// Those after the program's name. C ends each with a NUL, and keeps them as long as the program
  /// runs.
  static var given: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { place in
      CommandLine.unsafeArgv[place].map { argument in
        FileName.text(of: Array(UnsafeRawBufferPointer(start: argument, count: strlen(argument))))
      }
    }
  }

  /// An argument that names no file.
  static func plainText(_ argument: String) throws -> String {
    guard FileName.isUTF8(argument) else { throw ValidationError(complaint(about: argument)) }
    return argument
  }

  /// Why an argument is refused.
  static func complaint(about argument: String) -> String {
    "the name \(FileName.shown(argument)) is not UTF-8"
  }

  /// The option that names a listener, as a shell takes it.
  static func user(_ name: String) -> String { option("--user", name) }

  /// An option with its value, as a shell takes it.
  static func option(_ option: String, _ value: String) -> String {
    let isPlain = value.allSatisfy { $0.isLetter || $0.isNumber || "_.-/".contains($0) }
    return option + " " + (isPlain ? value : "'" + value.replacing("'", with: "'\\''") + "'")
  }

  /// Ends the program as ArgumentParser would, which quotes arguments as it got them.
  static func exit(_ error: any Error) -> Never {
    let message = Emus.fullMessage(for: error)
    guard !FileName.isUTF8(message) else { Emus.exit(withError: error) }
    ProgressLine.write(FileName.shown(message) + "\n")
    Glibc.exit(Emus.exitCode(for: error).rawValue)
  }
}
