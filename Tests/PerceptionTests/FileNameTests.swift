import Perception
import TestSupport
import Testing

@Suite struct FileNameTests {
  @Test(
    "a name that is UTF-8 is its own text, unchanged and not normalised",
    arguments: [
      "", "Füße 夜 🎵.mp3", "e\u{301}.png", "\u{E9}.png", "a\\xFF", "\u{FFFD}", "\u{202E}x",
    ])
  func same(name: String) {
    let bytes = Array(name.utf8)
    #expect(Array(FileName.text(of: bytes).utf8) == bytes)
    #expect(FileName.bytes(of: name) == bytes)
    #expect(Array(FileName.shown(name).utf8) == bytes)
    #expect(FileName.isUTF8(name))
  }

  @Test(
    "bytes that are no UTF-8 are marked, and shown by their number",
    arguments: [
      ([0x61, 0xFF, 0x2E], "a\\xFF."), ([0xC3], "\\xC3"), ([0xED, 0xA0, 0x80], "\\xED\\xA0\\x80"),
      ([0xF0, 0x9F, 0x8E], "\\xF0\\x9F\\x8E"), ([0xC3, 0xA9, 0xE9], "é\\xE9"),
    ])
  func marked(name: [UInt8], shown: String) {
    let text = FileName.text(of: name)
    #expect(FileName.shown(text) == shown)
    #expect(FileName.shown("cannot read \(text)") == "cannot read \(shown)")
    #expect(!FileName.isUTF8(text))
    #expect(FileName.bytes(of: text) == name)
    #expect(FileName.cString(text) == name.map { CChar(bitPattern: $0) } + [0])
  }

  @Test("every row of bytes comes back from its text, and no two have the same")
  func roundTrip() {
    var random = SeededGenerator(seed: 7)
    // Few of them, so that marks and parts of marks come up by chance.
    let alphabet: [UInt8] = [0, 0x5C, 0x78, 0x46, 0x46, 0x2F, 0xC3, 0xA9, 0xFF, 0xE2]
    var names: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<20_000 {
      let name = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let text = FileName.text(of: name)
      #expect(FileName.bytes(of: text) == name)
      #expect(names[Array(text.utf8), default: name] == name)
      names[Array(text.utf8)] = name
      #expect((FileName.cString(text) == nil) == name.contains(0))
    }
  }

  @Test(
    "what only resembles a mark is taken as it is",
    arguments: ["\0", "a\0\\x", "\0\\xg0", "\0\\xF"])
  func noMark(text: String) { #expect(FileName.bytes(of: text) == Array(text.utf8)) }
}
