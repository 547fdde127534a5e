import Foundation

/// How many inputs a fuzzing test tries: few at each run of the tests, many where `EMUS_FUZZ` says so,
/// as `make fuzz` does.
package enum Fuzzing {
  package static func inputs(usually count: Int) -> Int {
    ProcessInfo.processInfo.environment["EMUS_FUZZ"].flatMap { Int($0) } ?? count
  }
}
