/// M3U: a path a line, and before it, in lines that begin with `#`, what the song is called.
///
/// `#EXTINF:seconds,Artist - Title` and `#PLAYLIST:name` are read, other comments are passed over.
extension Playlist {
  static func m3u(_ bytes: ArraySlice<UInt8>, folder: [UInt8]) -> Playlist {
    var list = Playlist()
    var next = Entry(place: nil)
    for line in PlaylistText.lines(bytes) {
      if line.first != UInt8(ascii: "#") {
        next.place = PlaylistPlace(line: line, folder: folder)
        list.entries.append(next)
        next = Entry(place: nil)
      } else if let rest = directive("#EXTINF:", line) {
        next = information(rest)
      } else if let rest = directive("#PLAYLIST:", line) {
        list.title = PlaylistText.text(rest)
      }
    }
    return list
  }

  /// What follows a directive, whatever its case; nil for any other line.
  private static func directive(_ name: String, _ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let name = name.utf8
    guard line.count >= name.count,
      zip(line, name).allSatisfy({ byte, letter in
        byte == letter || byte == letter | 0x20
      })
    else { return nil }
    return line.dropFirst(name.count)
  }

  /// `seconds,name`; attributes that some programs put before the comma are passed over.
  private static func information(_ text: ArraySlice<UInt8>) -> Entry {
    let comma = separator(text) ?? text.endIndex
    let head = text[..<comma].prefix { $0 != UInt8(ascii: " ") }
    let name = PlaylistText.name(PlaylistText.text(text[comma...].dropFirst()))
    return Entry(
      place: nil, title: name.title, artist: name.artist,
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

  func m3u(_ format: PlaylistFormat, _ folder: [UInt8]?) -> [UInt8] {
    var result = Array("#EXTM3U\n".utf8)
    if let title { result += "#PLAYLIST:\(title)\n".utf8 }
    for entry in entries {
      guard let place = entry.place else { continue }
      let seconds = PlaylistText.wholeSeconds(entry)
      if let name = PlaylistText.field(entry) {
        result += "#EXTINF:\(seconds ?? -1),\(name)\n".utf8
      } else if let seconds {
        result += "#EXTINF:\(seconds),\n".utf8
      }
      result += place.line(format, relativeTo: folder)
      result.append(0x0A)
    }
    return result
  }
}
