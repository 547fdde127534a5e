import Perception
import TestSupport
import Testing

@testable import VisionOpenCV

@Suite struct ChecksumTests {
  @Test("it is SHA-256, by the examples of FIPS 180-2")
  func examples() throws {
    let examples: [([UInt8], String)] = [
      ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        Array(repeating: UInt8(ascii: "a"), count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ]
    for (bytes, digits) in examples { #expect(try Checksum(of: bytes).digits == digits) }
  }

  @Test("digits are 64 hexadecimal ones, in either case")
  func digits() {
    let digits = String(repeating: "0aF", count: 21) + "9"
    #expect(Checksum(digits: digits) == Checksum(digits: digits.lowercased()))
    for wrong in [
      "", "12", digits + "0", String(digits.dropLast()) + "g", digits.replacing("0", with: "é"),
    ] {
      #expect(Checksum(digits: wrong) == nil)
    }
  }

  @Test("weights are taken with their own checksum and refused, and named, with any other")
  func weights() throws {
    let scratch = try TemporaryFolder()
    var bytes = OnnxBytes.network()
    let checksum = try Checksum(of: bytes)
    let file = try scratch.write(bytes, to: "emotion.onnx")
    _ = try EmotionNetwork(weights: file, checksum: checksum)
    // A network all the same, but another one: a bit of a weight.
    bytes[2000] ^= 1
    try scratch.write(bytes, to: "emotion.onnx")
    _ = try EmotionNetwork(weights: file)
    do {
      _ = try EmotionNetwork(weights: file, checksum: checksum)
      Issue.record("other weights were taken")
    } catch {
      #expect(error.kind == .installation)
      #expect(error.message.contains(file) && error.message.contains("checksum"))
    }
  }
}
