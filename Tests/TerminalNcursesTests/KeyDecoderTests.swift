import CNcurses
import Screen
import TestSupport
import Testing

@testable import TerminalNcurses

@Suite("KeyDecoder")
struct KeyDecoderTests {
  /// The keys of what was typed at once, and then nothing for a while.
  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    var keys = text.unicodeScalars.compactMap { decoder.feed(.scalar($0.value)) }
    if decoder.isPending, let last = decoder.feed(.silence) { keys.append(last) }
    return keys
  }

  @Test(
    "characters and controls are keys",
    arguments: [
      ("a", [Key.character("a")]), ("é漢🙂", [.character("é"), .character("漢"), .character("🙂")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{7F}", [.backspace]),
      ("\u{8}", [.backspace]), ("\u{C}", [.control("l")]), ("\u{1}", [.control("a")]),
      ("\0", [.control(" ")]), ("\u{1C}\u{85}", []),
    ])
  func decodesCharacters(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test(
    "Escape alone is a key, before a character it is Alt",
    arguments: [
      ("\u{1B}", [Key.escape]), ("\u{1B}\u{1B}", [.escape, .escape]), ("\u{1B}x", [.alt("x")]),
      ("\u{1B}[", [.alt("[")]), ("\u{1B}O", [.alt("O")]), ("\u{1B}\r", [.enter]),
      ("\u{1B}é", [.alt("é")]),
    ])
  func decodesEscape(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test(
    "sequences that terminfo did not know are keys or are swallowed whole",
    arguments: [
      ("\u{1B}[A", [Key.up]), ("\u{1B}OB", [.down]), ("\u{1B}OP", [.function(1)]),
      ("\u{1B}[[E", [.function(5)]), ("\u{1B}[24~", [.function(12)]), ("\u{1B}[Z", [.backTab]),
      ("\u{1B}[3~", [.delete]), ("\u{1B}[1;5Cq", [.character("q")]),
      ("\u{1B}[200~q", [.character("q")]), ("\u{1B}[<0;12;7Mq", [.character("q")]),
      ("\u{1B}]0;quit\u{7}q", [.character("q")]), ("\u{1B}P1$r q\u{1B}\\x", [.character("x")]),
      ("\u{1B}[12\u{1B}[A", [.up]),
    ])
  func swallowsSequences(text: String, expected: [Key]) {
    #expect(keys(text) == expected)
  }

  @Test(
    "ncurses' codes are keys, those without one are nothing",
    arguments: [
      (KEY_UP, Key.up), (KEY_DC, .delete), (KEY_IC, .insert), (KEY_BTAB, .backTab),
      (KEY_NPAGE, .pageDown), (KEY_ENTER, .enter), (KEY_BACKSPACE, .backspace),
      (KEY_F0 + 1, .function(1)), (KEY_F0 + 12, .function(12)), (KEY_F0 + 13, nil), (KEY_F0, nil),
      (KEY_RESIZE, nil), (KEY_MOUSE, nil), (Int32.min, nil), (Int32.max, nil),
    ])
  func decodesCodes(code: Int32, expected: Key?) {
    var decoder = KeyDecoder()
    #expect(decoder.feed(.code(code)) == expected)
  }

  @Test("random input never traps, and after silence the next letter is itself")
  func survivesNoise() {
    var generator = SeededGenerator(seed: 11)
    let favourites: [UInt32] = [0x1B, 0x5B, 0x4F, 0x5D, 0x7E, 0x3B, 0x31, 0x50, 0x5C, 7, 0x9B]
    for _ in 0..<2000 {
      var decoder = KeyDecoder()
      for _ in 0..<Int.random(in: 0...40, using: &generator) {
        let value =
          Bool.random(using: &generator)
          ? favourites.randomElement(using: &generator) ?? 0
          : UInt32.random(in: 0...0x11_0100, using: &generator)
        let isCode = Int.random(in: 0..<8, using: &generator) == 0
        let key = decoder.feed(isCode ? .code(Int32(bitPattern: value)) : .scalar(value))
        if case .function(let number)? = key { #expect((1...12).contains(number)) }
      }
      _ = decoder.feed(.silence)
      #expect(!decoder.isPending)
      #expect(decoder.feed(.scalar(0x71)) == .character("q"))
    }
  }
}
