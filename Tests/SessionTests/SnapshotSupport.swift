import Glibc
import Screen
import Testing

/// Compares a canvas, as text, with `Snapshots/<named>.txt` beside this file.
///
/// `RECORD_SNAPSHOTS=1` writes the file and fails the test, so that nobody records by accident.
func expectSnapshot(
  _ canvas: Canvas, named name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let records = getenv("RECORD_SNAPSHOTS").map { String(cString: $0) } == "1"
  guard let problem = Snapshot.problem(with: canvas, named: name, records: records) else { return }
  Issue.record("\(problem)", sourceLocation: sourceLocation)
}

enum Snapshot {
  static let folder: String = {
    let file = #filePath
    return file[..<(file.lastIndex(of: "/") ?? file.startIndex)] + "/Snapshots/"
  }()

  /// What is wrong with the canvas, nil where it looks as it was recorded.
  static func problem(with canvas: Canvas, named name: String, records: Bool) -> String? {
    let path = folder + name + ".txt"
    let seen = canvas.text + "\n"
    if records {
      return write(seen, to: path)
        ? "recorded \(path); run again without RECORD_SNAPSHOTS" : "cannot write \(path)"
    }
    guard let kept = read(path) else {
      return "no snapshot \(path); RECORD_SNAPSHOTS=1 writes this one:\n\(seen)"
    }
    guard kept != seen else { return nil }
    return "\(name) differs, - kept, + seen:\n\(difference(kept, seen))"
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  static func write(_ text: String, to path: String) -> Bool {
    guard let file = fopen(path, "w") else { return false }
    let isWritten = fputs(text, file) >= 0
    return fclose(file) == 0 && isWritten
  }

  /// Both texts line by line: unchanged lines indented, the others after `-` and `+`.
  static func difference(_ kept: String, _ seen: String) -> String {
    let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let new = seen.split(separator: "\n", omittingEmptySubsequences: false)
    let change = new.difference(from: old)
    let removed = Set(change.removals.map(\.offset))
    let inserted = Set(change.insertions.map(\.offset))
    var lines: [String] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if removed.contains(i) {
        lines.append("- \(old[i])")
        i += 1
      } else if inserted.contains(j) {
        lines.append("+ \(new[j])")
        j += 1
      } else {
        lines.append("  \(old[i])")
        i += 1
        j += 1
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension CollectionDifference.Change {
  fileprivate var offset: Int {
    switch self {
    case .insert(let offset, _, _), .remove(let offset, _, _): offset
    }
  }
}
