import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Tag codec")
struct TagCodecTests {
  private static let full = {
    var tags = Tags(
      title: "Rain", artist: "A", album: "B", albumArtist: "C", genre: "D", year: 2021, track: 3,
      disc: 1, duration: 245.125, mood: "sad 夜", bpm: 92.5, rating: 10)
    tags.details = details
    tags.cueSheet = "FILE a WAVE\r\n"
    return tags
  }()

  private static let details = {
    var details = TagDetails()
    details.artists = ["Ann", "夜"]
    details.genres = ["Rock", "", "Jazz"]
    details.artistIDs = ["1"]
    details.originalDate = "1973"
    details.recordingID = "r"
    details.releaseID = "s"
    details.gain = ReplayGain(track: -7.5, trackPeak: 0.5, album: 1, albumPeak: 2)
    details.isCompilation = true
    details.hasCover = true
    details.hasLyrics = true
    return details
  }()

  private func roundTrip(_ answer: Result<Tags, TagFault>) -> Result<Tags, TagFault>? {
    var buffer: [UInt8] = [9, 9]
    TagCodec.appendAnswer(answer, to: &buffer)
    guard case .body(let body) = TagCodec.frame(in: buffer, at: 2, limit: TagCodec.answerLimit)
    else { return nil }
    return TagCodec.answer(buffer, body)
  }

  @Test("tags come back as they were")
  func tags() {
    #expect(roundTrip(.success(Self.full)) == .success(Self.full))
    #expect(roundTrip(.success(Tags())) == .success(Tags()))
  }

  @Test("each tag alone comes back as it was")
  func each() {
    let singles = [
      Tags(title: "x"), Tags(artist: "x"), Tags(album: "x"), Tags(albumArtist: "x"),
      Tags(genre: "x"), Tags(year: 1), Tags(track: 2), Tags(disc: 3), Tags(duration: 0.5),
      Tags(mood: "x"), Tags(bpm: 60), Tags(rating: 1), Tags(title: ""),
    ]
    for tags in singles { #expect(roundTrip(.success(tags)) == .success(tags)) }
    for change in [
      { $0.artists = ["x", "y"] }, { $0.genres = ["x"] }, { $0.artistIDs = ["x"] },
      { $0.originalDate = "x" }, { $0.recordingID = "x" }, { $0.releaseID = "x" },
      { $0.gain.track = -1 }, { $0.gain.trackPeak = 1 }, { $0.gain.album = 2 },
      { $0.gain.albumPeak = 3 }, { $0.isCompilation = true }, { $0.hasCover = true },
      { $0.hasLyrics = true },
    ] as [(inout TagDetails) -> Void] {
      var tags = Tags(title: "x")
      change(&tags.details)
      #expect(roundTrip(.success(tags)) == .success(tags))
    }
  }

  @Test("faults come back as they were")
  func faults() {
    for fault in [TagFault.empty, .noAudio, .crashed, TagFault(.damaged, "é")] {
      #expect(roundTrip(.failure(fault)) == .failure(fault))
    }
  }

  @Test("the longest texts fit the limit of an answer")
  func longest() {
    let text = String(repeating: "𝄞", count: Tags.lengthLimit)
    var tags = Tags(
      title: text, artist: text, album: text, albumArtist: text, genre: text, mood: text)
    #expect(roundTrip(.success(tags)) == .success(tags))
    tags.title = text + text
    tags.details.artists = Array(repeating: text, count: 99)
    tags.cueSheet = String(repeating: "x", count: TagCodec.sheetLimit)
    var answer = Tags(
      title: text, artist: text, album: text, albumArtist: text, genre: text, mood: text)
    answer.details.artists = [text]
    answer.cueSheet = tags.cueSheet
    #expect(
      roundTrip(.success(tags))
        == .success(answer))
  }

  @Test("a request comes back as it was, and half of one waits")
  func request() {
    var buffer: [UInt8] = []
    TagCodec.appendRequest([1, 2, 3], to: &buffer)
    #expect(buffer == [3, 0, 0, 0, 1, 2, 3])
    #expect(TagCodec.frame(in: buffer, at: 0, limit: 4096) == .body(4..<7))
    for count in 0..<buffer.count {
      #expect(TagCodec.frame(in: Array(buffer.prefix(count)), at: 0, limit: 4096) == .incomplete)
    }
    #expect(TagCodec.frame(in: [0xFF, 0xFF, 0xFF, 0xFF], at: 0, limit: 4096) == .oversized)
  }

  @Test("an answer that ends early, or goes on too long, is refused")
  func wrongLength() {
    var buffer: [UInt8] = []
    TagCodec.appendAnswer(.success(Self.full), to: &buffer)
    let body = Array(buffer.dropFirst(4))
    #expect(TagCodec.answer(body, body.indices) == .success(Self.full))
    for count in 0..<body.count { #expect(TagCodec.answer(body, 0..<count) == nil) }
    let longer = body + [0]
    #expect(TagCodec.answer(longer, longer.indices) == nil)
    let noNumber = [0, 0x00, 0x04, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
    #expect(TagCodec.answer(noNumber, noNumber.indices) == nil)
  }

  @Test("random bytes never trap the parent")
  func mutations() {
    var generator = SeededGenerator(seed: 7)
    var accepted = 0
    let count = Fuzzing.inputs(usually: 20_000)
    for _ in 0..<count {
      let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      if TagCodec.answer(bytes, bytes.indices) != nil { accepted += 1 }
      if case .body(let body) = TagCodec.frame(in: bytes, at: 0, limit: 100) {
        #expect(body.upperBound <= bytes.count)
      }
    }
    #expect(accepted < count / 10)
  }
}
