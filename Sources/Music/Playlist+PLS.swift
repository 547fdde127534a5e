/// PLS: an INI file with `File1=`, `Title1=`, `Length1=` and so on below a line `[playlist]`; the
/// numbers give the order. It has no place for pieces of files, comments and the list's title.
extension Playlist {
  static func pls(
    _ bytes: ArraySlice<UInt8>, folder: [UInt8]
  ) throws(PlaylistFault) -> Playlist {
    let lines = PlaylistText.lines(bytes)
    guard let head = lines.first(where: { isHead($0.text) }) else {
      throw PlaylistFault(line: 1, reason: "no PLS playlist: [playlist] is missing")
    }
    var entries: [Int: Entry] = [:]
    for line in lines {
      guard let equals = line.text.firstIndex(of: UInt8(ascii: "=")),
        let field = Field(key: line.text[..<equals])
      else { continue }
      let value = PlaylistText.trimmed(line.text[(equals + 1)...])
      var entry = entries[field.number] ?? Entry(place: nil)
      switch field.name {
      case "file":
        entry.place = try PlaylistPlace(
          line: PlaylistText.Line(number: line.number, text: value), folder: folder)
      case "title": (entry.artist, entry.title) = PlaylistText.name(PlaylistText.text(value))
      case "length":
        entry.duration = PlaylistText.seconds(String(decoding: value, as: UTF8.self))
      default: continue
      }
      entries[field.number] = entry
    }
    let placed = entries.filter { $0.value.place != nil }
    if placed.isEmpty, lines.contains(where: { promisesSongs($0.text) }) {
      throw PlaylistFault(line: head.number, reason: "no File line names a song of this playlist")
    }
    return Playlist(entries: placed.sorted { $0.key < $1.key }.map(\.value))
  }

  private static func isHead(_ line: ArraySlice<UInt8>) -> Bool {
    line.count == 10 && String(decoding: line, as: UTF8.self).lowercased() == "[playlist]"
  }

  /// Anything but the head and the two lines of an empty list.
  private static func promisesSongs(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: line.prefix(32), as: UTF8.self).lowercased()
      .filter { $0 != " " }
    return text != "[playlist]" && text != "numberofentries=0" && !text.hasPrefix("version=")
  }

  /// `File12`: a name in small letters and a number.
  private struct Field {
    var name: String
    var number: Int

    init?(key: ArraySlice<UInt8>) {
      let key = PlaylistText.trimmed(key)
      let longest = 24
      guard key.count <= longest else { return nil }
      let letters = key.prefix { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Int(String(decoding: key[letters.endIndex...], as: UTF8.self)) else {
        return nil
      }
      name = String(decoding: letters, as: UTF8.self).lowercased()
      self.number = number
    }
  }

  func pls(_ folder: [UInt8]?) -> [UInt8] {
    var result = Array("[playlist]\n".utf8)
    var count = 0
    for entry in entries {
      guard let place = entry.place else { continue }
      count += 1
      result += "File\(count)=".utf8
      result += place.line(.pls, relativeTo: folder)
      result.append(0x0A)
      if let name = PlaylistText.field(entry) { result += "Title\(count)=\(name)\n".utf8 }
      result += "Length\(count)=\(PlaylistText.wholeSeconds(entry) ?? -1)\n".utf8
    }
    result += "NumberOfEntries=\(count)\nVersion=2\n".utf8
    return result
  }
}
