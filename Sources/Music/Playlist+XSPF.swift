/// XSPF (xspf.org, version 1): XML with a `track` a song; its `location` is a URI, its `duration` in
/// milliseconds, its `annotation` holds the remarks. Of several locations the first counts.
///
/// The standard knows no piece of a file: it is written as VLC does, as options in an extension,
/// which other programs pass over. All other extensions are passed over here.
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
        } else if path == ["playlist", "annotation"] {
          list.remarks = PlaylistRemark.all(in: text[...])
        } else if path == Self.option {
          entry.takeOption(text[...])
        } else if path.dropLast() == Self.track[...], let name = path.last {
          do throws(PlaylistFault) { try entry.take(name, text[...], folder) } catch {
            throw PlaylistFault(line: reader.line, reason: error.reason)
          }
        }
        text = []
      }
    }
    guard isPlaylist else { throw PlaylistFault(reason: "no XSPF playlist") }
    return list
  }

  private static let track = ["playlist", "tracklist", "track"]
  private static let option = track + ["extension", "option"]

  func xspf(_ folder: [UInt8]?) -> [UInt8] {
    let hasPieces = entries.contains(where: \.isPiece)
    let vlc = hasPieces ? " xmlns:vlc=\"http://www.videolan.org/vlc/playlist/ns/0/\"" : ""
    var result = Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <playlist version="1" xmlns="http://xspf.org/ns/0/"\(vlc)>

      """.utf8)
    if let title { result += Self.element("title", Array(title.utf8), indent: 2) }
    if !remarks.isEmpty { result += Self.element("annotation", remarks.annotation, indent: 2) }
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
      if !entry.remarks.isEmpty {
        result += Self.element("annotation", entry.remarks.annotation, indent: 6)
      }
      if let milliseconds = entry.milliseconds {
        result += Self.element("duration", Array("\(milliseconds)".utf8), indent: 6)
      }
      result += Self.piece(entry.options)
      result += "    </track>\n".utf8
    }
    result += "  </trackList>\n</playlist>\n".utf8
    return result
  }

  private static func piece(_ options: [String]) -> [UInt8] {
    guard !options.isEmpty else { return [] }
    let application = "http://www.videolan.org/vlc/playlist/0"
    var result = Array("      <extension application=\"\(application)\">\n".utf8)
    for option in options { result += element("vlc:option", Array(option.utf8), indent: 8) }
    return result + "      </extension>\n".utf8
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
  fileprivate mutating func take(
    _ name: String, _ text: ArraySlice<UInt8>, _ folder: [UInt8]
  ) throws(PlaylistFault) {
    switch name {
    case "location":
      if place == nil { place = try PlaylistPlace(reference: text, folder: folder) }
    case "title": title = PlaylistText.text(text)
    case "creator": artist = PlaylistText.text(text)
    case "annotation": remarks = PlaylistRemark.all(in: text)
    case "duration":
      let number = String(decoding: PlaylistText.trimmed(text), as: UTF8.self)
      duration = PlaylistText.seconds(number).map { $0 / 1000 }
    default: break
    }
  }

  /// `start-time=12.5`, with or without a colon before it.
  fileprivate mutating func takeOption(_ text: ArraySlice<UInt8>) {
    let option = PlaylistText.trimmed(text).drop { $0 == UInt8(ascii: ":") }
    switch M3UDirective(Array("#EXTVLCOPT:".utf8) + option) {
    case .start(let seconds): start = seconds
    case .end(let seconds): end = seconds
    default: break
    }
  }

  fileprivate var milliseconds: Int? {
    guard let duration, duration > 0, duration < 10_000 else { return nil }
    return max(1, Int((duration * 1000).rounded()))
  }
}
