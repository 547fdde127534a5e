import Music
import Testing

@Suite struct PathTextTests {
  @Test(
    "Paths are drawn so that every byte can be told",
    arguments: [
      (Array("/music/Füße 夜 🎵.mp3".utf8), "/music/Füße 夜 🎵.mp3"),
      (Array("/a\\b".utf8), "/a\\\\b"), ([0x2F, 0xE9, 0x2E], "/\\xE9."),
      (Array("/a\nb\u{1B}[m".utf8), "/a\\u{A}b\\u{1B}[m"),
      (Array("/\u{202E}x".utf8), "/\\u{202E}x"),
      ([0x2F, 0xC3], "/\\xC3"), ([0x2F, 0xED, 0xA0, 0x80], "/\\xED\\xA0\\x80"), ([], ""),
      ([0xF0, 0x9F, 0x8E], "\\xF0\\x9F\\x8E"),
    ])
  func escaped(path: [UInt8], text: String) { #expect(PathText.escaped(path) == text) }

  @Test("a message is one line, and its backslashes are its own")
  func line() {
    let text = PathText.line("a\\b\nc\u{1B}[m \u{202E}夜 🎵")
    #expect(text == "a\\b\\u{A}c\\u{1B}[m \\u{202E}夜 🎵")
    #expect(PathText.line("") == "")
  }

  @Test(
    "a track without a title is shown by its file's name as it is, and found by what can be typed")
  func titles() {
    func track(_ name: [UInt8]) -> Track {
      Track(id: TrackID(1), location: Location(path: Array("/m/".utf8) + name), tags: Tags())
    }
    let strange = track(Array("a\u{1B}[31m\nb ".utf8) + [0xE9])
    #expect(strange.displayTitle == "a\\u{1B}[31m\\u{A}b \\xE9")
    #expect(strange.plainTitle == "a [31m b \u{FFFD}")
    #expect(track(Array("夜.mp3".utf8)).displayTitle == "夜.mp3")
    #expect(track([0x07]).plainTitle == "untitled")
  }
}
