import Foundation

/// Where the program's own files are: beside the executable's prefix when installed, in the
/// checkout when built there.
struct Installation: Sendable {
  /// The folder that holds `emus` and `emus-eye`.
  let programs: String
  /// The folder that holds Weights, Themes and Library; nil where none was found.
  let resources: String?

  init() {
    let executable =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments.first ?? "emus"
    let folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
    programs = folder.path
    resources = Self.resources(from: folder)
  }

  /// An installed program has `PREFIX/share/emus`; a built one a checkout some folders above.
  private static func resources(from folder: URL) -> String? {
    var candidates = [folder.deletingLastPathComponent().appendingPathComponent("share/emus")]
    var above = folder
    for _ in 0..<6 {
      candidates.append(above)
      above = above.deletingLastPathComponent()
    }
    return candidates.map(\.path).first {
      FileManager.default.fileExists(atPath: $0 + "/Weights/emotion.json")
        || FileManager.default.fileExists(atPath: $0 + "/Library/tracks.csv")
    }
  }

  var eye: String { programs + "/emus-eye" }
  var executable: String { programs + "/emus" }
  var weights: String? { resources.map { $0 + "/Weights" } }
  var themes: String? { resources.map { $0 + "/Themes" } }
  var library: String? { resources.map { $0 + "/Library" } }
}
