/// PLS: an INI file with `File1=`, `Title1=`, `Length1=` and so on; the numbers give the order.
extension Playlist {
  static func pls(_ bytes: ArraySlice<UInt8>, folder: [UInt8]) -> Playlist {
    var entries: [Int: Entry] = [:]
    for line in PlaylistText.lines(bytes) {
      guard let equals = line.firstIndex(of: UInt8(ascii: "=")),
        let field = Field(key: line[..<equals])
      else { continue }
      let value = PlaylistText.trimmed(line[(equals + 1)...])
      var entry = entries[field.number] ?? Entry(place: nil)
      switch field.name {
      case "file": entry.place = PlaylistPlace(line: value, folder: folder)
      case "title": (entry.artist, entry.title) = PlaylistText.name(PlaylistText.text(value))
      case "length":
        entry.duration = PlaylistText.seconds(String(decoding: value, as: UTF8.self))
      default: continue
      }
      entries[field.number] = entry
    }
    let placed = entries.filter { $0.value.place != nil }
    return Playlist(entries: placed.sorted { $0.key < $1.key }.map(\.value))
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
