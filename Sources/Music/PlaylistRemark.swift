/// A line of a playlist that begins with `#` and that nobody here understands: a comment, or another
/// program's directive. It is kept with the entry that it stands before, and written back.
///
/// A pure value, one line of text. It refuses to be a directive that the reader of M3U takes.
package struct PlaylistRemark: Hashable, Sendable {
  /// Begins with `#`; without control characters, in UTF-8 whatever the file was written in.
  package let text: String

  /// Nil where nothing is left of the line, or it is longer than a file may have them.
  init?(_ line: ArraySlice<UInt8>) {
    let line = Self.written(String(validating: line, as: UTF8.self) ?? PlaylistText.latin(line))
    var kept = Array(PlaylistText.trimmed(line[...]))
    guard !kept.isEmpty else { return nil }
    if kept.first != UInt8(ascii: "#") { kept = Array("# ".utf8) + kept }
    if M3UDirective(kept[...]) != nil { kept = Array("# ".utf8) + kept }
    guard kept.count <= PlaylistText.longestLine else { return nil }
    text = String(decoding: kept, as: UTF8.self)
  }

  /// What is said in words; nil where nothing is.
  package init?(comment: String) { self.init(Array("# \(comment)".utf8)[...]) }

  /// A blank in place of what would end the line, or make it no text.
  private static func written(_ text: String) -> [UInt8] {
    text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
  }

  /// It speaks to programs of the entry, and stands behind `#EXTINF`; comments stand before that.
  var isDirective: Bool { text.hasPrefix("#EXT") }

  /// Those that stand as lines in one text.
  static func all(in annotation: ArraySlice<UInt8>) -> [PlaylistRemark] {
    var all: [PlaylistRemark] = []
    for line in PlaylistText.lines(annotation) {
      if let remark = PlaylistRemark(line.text) { all.add(remark) }
    }
    return all
  }
}

extension [PlaylistRemark] {
  /// Adds one where it will be written: comments first.
  mutating func add(_ remark: PlaylistRemark) {
    let place = remark.isDirective ? nil : firstIndex(where: \.isDirective)
    insert(remark, at: place ?? endIndex)
  }

  /// As the lines of one text.
  var annotation: [UInt8] { [UInt8](map(\.text).joined(separator: "\n").utf8) }
}
