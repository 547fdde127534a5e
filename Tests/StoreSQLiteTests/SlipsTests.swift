import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct SlipsTests {
  @Test(
    "A slip is a letter wrong, missing, too many, or two exchanged",
    arguments: [
      ("love", "love", 0), ("lobe", "love", 1), ("lve", nil, nil), ("lovve", "love", 1),
      ("olve", "love", 1), ("lvoe", "lovely", 1), ("beatel", "beatles", 1), ("love", "dive", nil),
      ("portisehda", "portishead", 2), ("metalica", "metallica", 1), ("abcdefgh", "abxdyfzh", nil),
    ] as [(String, String?, Int?)])
  func counts(typed: String, word: String?, count: Int?) {
    #expect((Slips(in: typed) == nil) == (word == nil))
    if let word { #expect(Slips(in: typed)?.count(to: word) == count) }
  }

  @Test("Any one change of a word of four to seven letters is one slip at most")
  func single() throws {
    var random = SeededGenerator(seed: 3)
    let letters = Array("abcdefghij")
    for _ in 0..<2000 {
      let word = (0..<Int.random(in: 5...6, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? "a"
      }
      var typed = word
      let place = Int.random(in: 0..<word.count - 1, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: typed[place] = "z"
      case 1: typed.remove(at: place)
      case 2: typed.insert("z", at: place)
      default: typed.swapAt(place, place + 1)
      }
      let slips = try #require(Slips(in: String(typed)))
      let count = try #require(slips.count(to: String(word)))
      #expect(count <= 1)
    }
  }
}
