import Foundation
import Glibc

/// `make bench`: measures the built programs from outside and the pure core from inside, and prints
/// one table with targets, beside cmus and MPD where they
/// are installed.
///
/// `Benchmarks [quick] [COUNT] [ROW...]`: quick takes fewer runs and 2,000 tracks; COUNT is how many
/// rows the searched catalogue has (100,000, or 20,000 when quick); names choose rows. It
/// asserts nothing and always exits 0 when it could measure: figures of a busy machine are no test.
@main
struct Benchmarks {
  typealias Measuring = @Sendable (Workspace) async throws -> [Row]

  private static let all: [(name: String, measure: Measuring)] = [
    ("once", { try OnceBenchmark(workspace: $0).rows() }),
    ("paint", { try PaintBenchmark(workspace: $0).rows() }),
    ("scan", { try ScanBenchmark(workspace: $0).rows() }),
    ("eye", { try await EyeBenchmark(workspace: $0).rows() }),
    ("detection", { try DetectionBenchmark(workspace: $0).rows() }),
    ("recommend", { RecommendBenchmark(workspace: $0).rows() }),
    ("search", { try await SearchBenchmark(workspace: $0).rows() }),
    ("screen", { ScreenBenchmark(workspace: $0).rows() }),
    ("memory", { try MemoryBenchmark(workspace: $0).rows() }),
    ("idle", { try IdleBenchmark(workspace: $0).rows() }),
  ]

  static func main() async {
    let words = CommandLine.arguments.dropFirst()
    let names = words.filter { $0 != "quick" && Int($0) == nil }
    let known = all.map(\.name)
    if let unknown = names.first(where: { !known.contains($0) }) {
      complain("no row is called \(unknown): \(known.joined(separator: ", "))")
      exit(EX_USAGE)
    }
    do {
      var scale = words.contains("quick") ? Scale.quick : .full
      if let count = words.compactMap({ Int($0) }).first(where: { $0 > 0 }) { scale.rows = count }
      let workspace = try Workspace(scale: scale)
      defer { workspace.remove() }
      var table = Table()
      for (name, measure) in all where names.isEmpty || names.contains(name) {
        progress("measuring \(name)")
        table.rows += try await measure(workspace)
      }
      print(table.text)
      for note in workspace.notes { print(note) }
    } catch {
      complain("\(error)")
      exit(EXIT_FAILURE)
    }
  }

  private static func progress(_ text: String) {
    if isatty(STDERR_FILENO) == 1 { complain(text) }
  }

  private static func complain(_ text: String) {
    FileHandle.standardError.write(Data("Benchmarks: \(text)\n".utf8))
  }
}

/// Why something could not be measured, in one line.
struct BenchmarkError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// A C call that failed just now.
  static func failed(_ call: String, code: Int32 = errno) -> BenchmarkError {
    BenchmarkError("\(call): \(String(cString: strerror(code)))")
  }
}
