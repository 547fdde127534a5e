import Foundation
import Glibc
import LibraryFiles
import Perception

/// The labelled faces in a CSV file, read a portion at a time: fer2013.csv has 300 MB.
struct LabelledRows {
  private static let portion = 1 << 18
  /// Pixels; FER2013's faces have 48.
  private static let leastSide = 24

  private let path: String
  private let folder: String
  private let wanted: String?
  private let table: LabelledTable
  private let file: FileHandle
  private let size: UInt64
  private var consumed: UInt64 = 0
  private var isAtEnd = false
  private var rows = CommaSeparatedRows()
  private var usages: Set<String> = []

  /// Opens the file and reads its header.
  init(path: String, usage: String?) throws {
    self.path = path
    folder =
      (path as NSString).deletingLastPathComponent.isEmpty
      ? "." : (path as NSString).deletingLastPathComponent
    wanted = usage
    guard let name = FileName.cString(path), Place.kind(FileName.bytes(of: path)) == .file else {
      throw Failure(.input, "\(path): not a file")
    }
    let descriptor = open(name, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Failure(.input, "\(path): \(String(cString: strerror(errno)))")
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    self.file = file
    size = UInt64(max(0, lseek(descriptor, 0, SEEK_END)))
    lseek(descriptor, 0, SEEK_SET)
    var first: CommaSeparatedRows.Row?
    while first == nil, !isAtEnd {
      isAtEnd = try Self.read(file, path, into: &rows, counting: &consumed)
      first = rows.next(atEnd: isAtEnd)
    }
    guard let first, let table = LabelledTable(header: first) else {
      let missing = first.map(LabelledTable.missing) ?? "no line"
      throw Failure(
        .input,
        "\(path): no table of labelled faces (\(missing)): the first line names its columns, emotion "
          + "and pixels or file among them, parted by commas")
    }
    self.table = table
    if wanted != nil, !table.hasUsage {
      throw Failure(.usage, "\(path) has no column usage to choose from")
    }
  }

  /// The next face; nil at the end of the file.
  mutating func next(_ omissions: inout Omissions) throws -> LabelledFace? {
    while true {
      guard let row = rows.next(atEnd: isAtEnd) else {
        if isAtEnd { return nil }
        isAtEnd = try Self.read(file, path, into: &rows, counting: &consumed)
        continue
      }
      if row.fields.count == 1, row.fields[0].isEmpty { continue }
      if wanted != nil, usages.count < 20 { usages.insert(table.usage(of: row)) }
      switch table.entry(row, usage: wanted, folder: folder) {
      case .face(let face):
        guard let size = Self.tooSmall(face.picture) else { return face }
        omissions.add(Omission(path: path, line: row.line, reason: size))
      case .elsewhere: continue
      case .unlabelled: omissions.unlabelled += 1
      case .bad(let reason): omissions.add(Omission(path: path, line: row.line, reason: reason))
      }
    }
  }

  /// Of a row that was cut off, a square may be left by chance.
  private static func tooSmall(_ picture: LabelledFace.Picture) -> String? {
    guard case .gray(let gray) = picture, gray.width < leastSide else { return nil }
    return
      "\(gray.width) x \(gray.height) pixels are no face (\(leastSide) x \(leastSide) at least)"
  }

  var hasUsage: Bool { table.hasUsage }

  /// Of the file, by bytes, 0...1.
  var share: Double { size > 0 ? min(1, Double(consumed) / Double(size)) : 1 }

  /// Why a file that was read to its end had no row of the usage that was asked for; nil where it
  /// had, and where it has no rows.
  var missingUsage: Failure? {
    guard let wanted else { return nil }
    let present = usages.subtracting([""]).sorted()
    guard !usages.isEmpty,
      !present.contains(where: { $0.lowercased() == wanted.lowercased() })
    else { return nil }
    let names = present.isEmpty ? "none" : present.joined(separator: ", ")
    return Failure(.usage, "\(path): no rows of usage \(wanted); there are: \(names)")
  }

  /// Reads a portion; true at the end of the file.
  private static func read(
    _ file: FileHandle, _ path: String, into rows: inout CommaSeparatedRows,
    counting consumed: inout UInt64
  ) throws -> Bool {
    do {
      guard let data = try file.read(upToCount: portion), !data.isEmpty else { return true }
      consumed += UInt64(data.count)
      rows.append(Array(data)[...])
      return false
    } catch {
      throw Failure(.input, "\(path): cannot be read on (\(error.localizedDescription))")
    }
  }
}
