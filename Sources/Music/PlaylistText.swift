/// The text of playlists and tables of other programs: lines of bytes, in UTF-8 or in what programs
/// wrote before it.
package enum PlaylistText {
  /// The bytes without a mark of UTF-8; refuses UTF-16, in which no line can be found, and files
  /// that are no text at all.
  package static func withoutMark(
    _ bytes: [UInt8]
  ) throws(PlaylistFault) -> ArraySlice<UInt8> {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw PlaylistFault(reason: "the text is UTF-16; save it as UTF-8")
    }
    let head = bytes.prefix(1024)
    if head.count(where: { $0 == 0 }) > head.count / 16 {
      throw PlaylistFault(reason: "not a text file")
    }
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// The lines that hold something, whether LF, CR LF or CR ends them.
  static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split { $0 == 0x0A || $0 == 0x0D }.map(trimmed).filter { !$0.isEmpty }
  }

  /// Without blanks at either end.
  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
    while let first = rest.first, isBlank(first) { rest = rest.dropFirst() }
    return rest
  }

  /// Text for people; Latin-1 where the bytes are no UTF-8. Nil where nothing is left of it.
  package static func text(_ bytes: ArraySlice<UInt8>) -> String? {
    Tags.clean(String(validating: bytes, as: UTF8.self) ?? latin(bytes))
  }

  /// Each byte is the character of its number (ISO 8859-1).
  static func latin(_ bytes: ArraySlice<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Unicode.Scalar(byte)) }
    return String(text)
  }

  /// Parts "Artist - Title", as most programs write a name into one field.
  static func name(_ text: String?) -> (artist: String?, title: String?) {
    guard let text else { return (nil, nil) }
    let separator = Array(" - ".utf8)
    let bytes = Array(text.utf8)
    guard
      let place = bytes.indices.first(where: { bytes[$0...].starts(with: separator) }),
      let artist = Tags.clean(String(decoding: bytes[..<place], as: UTF8.self)),
      let title = Tags.clean(String(decoding: bytes[(place + 3)...], as: UTF8.self))
    else { return (nil, text) }
    return (artist, title)
  }

  /// The one field that `name` reads; nil without a title.
  static func field(_ entry: Playlist.Entry) -> String? {
    guard let title = entry.title else { return nil }
    return entry.artist.map { "\($0) - \(title)" } ?? title
  }

  /// Seconds that a song can last; nil for anything else, 0 and -1 included.
  static func seconds(_ text: String) -> Double? {
    guard let value = Double(text), value > 0, value < 10_000_000 else { return nil }
    return value
  }

  /// Whole seconds, or nil.
  static func wholeSeconds(_ entry: Playlist.Entry) -> Int? {
    guard let duration = entry.duration, duration > 0, duration < 10_000_000 else { return nil }
    return max(1, Int(duration.rounded()))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
