import Foundation

/// How much music lies in a folder, and how large files are.
enum FileCount {
  private static let endings: Set<String> = ["mp3", "opus", "ogg", "flac"]

  static func music(below folder: String) throws(BenchmarkError) -> Int {
    guard let files = FileManager.default.enumerator(atPath: folder) else {
      throw BenchmarkError("cannot list \(folder)")
    }
    return files.count { entry in
      guard let name = entry as? String, let ending = name.split(separator: ".").last else {
        return false
      }
      return endings.contains(ending.lowercased())
    }
  }

  /// Bytes of files together; one that is not there has none.
  static func bytes(_ paths: [String]) throws -> Double {
    try paths.filter(FileManager.default.fileExists).reduce(0) { sum, path in
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
      return sum + (size?.doubleValue ?? 0)
    }
  }
}
