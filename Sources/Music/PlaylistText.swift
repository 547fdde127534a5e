/// The text of playlists and tables of other programs: lines of bytes, in UTF-8 or in what programs
/// wrote before it. It refuses what is no text, and says in which line that shows.
package enum PlaylistText {
  /// A line that holds something.
  struct Line {
    /// From 1.
    var number: Int
    /// Without blanks at either end.
    var text: ArraySlice<UInt8>
  }

  /// The most bytes of a line, comments with pictures in them included.
  static let longestLine = 256 << 10
  /// The most bytes of a path or an address: no file is opened by a longer one.
  static let longestPlace = 64 << 10

  /// The bytes without a mark of UTF-8; refuses UTF-16, in which no line can be found, and files
  /// that are no text at all.
  package static func withoutMark(
    _ bytes: [UInt8]
  ) throws(PlaylistFault) -> ArraySlice<UInt8> {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw PlaylistFault(reason: "the text is UTF-16; save it as UTF-8")
    }
    try refuseBinary(bytes)
    return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  }

  /// Control characters that no text has: more than a few, and more than one in 32 bytes; or a NUL.
  private static func refuseBinary(_ bytes: [UInt8]) throws(PlaylistFault) {
    var first: Int?
    var count = 0
    for (place, byte) in bytes.enumerated()
    where (byte < 0x20 && !(0x09...0x0D).contains(byte)) || byte == 0x7F {
      first = first ?? place
      count += 1
    }
    if let first, count > 2, count > bytes.count / 32 {
      throw PlaylistFault(line: line(of: first, in: bytes[...]), reason: "not a text file")
    }
    guard let nul = bytes.firstIndex(of: 0) else { return }
    throw PlaylistFault(
      line: line(of: nul, in: bytes[...]), reason: "a NUL byte, which no path and no text holds")
  }

  /// The line that a place lies in, from 1.
  private static func line(of place: Int, in bytes: ArraySlice<UInt8>) -> Int {
    let before = bytes[..<place]
    let returns = zip(before, before.dropFirst()).count { $0 == 0x0D && $1 != 0x0A }
    return 1 + returns + before.count { $0 == 0x0A }
  }

  /// Refuses a page of the web that was saved under a playlist's name.
  static func refuseMarkup(_ line: Line?) throws(PlaylistFault) {
    guard let line else { return }
    let head = String(decoding: line.text.prefix(9), as: UTF8.self).lowercased()
    guard ["<!doctype", "<html", "<?xml"].contains(where: head.hasPrefix) else { return }
    throw PlaylistFault(line: line.number, reason: "HTML or XML, and no list of paths")
  }

  /// Refuses lines that no path and no comment fills.
  static func refuseLongLines(_ bytes: ArraySlice<UInt8>) throws(PlaylistFault) {
    var start = bytes.startIndex
    for (place, byte) in zip(bytes.indices, bytes) {
      if byte == 0x0A || byte == 0x0D {
        start = place + 1
      } else if place - start >= longestLine {
        throw PlaylistFault(
          line: line(of: start, in: bytes), reason: "longer than \(longestLine >> 10) KB")
      }
    }
  }

  /// The lines that hold something, whether LF, CR LF or CR ends them.
  static func lines(_ bytes: ArraySlice<UInt8>) -> [Line] {
    var lines: [Line] = []
    var number = 1
    var start = bytes.startIndex
    var last: UInt8 = 0
    func take(_ end: Int) {
      let text = trimmed(bytes[start..<end])
      if !text.isEmpty { lines.append(Line(number: number, text: text)) }
    }
    for (place, byte) in zip(bytes.indices, bytes) {
      if byte == 0x0A || byte == 0x0D {
        take(place)
        if byte == 0x0D || last != 0x0D { number += 1 }
        start = place + 1
      }
      last = byte
    }
    take(bytes.endIndex)
    return lines
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

  /// Seconds to the thousandth; a frame of a cue sheet is 13 of them.
  static func milliseconds(_ seconds: Double) -> String {
    let rounded = max(1, (seconds * 1000).rounded()) / 1000
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
