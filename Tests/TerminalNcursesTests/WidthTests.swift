import CNcurses
import Glibc
import Screen
import Testing

@testable import TerminalNcurses

@Suite("Widths")
struct WidthTests {
  @Test("our widths are the C library's for the characters of the world's titles")
  func agreesWithLibrary() throws {
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF, 0x370...0x373, 0x400...0x482, 0x5D0...0x5EA,
      0x1E00...0x1F15, 0x2010...0x2015, 0x2190...0x2300, 0x2500...0x25FF, 0x3041...0x3096,
      0x30A1...0x30FF, 0x4E00...0x9FA5, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0xFF65...0xFF9F,
      0x1F300...0x1F320, 0x1F600...0x1F64F, 0x20000...0x2A6D6,
    ]
    var differing: [String] = []
    for scalar in ranges.joined().compactMap(Unicode.Scalar.init) {
      let ours = TextWidth.columns(String(Character(scalar)))
      if ours != Int(emus_width(scalar.value)) {
        differing.append(String(scalar.value, radix: 16))
      }
    }
    #expect(differing.isEmpty)
  }
}
