import Foundation
import TestSupport
import Testing

@testable import StoreSQLite

@Suite struct FoldingTests {
  @Test(
    "Case and accents disappear",
    arguments: [
      ("Café", "cafe"), ("CAFE\u{301}", "cafe"), ("BJÖRK", "bjork"), ("Straße", "strasse"),
      ("Ægir & Øl", "aegir & ol"), ("Łódź", "lodz"), ("İstanbul", "istanbul"),
      ("ΆΛΦΑ", "αλφα"), ("Ёлка", "елка"), ("Don’t", "don't"), ("", ""), ("日本", "日本"),
      ("ＦＵＬＬ－ｗｉｄｔｈ　１", "full-width　1"), ("ﬁn", "fin"),
    ])
  func folds(text: String, folded: String) {
    #expect(Folding.fold(text) == folded)
  }

  @Test("Every Latin letter with accents folds to plain ASCII")
  func latin() {
    for value in Array(0xC0...0x17F) + Array(0x1E00...0x1EFF) {
      guard let scalar = Unicode.Scalar(UInt32(value)), scalar.properties.isAlphabetic else {
        continue
      }
      let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
      guard parts.count > 1, let base = parts.first, base.isASCII else { continue }
      #expect(Folding.fold(String(scalar)) == String(base).lowercased())
    }
  }

  @Test("Folding twice changes nothing, whatever the text")
  func idempotent() {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let text = randomText(&random, 0...20)
      let once = Folding.fold(text)
      #expect(Array(Folding.fold(once).utf8) == Array(once.utf8))
    }
  }
}

/// Text of all scripts without NUL, which no tag holds.
func randomText(_ random: inout SeededGenerator, _ lengths: ClosedRange<Int>) -> String {
  var text = String.UnicodeScalarView()
  for _ in 0..<Int.random(in: lengths, using: &random) {
    let highest: UInt32 = [0x7F, 0x24F, 0xFFFF, 0x10FFFF].randomElement(using: &random) ?? 0x7F
    let value = UInt32.random(in: 1...highest, using: &random)
    text.append(Unicode.Scalar(value) ?? " ")
  }
  return String(text)
}
