/// What the columns of a table of labelled faces mean: FER2013's `fer2013.csv` with its pixels, or
/// a `labels.csv` that names image files.
///
/// Columns are found by their names, whatever their order and case; others are passed over.
package struct LabelledTable: Equatable, Sendable {
  package enum Entry: Equatable, Sendable {
    case face(LabelledFace)
    /// The row belongs to another usage than was asked for.
    case elsewhere
    /// No emotion, or none of the seven.
    case unlabelled
    /// The row cannot be read, and why.
    case bad(String)
  }

  private enum Source: Equatable { case pixels(Int), files(Int) }

  private let emotion: Int
  private let source: Source
  private let usage: Int?
  private let columns: Int

  /// Reads the header; nil where no column is called `emotion`, or none `pixels` or `file`.
  package init?(header: CommaSeparatedRows.Row) {
    let names = header.fields.map { Self.text($0).lowercased() }
    guard let emotion = names.firstIndex(of: "emotion") else { return nil }
    if let pixels = names.firstIndex(of: "pixels") {
      source = .pixels(pixels)
    } else if let files = names.firstIndex(of: "file") {
      source = .files(files)
    } else {
      return nil
    }
    self.emotion = emotion
    usage = names.firstIndex(of: "usage")
    columns = names.count
  }

  /// Which columns a header lacks, for people.
  package static func missing(in header: CommaSeparatedRows.Row) -> String {
    let names = Set(header.fields.map { Self.text($0).lowercased() })
    var missing: [String] = []
    if !names.contains("emotion") { missing.append("no column emotion") }
    if names.isDisjoint(with: ["pixels", "file"]) { missing.append("no column pixels or file") }
    return missing.joined(separator: ", ")
  }

  package var hasUsage: Bool { usage != nil }

  /// The pictures are in the table, and are crops.
  package var holdsPixels: Bool { if case .pixels = source { true } else { false } }

  /// What the row says it is for: `Training`, `PublicTest`; empty without such a column.
  package func usage(of row: CommaSeparatedRows.Row) -> String {
    usage.flatMap { row.fields.indices.contains($0) ? Self.text(row.fields[$0]) : nil } ?? ""
  }

  /// The face in a row. `folder` is where the files of a `labels.csv` are, a text of `FileName`,
  /// without a slash at its end.
  package func entry(
    _ row: CommaSeparatedRows.Row, usage wanted: String?, folder: String
  ) -> Entry {
    guard !row.fields.isEmpty else { return .bad("the row is too long") }
    guard !row.isQuoteOpen else { return .bad("a quote is never closed") }
    guard row.fields.count == columns else {
      return .bad("\(row.fields.count) fields where the header has \(columns)")
    }
    if let wanted, usage(of: row).lowercased() != wanted.lowercased() { return .elsewhere }
    let name = Self.text(row.fields[emotion])
    switch EmotionLabel(cell: name) {
    case nil: return .bad("no emotion is called '\(name.prefix(40))'")
    case .none?, .other?: return .unlabelled
    case .emotion(let emotion)?:
      guard let picture = picture(in: row, folder: folder) else {
        return .bad(
          holdsPixels ? "the pixels are no square of numbers 0 to 255" : "no file is named")
      }
      return .face(LabelledFace(emotion: emotion, picture: picture))
    }
  }

  private func picture(
    in row: CommaSeparatedRows.Row, folder: String
  ) -> LabelledFace.Picture? {
    switch source {
    case .pixels(let column): return GrayPicture(pixels: row.fields[column]).map { .gray($0) }
    case .files(let column):
      let name = FileName.text(of: Array(Self.trimmed(row.fields[column])))
      guard !name.isEmpty else { return nil }
      return .file(name.hasPrefix("/") ? name : folder + "/" + name)
    }
  }

  /// A field as text, without blanks around it.
  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: trimmed(field), as: UTF8.self)
  }

  private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == 32 || byte == 9 }
    var rest = field.drop(while: isBlank)
    while rest.last.map(isBlank) == true { rest.removeLast() }
    return rest
  }
}
