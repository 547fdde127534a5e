import Perception
import TestSupport
import Testing

@Suite("Eye framing")
struct EyeFramingTests {
  @Test("Every request comes back as it was sent")
  func requestsRoundTrip() throws {
    var generator = SeededGenerator(seed: 1)
    var decoder = EyeFrameDecoder<EyeRequest>()
    for index in 0..<600 {
      let request = generator.request(index)
      decoder.append(EyeFraming.encode(request))
      #expect(try decoder.next() == request)
      #expect(try decoder.next() == nil)
    }
  }

  @Test("Every reply comes back as it was sent")
  func repliesRoundTrip() throws {
    var generator = SeededGenerator(seed: 2)
    var decoder = EyeFrameDecoder<EyeReply>()
    for index in 0..<600 {
      let reply = generator.reply(index)
      decoder.append(EyeFraming.encode(reply))
      #expect(try decoder.next() == reply)
      #expect(try decoder.next() == nil)
    }
  }

  @Test("A stream may be cut at any byte")
  func splitAtEveryByte() throws {
    var generator = SeededGenerator(seed: 3)
    let replies = (0..<8).map { generator.reply($0) }
    let bytes = replies.flatMap { EyeFraming.encode($0) }
    for cut in 0...bytes.count {
      var decoder = EyeFrameDecoder<EyeReply>()
      var seen: [EyeReply] = []
      for part in [bytes[..<cut], bytes[cut...]] {
        decoder.append(part)
        while let reply = try decoder.next() { seen.append(reply) }
      }
      #expect(seen == replies)
    }
  }

  @Test("A stream may come byte by byte")
  func byteByByte() throws {
    var generator = SeededGenerator(seed: 4)
    let requests = (0..<16).map { generator.request($0) }
    var decoder = EyeFrameDecoder<EyeRequest>()
    var seen: [EyeRequest] = []
    for byte in requests.flatMap({ EyeFraming.encode($0) }) {
      decoder.append(CollectionOfOne(byte))
      while let request = try decoder.next() { seen.append(request) }
    }
    #expect(seen == requests)
  }

  @Test("A truncated frame waits, and one that says it is whole throws")
  func truncation() throws {
    var generator = SeededGenerator(seed: 5)
    for index in 0..<60 {
      let bytes = EyeFraming.encode(generator.reply(index))
      for length in 0..<bytes.count {
        var waiting = EyeFrameDecoder<EyeReply>()
        waiting.append(bytes[..<length])
        #expect(try waiting.next() == nil)
        guard length >= 6 else { continue }
        var whole = Array(bytes[..<length])
        whole[0] = UInt8(truncatingIfNeeded: length - 4)
        whole[1] = UInt8(truncatingIfNeeded: (length - 4) >> 8)
        var decoder = EyeFrameDecoder<EyeReply>()
        decoder.append(whole)
        #expect(throws: EyeFramingError.self) { _ = try decoder.next() }
      }
    }
  }

  @Test("Mutated frames throw, wait or mean something else, and never trap")
  func mutation() {
    var generator = SeededGenerator(seed: 6)
    var refused = 0
    for index in 0..<10_000 {
      let asRequest = index.isMultiple(of: 2)
      var bytes =
        asRequest
        ? EyeFraming.encode(generator.request(index / 2))
        : EyeFraming.encode(generator.reply(index / 2))
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[position] = UInt8.random(in: 0...255, using: &generator)
      }
      refused +=
        (asRequest ? refuses(EyeRequest.self, bytes) : refuses(EyeReply.self, bytes)) ? 1 : 0
    }
    #expect(refused > 2_000)
  }

  private func refuses<Message: EyeMessage>(_: Message.Type, _ bytes: [UInt8]) -> Bool {
    var decoder = EyeFrameDecoder<Message>()
    decoder.append(bytes)
    do {
      while try decoder.next() != nil {}
      return false
    } catch {
      return true
    }
  }

  @Test(
    "A length beyond reason is refused from its four bytes alone",
    arguments: [
      [0, 0, 0, 0], [1, 0, 0, 0], [255, 255, 255, 255], [1, 0, 0, 4], Array("HTTP".utf8),
    ] as [[UInt8]])
  func badLengths(header: [UInt8]) {
    var decoder = EyeFrameDecoder<EyeRequest>()
    decoder.append(header)
    #expect(throws: EyeFramingError.self) { _ = try decoder.next() }
  }

  @Test("A count beyond what follows is refused before anything is allocated for it")
  func hugeCounts() {
    let people: [UInt8] = [6, 0, 0, 0, EyeFraming.version, 5, 255, 255, 255, 255]
    #expect(refusal(EyeRequest.self, people) == .tooMany("people", 4_294_967_295))
    let few: [UInt8] = [6, 0, 0, 0, EyeFraming.version, 5, 16, 39, 0, 0]
    #expect(refusal(EyeRequest.self, few) == .truncated)
    let text: [UInt8] = [8, 0, 0, 0, EyeFraming.version, 5, 0, 255, 255, 255, 127, 0]
    #expect(refusal(EyeReply.self, text) == .tooMany("bytes of text", 2_147_483_647))
  }

  @Test("Another version, an unknown tag, bytes too many and bad UTF-8 are told apart")
  func namedRefusals() {
    #expect(refusal(EyeRequest.self, [2, 0, 0, 0, 9, 6]) == .version(9))
    #expect(refusal(EyeRequest.self, [2, 0, 0, 0, EyeFraming.version, 99]) == .unknownTag(99))
    #expect(refusal(EyeRequest.self, [3, 0, 0, 0, EyeFraming.version, 6, 0]) == .excess)
    #expect(refusal(EyeReply.self, [2, 0, 0, 0, EyeFraming.version, 0]) == .unknownTag(0))
    #expect(
      refusal(EyeReply.self, [8, 0, 0, 0, EyeFraming.version, 5, 0, 1, 0, 0, 0, 0xFF])
        == .badValue("text that is not UTF-8"))
    #expect(
      refusal(EyeRequest.self, [3, 0, 0, 0, EyeFraming.version, 4, 2]) == .badValue("flag 2"))
  }

  private func refusal<Message: EyeMessage>(
    _: Message.Type, _ bytes: [UInt8]
  ) -> EyeFramingError? {
    var decoder = EyeFrameDecoder<Message>()
    decoder.append(bytes)
    do {
      _ = try decoder.next()
      return nil
    } catch {
      return error
    }
  }

  @Test("After an error the decoder stays refused, whatever comes")
  func staysRefused() {
    var decoder = EyeFrameDecoder<EyeReply>()
    decoder.append([2, 0, 0, 0, EyeFraming.version, 99])
    #expect(throws: EyeFramingError.unknownTag(99)) { _ = try decoder.next() }
    decoder.append(EyeFraming.encode(EyeReply.ended))
    #expect(throws: EyeFramingError.unknownTag(99)) { _ = try decoder.next() }
  }

  @Test("A preview whose cells do not fill it is refused")
  func raggedPreview() {
    let ragged = Preview(columns: 2, rows: 2, cells: [PreviewCell(glyph: 65)])
    #expect(refusal(EyeReply.self, EyeFraming.encode(.preview(ragged))) != nil)
  }

  @Test("A picture whose levels do not fill it, or too large a one, is refused")
  func raggedPicture() throws {
    let picture = try #require(GrayPicture(levels: [1, 2, 3, 4, 5, 6], width: 3, height: 2))
    let whole = EyeFraming.encode(EyeRequest.classify(number: 1, picture))
    #expect(refusal(EyeRequest.self, whole) == nil)
    // After length, version, tag and number comes the width.
    for width in [0, 2, 4, 0xFF] as [UInt8] {
      var bytes = whole
      bytes[10] = width
      #expect(
        refusal(EyeRequest.self, bytes)
          == .badValue("a picture of \(width) x 2 and 6 levels"))
    }
    #expect(GrayPicture(levels: Array(repeating: 0, count: 1025), width: 1025, height: 1) == nil)
  }

  @Test("A wish for an enormous preview is cut, numbers beyond 32 bits are clamped")
  func clamping() throws {
    var decoder = EyeFrameDecoder<EyeRequest>()
    let format = PreviewFormat(columns: .max, rows: -3, glyphs: .ascii, colour: false)
    decoder.append(EyeFraming.encode(EyeRequest.preview(format)))
    let cut = PreviewFormat(columns: 500, rows: 0, glyphs: .ascii, colour: false)
    #expect(try decoder.next() == .preview(cut))
    decoder.append(EyeFraming.encode(EyeRequest.open(.camera(.max), rate: 15)))
    #expect(try decoder.next() == .open(.camera(Int(Int32.max)), rate: 15))
  }
}
