import Foundation
import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Tag reader")
struct TagReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ content: [UInt8], as name: String = "a.mp3") throws -> Tags {
    try TagReader.read(folder.file(name, content)).get()
  }

  private func fault(_ content: [UInt8], as name: String) throws -> TagFault.Kind? {
    guard case .failure(let fault) = TagReader.read(try folder.file(name, content)) else {
      return nil
    }
    return fault.kind
  }

  @Test("every tag that we know is read from an MP3 file")
  func allTags() throws {
    let tag = ID3.v2([
      ID3.text("TIT2", "Rain on Tin"), ID3.text("TPE1", "The Tide Tables"),
      ID3.text("TALB", "Weather Reports"), ID3.text("TPE2", "Various"), ID3.text("TCON", "Folk"),
      ID3.text("TDRC", "2021-05-03"), ID3.text("TRCK", "3/12"), ID3.text("TPOS", "1/2"),
      ID3.text("TMOO", "Melancholy"), ID3.text("TBPM", "92"), ID3.popularity(196),
    ])
    let tags = try read(tag + Sound.mp3(frames: 40))
    var expected = Tags(
      title: "Rain on Tin", artist: "The Tide Tables", album: "Weather Reports",
      albumArtist: "Various", genre: "Folk", year: 2021, track: 3, disc: 1, mood: "Melancholy",
      bpm: 92, rating: 8)
    expected.duration = tags.duration
    #expect(tags == expected)
    #expect(abs((tags.duration ?? 0) - 40 * 1152 / 44100.0) < 0.03)
  }

  @Test("text in UTF-16 and in Latin-1 comes out right")
  func encodings() throws {
    let tags = try read(
      ID3.v2([
        ID3.utf16("TIT2", "Füße 夜 🎵"), ID3.text("TPE1", [0x42, 0x6A, 0xF6, 0x72, 0x6B], .latin1),
      ])
        + Sound.mp3())
    #expect(tags.title == "Füße 夜 🎵")
    #expect(tags.artist == "Björk")
  }

  @Test("an ID3v1 tag alone is read as Latin-1")
  func oldTag() throws {
    let tags = try read(
      Sound.mp3()
        + ID3.v1(
          title: [0x43, 0x61, 0x66, 0xE9], artist: Array("Old".utf8), year: "1999", genre: 8))
    #expect(tags.title == "Café")
    #expect(tags.artist == "Old")
    #expect(tags.year == 1999)
    #expect(tags.genre == "Jazz")
  }

  @Test("what a sparse ID3v2 tag lacks comes from the ID3v1 tag")
  func bothTags() throws {
    let tags = try read(
      ID3.v2([ID3.text("TIT2", "New")]) + Sound.mp3()
        + ID3.v1(title: Array("Old".utf8), artist: Array("Somebody".utf8), year: "1999", genre: 8))
    #expect(tags.title == "New")
    #expect(tags.artist == "Somebody")
  }

  @Test("control characters, escape sequences and broken UTF-8 are made safe")
  func hostileText() throws {
    let tags = try read(
      ID3.v2([
        ID3.text("TIT2", Array("a\u{1B}[31mred\u{07}\r\nb\u{202E}c".utf8)),
        ID3.text("TPE1", [0x41, 0xFF, 0xFE, 0x42, 0xC3]),
      ]) + Sound.mp3())
    #expect(tags.title == "a\\u{1B}[31mred\\u{7} b c")
    for scalar in (tags.artist ?? "").unicodeScalars {
      #expect(scalar.properties.generalCategory != .control)
    }
  }

  @Test(
    "a title of 10,000 characters, and one of two megabytes, are cut",
    arguments: [10_000, 2_000_000])
  func longTitle(length: Int) throws {
    let tags = try read(
      ID3.v2([ID3.text("TIT2", String(repeating: "é", count: length / 2) + "x")]) + Sound.mp3())
    #expect(tags.title?.unicodeScalars.count == Tags.lengthLimit)
    #expect(tags.title?.allSatisfy { $0 == "é" } == true)
  }

  @Test("several artists are joined, several genres too")
  func manyValues() throws {
    let tags = try read(
      ID3.v2([ID3.text("TPE1", "Ann\0Bob\0Cid"), ID3.text("TCON", "Rock\0Jazz")]) + Sound.mp3())
    #expect(tags.artist == "Ann, Bob, Cid")
    #expect(tags.genre == "Rock; Jazz")
  }

  @Test(
    "genres in one text are parted where the sign can mean nothing else",
    arguments: [
      ("Rock;Jazz", ["Rock", "Jazz"]), ("Rock; Jazz ;Rock;", ["Rock", "Jazz"]),
      ("Rock / Jazz", ["Rock", "Jazz"]), ("Hip-Hop/Rap", ["Hip-Hop", "Rap"]),
      ("R&B/Soul;Funk\0Blues", ["R&B", "Soul", "Funk", "Blues"]),
      ("Singer/Songwriter", ["Singer/Songwriter"]), ("Folk, World, & Country", nil),
      ("24/7;Rock", ["24/7", "Rock"]), ("Rock;", ["Rock"]),
    ] as [(String, [String]?)])
  func partedGenres(text: String, expected: [String]?) throws {
    let tags = try read(ID3.v2([ID3.text("TCON", text)]) + Sound.mp3())
    let genres = expected ?? [text]
    #expect(tags.genre == genres.joined(separator: "; "))
    #expect(tags.details.genres == (genres.count > 1 ? genres : []))
  }

  @Test(
    "an artist is never parted at a sign",
    arguments: ["AC/DC", "Earth, Wind & Fire", "Now; Now", "Tyler / Creator"])
  func wholeArtists(artist: String) throws {
    let tags = try read(ID3.v2([ID3.text("TPE1", artist)]) + Sound.mp3())
    #expect(tags.artist == artist && tags.details.artists.isEmpty)
  }

  @Test("details are read from an MP3 file")
  func details() throws {
    let id = "8F3471B5-7E6A-48DA-86A9-C1C07A0F47AE"
    let tag = ID3.v2([
      ID3.text("TPE1", "Ann\0Bob"), ID3.text("TCON", "Rock\0Jazz\0Rock"), ID3.text("TCMP", "1"),
      ID3.text("TDOR", "1973-03-01"), ID3.user("replaygain_track_gain", "-7.03 dB"),
      ID3.user("REPLAYGAIN_TRACK_PEAK", "0.98765432109876543"),
      ID3.user("REPLAYGAIN_ALBUM_GAIN", "+1,5 dB"), ID3.user("REPLAYGAIN_ALBUM_PEAK", "x"),
      ID3.user("MusicBrainz Album Id", id), ID3.user("MusicBrainz Artist Id", "\(id)\0rubbish"),
      ID3.frame("UFID", Array("http://musicbrainz.org".utf8) + [0] + Array(id.utf8)),
      ID3.frame("USLT", [3] + Array("eng".utf8) + [0] + Array("la la".utf8)),
      ID3.frame("APIC", [3] + Array("image/png".utf8) + [0, 3, 0, 1, 2, 3]),
    ])
    let details = try read(tag + Sound.mp3()).details
    #expect(details.artists == ["Ann", "Bob"] && details.genres == ["Rock", "Jazz"])
    #expect(details.isCompilation && details.originalDate == "1973-03-01")
    #expect(details.gain.track == -7.03 && details.gain.album == 1.5)
    #expect(abs((details.gain.trackPeak ?? 0) - 0.987654321) < 1e-9)
    #expect(details.gain.albumPeak == nil)
    #expect(details.recordingID == id.lowercased() && details.releaseID == id.lowercased())
    #expect(details.artistIDs == [id.lowercased()])
    #expect(details.hasCover && details.hasLyrics)
    #expect(try read(ID3.v2([ID3.text("TPE1", "Ann")]) + Sound.mp3()).details == TagDetails())
  }

  @Test("a cue sheet inside a file is handed on, unless it was cut")
  func cueSheet() throws {
    let sheet = "FILE \"x\" WAVE\r\nTRACK 01 AUDIO\r\nINDEX 01 00:00:00\r\n"
    let tags = try read(ID3.v2([ID3.user("CUESHEET", sheet)]) + Sound.mp3())
    #expect(tags.cueSheet == sheet)
    let long = sheet + String(repeating: "REM x\n", count: 2000)
    #expect(try read(ID3.v2([ID3.user("CUESHEET", long)]) + Sound.mp3()).cueSheet == nil)
  }

  @Test("ratings are found on each scale; FMPS outranks the others")
  func ratings() throws {
    #expect(try read(ID3.v2([ID3.user("FMPS_Rating", "0.7")]) + Sound.mp3()).rating == 7)
    #expect(try read(ID3.v2([ID3.user("RATING", "4")]) + Sound.mp3()).rating == 8)
    #expect(try read(ID3.v2([ID3.popularity(255)]) + Sound.mp3()).rating == 10)
    #expect(try read(ID3.v2([ID3.popularity(0)]) + Sound.mp3()).rating == nil)
    let both = ID3.v2([ID3.popularity(255), ID3.user("FMPS_Rating", "0.3")])
    #expect(try read(both + Sound.mp3()).rating == 3)
  }

  @Test("a file without tags has a length and nothing else")
  func untagged() throws {
    #expect(try read(Sound.wav(seconds: 2.5), as: "a.wav") == Tags(duration: 2.5))
  }

  @Test("the content counts where the name lies")
  func wrongName() throws {
    #expect(try read(Sound.wav(seconds: 1), as: "a.mp3").duration == 1)
    #expect(try read(Sound.wav(seconds: 1), as: "b.ogg").duration == 1)
  }

  @Test("a name that is not UTF-8, with a line break, is read like any other")
  func strangeName() throws {
    let plain = try folder.file("plain.wav", Sound.wav(seconds: 1))
    let strange = folder.bytes + Array("/a\n".utf8) + [0xFF, 0xE9] + Array(".wav".utf8)
    #expect(rename(System.cString(plain), System.cString(strange)) == 0)
    #expect(TagReader.read(strange) == .success(Tags(duration: 1)))
  }

  @Test("files that are no music fail, each with its reason")
  func faults() throws {
    #expect(try fault([], as: "empty.mp3") == .empty)
    #expect(try fault(Array("Just a text.\n".utf8), as: "text.mp3") == .noAudio)
    #expect(try fault(Array("Just a text.\n".utf8), as: "text.flac") == .unrecognised)
    #expect(try fault(Array("Just a text.\n".utf8), as: "text.xyz") == .unrecognised)
    #expect(try fault(ID3.v2([ID3.text("TIT2", "only a tag")]), as: "tag.mp3") == .noAudio)
    #expect(try fault(Array(Sound.wav(seconds: 1).prefix(30)), as: "cut.wav") == .noAudio)
    for (name, head) in [
      ("cut.flac", Array("fLaC".utf8) + [0, 0, 0, 34, 16]), ("cut.ogg", Array("OggS\0\u{2}".utf8)),
      ("cut.m4a", [0, 0, 0, 28] + Array("ftypM4A ".utf8)), ("cut.mp3", [0xFF, 0xFB, 0x90]),
      ("cut.aiff", Array("FORM\0\0\0\u{9}AIFF".utf8)), ("cut.wv", Array("wvpk\0".utf8)),
    ] as [(String, [UInt8])] {
      #expect(try fault(head, as: name) == .noAudio, "\(name)")
    }
    let gone = TagReader.read(folder.bytes + Array("/gone.mp3".utf8))
    #expect(gone == .failure(.vanished))
    #expect(TagReader.read(folder.bytes) == .failure(.notAFile))
    #expect(TagReader.read([0x2F, 0]) == .failure(.badPath))
    #expect(TagReader.read(Array(repeating: 0x61, count: 70_000)) == .failure(.badPath))
    let noName = TagReader.read(Array(repeating: 0x61, count: 5000))
    #expect(noName == .failure(TagFault(.unreadable, "File name too long")))
  }

  @Test(
    "a file by a path that the system does not take whole is read, by its name and by its content")
  func longPath() throws {
    let song = ID3.v2([ID3.text("TIT2", "Deep")]) + Sound.mp3(frames: 4)
    for name in ["a.mp3", "b.ogg"] {
      let path = try folder.write(song, to: Array(name.utf8), deeperThan: 5000)
      #expect(try TagReader.read(path).get().title == "Deep", "\(name)")
      #expect(Fingerprint.of(path) == Fingerprint.of(try folder.file(name, song)))
      #expect(TagReader.read(path + [0x78]) == .failure(.vanished))
    }
    #expect(try !folder.isHeldOpen())
  }

  @Test("an MP3 file that ends with the table of its length holds no sound, one with a frame does")
  func cutAtTable() throws {
    let head: [UInt8] = [0xFF, 0xFB, 0x90, 0xC0]
    var table = head + [UInt8](repeating: 0, count: 413)
    table.replaceSubrange(
      21..<37, with: Array("Xing".utf8) + [0, 0, 0, 3, 0, 0, 0, 78, 0, 0, 0x7F, 0])
    let frame = head + [UInt8](repeating: 0, count: 413)
    let tag = ID3.v2([ID3.text("TIT2", "Cut")])
    let whole = tag + table + Array(repeating: frame, count: 78).flatMap(\.self)
    #expect(try read(whole).duration.map { Int($0) } == 2)
    #expect(try fault(Array(whole.prefix(tag.count + 417 + 10)), as: "cut.mp3") == .noAudio)
    #expect(try fault(Array(whole.prefix(tag.count + 200)), as: "half.mp3") == .noAudio)
    #expect(try fault(Array(whole.prefix(tag.count + 2 * 417)), as: "one.mp3") == nil)
  }

  @Test(
    "an MP3 file without a table is as long as its frames, whatever stands behind them",
    arguments: 0..<20)
  func framesAlone(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let frames = Int.random(in: 2...200, using: &generator)
    let sound = Sound.mp3(frames: frames)
    let junk = (0..<Int.random(in: 0...5000, using: &generator)).map { _ in
      UInt8.random(in: 0...0x7F, using: &generator)
    }
    let zeros = [UInt8](repeating: 0, count: Int.random(in: 0...5000, using: &generator))
    let cut = Array(sound.dropLast(Int.random(in: 0...50, using: &generator)))
    let old = ID3.v1(title: [65], artist: [66], year: "1999", genre: 1)
    let ape = APE.tag("Title", "x")
    for ending in [
      sound, cut, sound + junk, sound + zeros, sound + old, sound + ape, sound + ape + old,
    ] {
      let duration = try #require(try read(ending).duration)
      #expect(abs(duration - Double(frames) * 1152 / 44100) < 0.06, "\(duration) of \(frames)")
    }
  }

  @Test("frames of different rates without a table are counted", arguments: 0..<20)
  func variableRate(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // Headers of MPEG 1, layer III, 44.1 kHz, and the bytes of such a frame.
    let kinds: [(rate: UInt8, size: Int)] = [(0x50, 208), (0x90, 417), (0xB0, 626), (0xE0, 1044)]
    var sound: [UInt8] = []
    let frames = Int.random(in: 20...400, using: &generator)
    for _ in 0..<frames {
      let kind = try #require(kinds.randomElement(using: &generator))
      sound += [0xFF, 0xFB, kind.rate, 0xC0] + Array(repeating: 0, count: kind.size - 4)
    }
    for ending in [[], ID3.v1(title: [65], artist: [66], year: "1999", genre: 1)] {
      let duration = try #require(try read(sound + ending).duration)
      #expect(abs(duration - Double(frames) * 1152 / 44100) < 0.06, "\(duration) of \(frames)")
    }
  }

  @Test("a WAV file that was written to a pipe, or is cut off, is as long as the sound in it")
  func unfinishedWave() throws {
    let whole = Sound.wav(seconds: 2.5)
    var piped = whole
    piped.replaceSubrange(4..<8, with: [0xFF, 0xFF, 0xFF, 0xFF])
    piped.replaceSubrange(40..<44, with: [0xFF, 0xFF, 0xFF, 0xFF])
    #expect(try read(piped, as: "piped.wav") == Tags(duration: 2.5))
    #expect(try read(piped, as: "piped.mp3") == Tags(duration: 2.5))
    let info =
      Array("LIST".utf8) + Sound.little(18, 4) + Array("INFOINAM".utf8) + Sound.little(6, 4)
      + Array("Rains\0".utf8)
    let named = Array(piped[..<36]) + info + piped[36...]
    #expect(try read(named, as: "named.wav") == Tags(title: "Rains", duration: 2.5))
    #expect(try read(Array(whole.prefix(44 + 16_000)), as: "cut.wav") == Tags(duration: 1))
    #expect(try fault(Array(whole.prefix(44)), as: "head.wav") == .noAudio)
    var silent = piped
    silent.replaceSubrange(28..<32, with: [0, 0, 0, 0])
    #expect(try fault(silent, as: "rate.wav") == .noAudio)
  }

  @Test("a named pipe does not keep the reader")
  func namedPipe() throws {
    let path = folder.bytes + Array("/pipe.mp3".utf8)
    #expect(mkfifo(System.cString(path), 0o600) == 0)
    #expect(TagReader.read(path) == .failure(.notAFile))
  }
}

@Suite("Tag text")
struct TagTextTests {
  @Test(
    "years",
    arguments: [
      ("2021-05-03", 2021), ("1999", 1999), ("May 1987", 1987), ("20210503", 2021), ("", nil),
      ("99", nil), ("12345", nil), ("0000", nil), ("03/05/2004 x", 2004),
    ])
  func year(text: String, expected: Int?) { #expect(TagText.year(text) == expected) }

  @Test(
    "places on a record",
    arguments: [
      ("3/12", 3), ("03", 3), (" 7", 7), ("0", nil), ("A1", nil), ("", nil),
      ("99999999999999999999", nil), ("-3", nil),
    ])
  func position(text: String, expected: Int?) { #expect(TagText.position(text) == expected) }

  @Test(
    "beats a minute",
    arguments: [
      ("128", 128.0), ("127.98", 127.98), ("127,5", 127.5), ("0", nil), ("1000", nil),
      ("fast", nil),
      ("1.2.3", nil), ("", nil),
    ])
  func bpm(text: String, expected: Double?) { #expect(TagText.bpm(text) == expected) }

  @Test(
    "ratings on any scale",
    arguments: [
      ("0", nil), ("0.5", 5), ("5", 10), ("3", 6), ("8", 8), ("80", 8), ("100", 10), ("255", 10),
      ("300", nil), ("good", nil),
    ])
  func rating(text: String, expected: Int?) { #expect(TagText.rating(text) == expected) }

  @Test(
    "loudness in decibels",
    arguments: [
      ("-7.03 dB", -7.03), ("+1.5", 1.5), ("0 DB", 0), ("89.0 dB", nil), ("loud", nil), ("", nil),
      ("--1", nil),
    ])
  func gain(text: String, expected: Double?) { #expect(TagText.gain(text) == expected) }

  @Test("R128 gains are told as ReplayGain's")
  func r128() {
    #expect(TagText.gainOfR128("-1280") == 0)
    #expect(TagText.gainOfR128("0") == 5)
    #expect(TagText.gainOfR128("99999") == nil && TagText.gainOfR128("1 dB") == nil)
  }

  @Test(
    "dates are cut to what is one",
    arguments: [
      ("1973", "1973"), ("1973-03", "1973-03"), ("1973-03-01T10:00", "1973-03-01"),
      ("1973-13-01", "1973"), ("1973-03-99", "1973-03"), ("03/1973", nil), ("", nil),
    ])
  func date(text: String, expected: String?) { #expect(TagText.date(text) == expected) }

  @Test("the POPM byte: whole stars as Windows writes them, halves between, never decreasing")
  func popularity() {
    #expect([1, 64, 128, 196, 255].map(TagText.popularity) == [2, 4, 6, 8, 10])
    #expect([13, 54, 118, 186, 242].map(TagText.popularity) == [1, 3, 5, 7, 9])
    #expect(TagText.popularity(0) == nil)
    let scale = (2...255).compactMap(TagText.popularity)
    #expect(scale.count == 254 && scale == scale.sorted())
  }
}
