/// M3U: a path a line, and before it, in lines that begin with `#`, what the song is called and which
/// piece of the file it is. What else such lines say is kept as it is.
extension Playlist {
  static func m3u(
    _ bytes: ArraySlice<UInt8>, folder: [UInt8]
  ) throws(PlaylistFault) -> Playlist {
    let lines = PlaylistText.lines(bytes)
    try PlaylistText.refuseMarkup(lines.first)
    var list = Playlist()
    var next = Entry(place: nil)
    for line in lines {
      if line.text.first != UInt8(ascii: "#") {
        next.place = try PlaylistPlace(line: line, folder: folder)
        list.entries.append(next)
        next = Entry(place: nil)
      } else if let directive = M3UDirective(line.text) {
        list.take(directive, of: &next)
      } else if let remark = PlaylistRemark(line.text) {
        next.remarks.add(remark)
      }
    }
    list.remarks = next.remarks
    return list
  }

  private mutating func take(_ directive: M3UDirective, of entry: inout Entry) {
    switch directive {
    case .title(let title): self.title = title
    case .information(let title, let artist, let duration):
      (entry.title, entry.artist, entry.duration) = (title, artist, duration)
    case .start(let seconds): entry.start = seconds
    case .end(let seconds): entry.end = seconds
    case .heading: break
    }
  }

  func m3u(_ format: PlaylistFormat, _ folder: [UInt8]?) -> [UInt8] {
    var result = Array("#EXTM3U\n".utf8)
    if let title { result += "#PLAYLIST:\(title)\n".utf8 }
    for entry in entries {
      guard let place = entry.place else { continue }
      for remark in entry.remarks where !remark.isDirective { result += "\(remark.text)\n".utf8 }
      let seconds = PlaylistText.wholeSeconds(entry)
      if let name = PlaylistText.field(entry) {
        result += "#EXTINF:\(seconds ?? -1),\(name)\n".utf8
      } else if let seconds {
        result += "#EXTINF:\(seconds),\n".utf8
      }
      for remark in entry.remarks where remark.isDirective { result += "\(remark.text)\n".utf8 }
      for option in entry.options { result += "#EXTVLCOPT:\(option)\n".utf8 }
      result += place.line(format, relativeTo: folder)
      result.append(0x0A)
    }
    for remark in remarks { result += "\(remark.text)\n".utf8 }
    return result
  }
}

extension Playlist.Entry {
  /// What VLC calls the bounds of a piece, in M3U and in XSPF.
  var options: [String] {
    let start = start.map { "start-time=\(PlaylistText.milliseconds($0))" }
    return [start, end.map { "stop-time=\(PlaylistText.milliseconds($0))" }].compactMap(\.self)
  }
}
