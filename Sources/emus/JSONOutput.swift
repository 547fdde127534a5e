import Foundation

/// Prints results for machines: one object a line, keys in snake_case and sorted. A full disk
/// or a reader that has gone is a failure of one line.
enum JSONOutput {
  static func print(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let line = try encoder.encode(value) + Data("\n".utf8)
    do {
      // `write(_:)` would trap where this throws.
      try FileHandle.standardOutput.write(contentsOf: line)
    } catch {
      throw Failure(.failed, "the result cannot be written: \(error.localizedDescription)")
    }
  }
}
