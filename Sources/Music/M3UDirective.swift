/// A line of M3U that says something of the list or of the entry that follows.
///
/// It takes `#EXTINF`, `#PLAYLIST`, and VLC's options for a piece of a file; `#EXTM3U` and `#EXTENC`
/// are taken and say nothing, for what is written has its own. Any other line is none.
enum M3UDirective: Equatable {
  case title(String?)
  case information(title: String?, artist: String?, duration: Double?)
  /// Seconds from the start of the file.
  case start(Double)
  case end(Double)
  case heading

  init?(_ line: ArraySlice<UInt8>) {
    if let rest = Self.rest(of: line, after: "#EXTINF:") {
      self = Self.information(rest)
    } else if let rest = Self.rest(of: line, after: "#PLAYLIST:") {
      self = .title(PlaylistText.text(rest))
    } else if let seconds = Self.seconds(line, "START-TIME") {
      self = .start(seconds)
    } else if let seconds = Self.seconds(line, "STOP-TIME") {
      self = .end(seconds)
    } else if Self.rest(of: line, after: "#EXTENC:") != nil
      || Self.rest(of: line, after: "#EXTM3U")?.isEmpty == true
    {
      self = .heading
    } else {
      return nil
    }
  }

  /// `#EXTVLCOPT:start-time=12.5`, as VLC reads and writes it.
  private static func seconds(_ line: ArraySlice<UInt8>, _ option: String) -> Double? {
    rest(of: line, after: "#EXTVLCOPT:\(option)=").flatMap {
      PlaylistText.seconds(String(decoding: $0, as: UTF8.self))
    }
  }

  /// What follows a name in capitals, whatever the line's case; nil for any other line.
  private static func rest(
    of line: ArraySlice<UInt8>, after name: String
  ) -> ArraySlice<UInt8>? {
    let name = name.utf8
    guard line.count >= name.count,
      zip(line, name).allSatisfy({ byte, letter in
        byte == letter || byte == letter | 0x20
      })
    else { return nil }
    return line.dropFirst(name.count)
  }

  /// `seconds,name`; attributes that some programs put before the comma are passed over.
  private static func information(_ text: ArraySlice<UInt8>) -> M3UDirective {
    let comma = separator(text) ?? text.endIndex
    let head = text[..<comma].prefix { $0 != UInt8(ascii: " ") }
    let name = PlaylistText.name(PlaylistText.text(text[comma...].dropFirst()))
    return .information(
      title: name.title, artist: name.artist,
      duration: PlaylistText.seconds(String(decoding: head, as: UTF8.self)))
  }

  /// The first comma outside of quotes; the first of all where a quote is not closed.
  private static func separator(_ text: ArraySlice<UInt8>) -> Int? {
    var isQuoted = false
    for (place, byte) in zip(text.indices, text) {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: ","), !isQuoted { return place }
    }
    return text.firstIndex(of: UInt8(ascii: ","))
  }
}
