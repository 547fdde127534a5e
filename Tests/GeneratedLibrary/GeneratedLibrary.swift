import Glibc

/// Writes a library of small tagged MP3 files, quickly: about a second of silence each, one folder
/// an album. For tests and for measuring against other players; needs nothing but this file.
package struct GeneratedLibrary {
  package static let tracksOnAlbum = 12
  private static let genres = ["Rock", "Jazz", "Ambient", "Techno", "Folk", "Classical", "Soul"]
  private static let moods = ["happy", "calm", "sad", "energetic"]

  /// Writes `count` files below `folder`, which is made; answers their paths in the order in which
  /// a scan meets them.
  @discardableResult
  package static func write(count: Int, to folder: String) throws(GenerationError) -> [String] {
    try makeFolder(folder)
    let sound = silence(frames: 40)
    var paths: [String] = []
    for index in 0..<count {
      let album = index / tracksOnAlbum
      let artist = album / 3
      let place = "\(folder)/Artist \(padded(artist, 4))/Album \(padded(album, 5))"
      if index % tracksOnAlbum == 0 {
        try makeFolder("\(folder)/Artist \(padded(artist, 4))")
        try makeFolder(place)
      }
      let track = index % tracksOnAlbum + 1
      let path = "\(place)/\(padded(track, 2)) Song \(index).mp3"
      try write(tag(index, track: track, album: album, artist: artist) + sound, to: path)
      paths.append(path)
    }
    return paths
  }

  package struct GenerationError: Error { package var path: String }

  /// An ID3v2.4 tag with the frames that real libraries have.
  private static func tag(_ index: Int, track: Int, album: Int, artist: Int) -> [UInt8] {
    let frames =
      frame("TIT2", "Song \(index)") + frame("TPE1", "Artist \(artist)")
      + frame("TALB", "Album \(album)") + frame("TCON", genres[artist % genres.count])
      + frame("TDRC", "\(1960 + album % 60)") + frame("TRCK", "\(track)/\(tracksOnAlbum)")
      + (index % 4 == 0 ? frame("TMOO", moods[index / 4 % moods.count]) : [])
    return Array("ID3".utf8) + [4, 0, 0] + synchsafe(frames.count) + frames
  }

  private static func frame(_ name: String, _ text: String) -> [UInt8] {
    let body = [3] + Array(text.utf8)
    return Array(name.utf8) + synchsafe(body.count) + [0, 0] + body
  }

  private static func synchsafe(_ value: Int) -> [UInt8] {
    [21, 14, 7, 0].map { UInt8(value >> $0 & 0x7F) }
  }

  /// Layer III at 32 kbit/s, 44.1 kHz, one channel: 104 bytes and 26 ms a frame, all zeros inside.
  package static func silence(frames: Int) -> [UInt8] {
    let frame: [UInt8] = [0xFF, 0xFB, 0x10, 0xC0] + Array(repeating: 0, count: 100)
    return Array(repeating: frame, count: frames).flatMap(\.self)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func makeFolder(_ path: String) throws(GenerationError) {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw GenerationError(path: path) }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(GenerationError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw GenerationError(path: path) }
    defer { close(descriptor) }
    guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw GenerationError(path: path)
    }
  }
}
