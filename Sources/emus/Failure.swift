import ArgumentParser
import Glibc
import Music
import Perception

/// A command that could not do its job: one line for people, in which names of files may be texts of
/// `FileName`, and a documented exit code.
struct Failure: Error, CustomStringConvertible {
  enum Code: Int32 {
    case failed = 1
    case noFace = 2
    case stranger = 3
    case nothingToRecommend = 4
    case usage = 64
    case input = 66
    case unavailable = 69
    case alreadyThere = 73
  }

  var code: Code
  var description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = FileName.shown(description)
  }

  init(_ trouble: EyeTrouble) {
    let code: Code =
      switch trouble.kind {
      case .input: .input
      case .device, .installation: .unavailable
      case .noFace: .noFace
      case .eye: .failed
      }
    self.init(code, trouble.message)
  }

  /// Runs a command; what it throws becomes one line on stderr and the exit code.
  static func reported(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void
  ) async throws {
    do {
      try await body()
      try flush()
    } catch let failure as Failure {
      if !failure.description.isEmpty { complain(failure.description) }
      throw ExitCode(failure.code.rawValue)
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw error
    } catch {
      complain("\(error)")
      throw ExitCode(Code.failed.rawValue)
    }
  }

  /// Hands on what was printed until now; a full disk, or a reader that has gone, is a failure.
  static func flush() throws(Failure) {
    guard fflush(nil) != 0 else { return }
    throw Failure(.failed, "the result cannot be written: \(String(cString: strerror(errno)))")
  }

  /// Writes one line to stderr. A file's name in it can neither break the line nor command the
  /// terminal.
  static func complain(_ text: String, to descriptor: Int32 = 2) {
    let line = Array("emus: \(PathText.line(FileName.shown(text)))\n".utf8)
    // A closed stderr leaves nobody to tell.
    _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
