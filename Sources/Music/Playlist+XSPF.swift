/// XSPF (xspf.org, version 1): XML with a `track` a song; its `location` is a URI, its `duration` in
/// milliseconds. Of several locations the first counts; extensions are passed over.
extension Playlist {
  static func xspf(
    _ bytes: ArraySlice<UInt8>, folder: [UInt8]
  ) throws(PlaylistFault) -> Playlist {
    var reader = XMLReader(bytes)
    var list = Playlist()
    var entry = Entry(place: nil)
    var text: [UInt8] = []
    var isPlaylist = false
    while let token = try reader.next() {
      switch token {
      case .opened:
        text = []
        isPlaylist = isPlaylist || reader.path == ["playlist"]
        if reader.path == Self.track { entry = Entry(place: nil) }
      case .text(let part): text += part
      case .closed(let path):
        if path == Self.track {
          list.entries.append(entry)
        } else if path == ["playlist", "title"] {
          list.title = PlaylistText.text(text[...])
        } else if path.dropLast() == Self.track[...], let name = path.last {
          entry.take(name, text[...], folder)
        }
        text = []
      }
    }
    guard isPlaylist else { throw PlaylistFault(reason: "no XSPF playlist") }
    return list
  }

  private static let track = ["playlist", "tracklist", "track"]

  func xspf(_ folder: [UInt8]?) -> [UInt8] {
    var result = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <playlist version="1" xmlns="http://xspf.org/ns/0/">

      """.utf8)
    if let title { result += Self.element("title", Array(title.utf8), indent: 2) }
    result += "  <trackList>\n".utf8
    for entry in entries {
      result += "    <track>\n".utf8
      if let place = entry.place {
        result += Self.element("location", place.reference(relativeTo: folder), indent: 6)
      }
      if let title = entry.title { result += Self.element("title", Array(title.utf8), indent: 6) }
      if let artist = entry.artist {
        result += Self.element("creator", Array(artist.utf8), indent: 6)
      }
      if let milliseconds = entry.milliseconds {
        result += Self.element("duration", Array("\(milliseconds)".utf8), indent: 6)
      }
      result += "    </track>\n".utf8
    }
    result += "  </trackList>\n</playlist>\n".utf8
    return result
  }

  private static func element(_ name: String, _ text: [UInt8], indent: Int) -> [UInt8] {
    var result = Array("\(String(repeating: " ", count: indent))<\(name)>".utf8)
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): result += "&amp;".utf8
      case UInt8(ascii: "<"): result += "&lt;".utf8
      case UInt8(ascii: ">"): result += "&gt;".utf8
      default: result.append(byte)
      }
    }
    result += "</\(name)>\n".utf8
    return result
  }
}

extension Playlist.Entry {
  fileprivate mutating func take(_ name: String, _ text: ArraySlice<UInt8>, _ folder: [UInt8]) {
    switch name {
    case "location":
      if place == nil { place = PlaylistPlace(reference: text, folder: folder) }
    case "title": title = PlaylistText.text(text)
    case "creator": artist = PlaylistText.text(text)
    case "duration":
      let number = String(decoding: PlaylistText.trimmed(text), as: UTF8.self)
      duration = PlaylistText.seconds(number).map { $0 / 1000 }
    default: break
    }
  }

  fileprivate var milliseconds: Int? {
    guard let duration, duration > 0, duration < 10_000 else { return nil }
    return max(1, Int((duration * 1000).rounded()))
  }
}
