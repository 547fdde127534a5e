import Music
import TestSupport
import Testing

@Suite("Cue sheet")
struct CueSheetTests {
  private static let album = """
    REM GENRE "Deep House"
    REM DATE 1998
    REM DISCNUMBER 2
    PERFORMER "The Tide Tables"
    TITLE "Weather Reports"
    FILE "album.flac" WAVE
      TRACK 01 AUDIO
        TITLE "Rain on Tin"
        INDEX 01 00:00:00
      TRACK 02 AUDIO
        TITLE "Low Tide"
        PERFORMER "Ann"
        INDEX 00 03:58:00
        INDEX 01 04:00:37
      TRACK 03 AUDIO
        INDEX 01 07:30:00
    """

  private func sheet(_ text: String) throws -> CueSheet {
    try #require(CueSheet(Array(text.utf8)))
  }

  @Test("pieces follow one another: each ends where the next begins, the last with the file")
  func pieces() throws {
    let sheet = try sheet(Self.album)
    #expect(sheet.title == "Weather Reports" && sheet.performer == "The Tide Tables")
    #expect(sheet.genre == "Deep House" && sheet.date == "1998" && sheet.disc == 2)
    #expect(sheet.pieces.map(\.start) == [0, 240 + 37.0 / 75, 450])
    #expect(sheet.pieces.map(\.end) == [240 + 37.0 / 75, 450, nil])
    #expect(sheet.pieces.map(\.title) == ["Rain on Tin", "Low Tide", nil])
    #expect(sheet.pieces.map(\.performer) == [nil, "Ann", nil])
    #expect(sheet.pieces.allSatisfy { $0.file == Array("album.flac".utf8) })
  }

  @Test("a piece has the sheet's tags, and of the rest those of its file")
  func tags() throws {
    let sheet = try sheet(Self.album)
    var file = Tags(
      title: "All of it", artist: "Somebody", album: "Other", genre: "Rock", year: 2020,
      duration: 600, mood: "calm", bpm: 120, rating: 9)
    file.details.hasCover = true
    file.details.artists = ["A", "B"]
    let tags = sheet.pieces.map { sheet.tags(of: $0, over: file) }
    #expect(tags.map(\.title) == ["Rain on Tin", "Low Tide", nil])
    #expect(tags.map(\.artist) == ["The Tide Tables", "Ann", "The Tide Tables"])
    #expect(tags.map(\.track) == [1, 2, 3] && tags.map(\.disc) == [2, 2, 2])
    #expect(tags[2].duration == 150 && tags[1].albumArtist == "The Tide Tables")
    #expect(tags[0].album == "Weather Reports" && tags[0].genre == "Deep House")
    #expect(tags[0].year == 1998 && tags[0].mood == "calm" && tags[0].rating == nil)
    #expect(tags[0].details.hasCover && tags[0].details.artists.isEmpty)
    let bare = try self.sheet("FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00")
    #expect(bare.tags(of: bare.pieces[0], over: file).album == "Other")
    #expect(bare.tags(of: bare.pieces[0], over: file).artist == "Somebody")
  }

  @Test("of several files each has its own pieces; a gap may lie at the end of the one before")
  func severalFiles() throws {
    let sheet = try sheet(
      """
      FILE "one.wav" WAVE
      TRACK 01 AUDIO
      INDEX 01 00:00:00
      TRACK 02 AUDIO
      INDEX 00 03:00:00
      FILE "two.wav" WAVE
      INDEX 01 00:00:00
      TRACK 03 AUDIO
      INDEX 01 01:00:00
      """)
    #expect(
      sheet.pieces.map { String(decoding: $0.file, as: UTF8.self) } == [
        "one.wav", "two.wav", "two.wav",
      ])
    #expect(sheet.pieces.map(\.start) == [0, 0, 60])
    #expect(sheet.pieces.map(\.end) == [nil, 60, nil])
  }

  @Test("marks, line ends, small letters and words without quotation marks are taken as they come")
  func spellings() throws {
    let lines = [
      "file my album.flac wave", "\ttrack 1 audio", "title Caf\u{E9} au lait",
      "performer Bj\u{F6}rk",
      "index 1 0:0:0",
    ]
    let text = lines.joined(separator: "\r\n")
    let utf16 = text.utf16.reduce(into: [0xFF, 0xFE] as [UInt8]) {
      $0 += [UInt8($1 & 0xFF), UInt8($1 >> 8)]
    }
    let big = text.utf16.reduce(into: [0xFE, 0xFF] as [UInt8]) {
      $0 += [UInt8($1 >> 8), UInt8($1 & 0xFF)]
    }
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), utf16, big, latin] {
      let piece = try #require(CueSheet(bytes)?.pieces.first)
      #expect(piece.title == "Café au lait" && piece.performer == "Björk")
      #expect(piece.file == Array("my album.flac".utf8))
    }
  }

  @Test(
    "what is no piece is none",
    arguments: [
      "", "hello", "TRACK 01 AUDIO\nINDEX 01 00:00:00", "FILE a WAVE\nTRACK 01 AUDIO",
      "FILE a WAVE\nTRACK 01 MODE1/2352\nINDEX 01 00:00:00",
      "FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 00:60:00",
      "FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:75",
      "FILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 -1:00:00",
      "FILE a WAVE\nTRACK 01 AUDIO\nINDEX 00 00:00:00",
    ])
  func none(text: String) { #expect(CueSheet(Array(text.utf8)) == nil) }

  @Test("a piece that does not come after the one before it is left out")
  func order() throws {
    let sheet = try sheet(
      """
      FILE a WAVE
      TRACK 01 AUDIO
      INDEX 01 02:00:00
      TRACK 02 AUDIO
      INDEX 01 01:00:00
      TRACK 03 AUDIO
      INDEX 01 03:00:00
      """)
    #expect(sheet.pieces.map(\.number) == [1, 3])
    #expect(sheet.pieces[0].end == 180)
    #expect(
      CueSheet.cut(sheet.tracks, length: nil).leftOut == [
        CueSheet.LeftOut(number: 2, reason: .notAfterPrevious)
      ])
  }

  @Test("a track that begins behind the end of its file bounds no other")
  func behindTheEnd() throws {
    let sheet = try sheet(
      """
      FILE a WAVE
      TRACK 01 AUDIO
      INDEX 01 00:00:00
      TRACK 02 AUDIO
      INDEX 01 99:00:00
      TRACK 03 AUDIO
      INDEX 01 02:00:00
      TRACK 04 AUDIO
      INDEX 01 10:00:00
      """)
    let cut = CueSheet.cut(sheet.tracks, length: 600)
    #expect(cut.pieces.map(\.number) == [1, 3])
    #expect(cut.pieces.map(\.end) == [120, nil])
    #expect(
      cut.leftOut == [2, 4].map { CueSheet.LeftOut(number: $0, reason: .behindTheEnd) })
  }

  @Test("a track that begins nowhere is left out, and told")
  func noBeginning() throws {
    let sheet = try sheet(
      """
      FILE a WAVE
      TRACK 01 AUDIO
      INDEX 01 00:00:00
      TRACK 02 AUDIO
      INDEX 01 01:60:00
      """)
    #expect(sheet.pieces.map(\.number) == [1])
    #expect(sheet.leftOut == [CueSheet.LeftOut(number: 2, reason: .noBeginning)])
  }

  @Test("text is made safe to draw")
  func hostile() throws {
    let sheet = try sheet(
      "TITLE \"a\u{1B}[31m\u{202E}b\"\nFILE a WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00")
    #expect(sheet.title == "a\\u{1B}[31m b")
  }

  @Test("whatever a sheet holds, its pieces are in order and nothing traps")
  func mutations() {
    var random = SeededGenerator(seed: 19)
    let whole = Array(Self.album.utf8)
    var found = 0
    let count = Fuzzing.inputs(usually: 4000)
    for _ in 0..<count {
      var bytes = whole
      for _ in 0..<Int.random(in: 0...20, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: place)
        }
      }
      guard let sheet = CueSheet(bytes) else { continue }
      found += 1
      for piece in sheet.pieces {
        #expect(piece.start >= 0 && piece.start.isFinite && !piece.file.isEmpty)
        #expect(piece.end.map { $0 > piece.start } ?? true)
        #expect(piece.title.map { Tags.clean($0) == $0 } ?? true)
        _ = sheet.tags(of: piece, over: Tags(duration: 100))
      }
    }
    #expect(found > count / 4)
    #expect(CueSheet([UInt8](repeating: 0x22, count: CueSheet.sizeLimit + 1)) == nil)
    #expect(CueSheet([UInt8](repeating: 0x22, count: CueSheet.sizeLimit)) == nil)
  }
}

extension CueSheet {
  /// The pieces of a file whose length nobody knows.
  fileprivate var pieces: [Piece] { Self.cut(tracks, length: nil).pieces }
}
