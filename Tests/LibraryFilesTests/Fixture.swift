import Foundation

@testable import LibraryFiles

/// The program beside the tests that plays a tag worker, well or badly.
enum Fixture {
  static var path: String {
    get throws {
      let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
      return (own as NSString).deletingLastPathComponent + "/TagWorkerFixture"
    }
  }

  static func pool(
    _ arguments: [String] = [], count: Int = 2, timeout: Duration = .seconds(10),
    startsAtOnce: Bool = false
  ) throws -> TagWorkerPool {
    TagWorkerPool(
      executable: try path, arguments: arguments, count: count, timeout: timeout,
      startsAtOnce: startsAtOnce)
  }

  /// What `runAsNobody` answers where that is not possible.
  static let cannotRun = "cannot run"

  /// The output of the fixture as a user without rights; as ourselves where we have none either.
  static func runAsNobody(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.standardOutput = output
    if getuid() == 0 {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments = ["--reuid=65534", "--clear-groups", try path] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: try path)
      process.arguments = arguments
    }
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : cannotRun
  }
}
