import Music
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Fingerprint")
struct FingerprintTests {
  /// Longer than three windows, so that only parts of it are read.
  private static let long = Containers.sound(400_000)
  private static let short = Containers.sound(5_000)

  private func fingerprint(_ file: [UInt8]) -> Int64? {
    Fingerprint.of(length: file.count) { Array(file[$0..<min(file.count, $0 + $1)]) }
  }

  private func span(_ file: [UInt8]) -> AudioSpan {
    AudioSpan.find(length: file.count) { Array(file[$0..<min(file.count, $0 + $1)]) }
  }

  /// The same sound, with other tags.
  private static func retagged(_ sound: [UInt8]) -> [(String, [UInt8], [UInt8])] {
    let plain = Containers.mp3(sound, title: "One")
    return [
      ("mp3", Containers.mp3(sound, title: nil), Containers.mp3(sound, title: "Song")),
      ("mp3, old tag", plain, Containers.mp3(sound, title: "A longer title", hasOldTag: true)),
      ("mp3, APE tag", plain, Containers.withAPETag(plain, value: "Song")),
      ("flac", Containers.flac(sound, comment: 10), Containers.flac(sound, comment: 9_999)),
      ("ogg", Containers.ogg(sound, comment: 10), Containers.ogg(sound, comment: 200_000)),
      (
        "mp4", Containers.mp4(sound, tags: 10, isTagFirst: true),
        Containers.mp4(sound, tags: 5_000, isTagFirst: false)
      ),
      ("wave", Containers.wave(sound, list: 0), Containers.wave(sound, list: 500)),
      ("aiff", Containers.aiff(sound, name: 1), Containers.aiff(sound, name: 77)),
    ]
  }

  @Test("a file with other tags has the same fingerprint, in each format and at each length")
  func retagged() throws {
    for sound in [Self.short, Self.long] {
      for (format, before, after) in Self.retagged(sound) {
        #expect(before != after)
        let mark = try #require(fingerprint(before), "\(format)")
        #expect(fingerprint(after) == mark, "\(format), \(sound.count)")
      }
    }
  }

  @Test("another sound, or a longer one, has another fingerprint, in each format")
  func otherSound() throws {
    for sound in [Self.short, Self.long] {
      var last = sound
      last[last.count - 300] ^= 1
      var middle = sound
      middle[middle.count / 2] ^= 1
      let longer = sound + sound.prefix(1)
      let all = [sound, last, middle, longer].map(Self.retagged)
      for index in all[0].indices {
        let marks = all.map { fingerprint($0[index].1) }
        #expect(Set(marks).count == 4 && !marks.contains(nil), "\(all[0][index].0)")
      }
    }
  }

  @Test("the span is the sound and nothing else")
  func spans() {
    let sound = Self.short
    for (file, start) in [
      (Containers.flac(sound, comment: 3), 4 + 38 + 7 + 6), (Containers.wave(sound, list: 4), 56),
      (Containers.aiff(sound, name: 3), 32),
      (Containers.mp4(sound, tags: 4, isTagFirst: true), 12 + 12 + 8),
    ] {
      #expect(span(file).range == start..<start + sound.count)
    }
    let tagged = Containers.mp3(sound, title: "Song", hasOldTag: true)
    #expect(span(tagged).range == tagged.count - 128 - 4 - sound.count..<tagged.count - 128)
  }

  @Test("the table that encoders put before an MP3's sound is no sound")
  func infoFrame() {
    // Layer III at 128 kbit/s and 44.1 kHz: 417 bytes, and 418 with padding.
    let head: [UInt8] = [0xFF, 0xFB, 0x90, 0x00]
    func file(
      _ head: [UInt8], _ mark: String, at place: Int, size: Int, padding: UInt8 = 0, fill: UInt8
    ) -> [UInt8] {
      var frame =
        [head[0], head[1], head[2] | padding, head[3]] + [UInt8](repeating: fill, count: size - 4)
      frame.replaceSubrange(place..<place + 4, with: mark.utf8)
      return frame + head + Self.short
    }
    let sound = fingerprint(head + Self.short)
    #expect(fingerprint(file(head, "Xing", at: 36, size: 417, fill: 1)) == sound)
    #expect(fingerprint(file(head, "Info", at: 21, size: 417, fill: 2)) == sound)
    #expect(fingerprint(file(head, "VBRI", at: 36, size: 418, padding: 2, fill: 3)) == sound)
    // MPEG 2 at 64 kbit/s and 22.05 kHz.
    let low: [UInt8] = [0xFF, 0xF3, 0x80, 0xC0]
    #expect(
      fingerprint(file(low, "Info", at: 13, size: 208, fill: 1)) == fingerprint(low + Self.short))
    #expect(fingerprint(file(head, "None", at: 36, size: 417, fill: 1)) != sound)
  }

  @Test("of a large file three windows are read, and little besides")
  func reads() throws {
    let length = 50_000_000
    let head: [UInt8] = [0xFF, 0xFB, 0x10, 0xC0]
    var read = 0
    var calls = 0
    let mark = Fingerprint.of(length: length) { offset, count in
      read += count
      calls += 1
      return offset == 0
        ? head + [UInt8](repeating: 3, count: max(0, count - 4))
        : [UInt8](repeating: UInt8(offset % 251), count: count)
    }
    #expect(mark != nil)
    #expect(read < 3 * Fingerprint.window + 1000 && calls < 10)
  }

  @Test("a file without sound, or that cannot be read, has none")
  func none() throws {
    #expect(fingerprint([]) == nil)
    #expect(fingerprint(ID3.v2([ID3.text("TIT2", "only a tag")])) == nil)
    #expect(Fingerprint.of(length: 5) { _, _ in [] } == nil)
    let folder = try TemporaryFolder()
    #expect(Fingerprint.of(folder.bytes) == nil)
    #expect(Fingerprint.of(folder.bytes + Array("/gone".utf8)) == nil)
    #expect(Fingerprint.of([0x2F, 0]) == nil)
  }

  @Test("the fingerprint of a file on the disk is that of its bytes")
  func onDisk() async throws {
    let folder = try TemporaryFolder()
    let file = Containers.flac(Self.long, comment: 40)
    let path = try folder.file("a.flac", file)
    #expect(Fingerprint.of(path) == fingerprint(file))
    let many = await Fingerprint.of([path, folder.bytes] + Array(repeating: path, count: 40))
    #expect(many.count == 42 && many[1] == nil)
    #expect(many.indices.allSatisfy { $0 == 1 || many[$0] == fingerprint(file) })
  }

  @Test("whatever a header says, the span lies in the file and nothing traps")
  func mutated() {
    var random = SeededGenerator(seed: 41)
    let files = Self.retagged(Containers.sound(300)).flatMap { [$0.1, $0.2] }
    for _ in 0..<3000 {
      var file = files[Int.random(in: 0..<files.count, using: &random)]
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = Int.random(in: 0..<min(file.count, 90), using: &random)
        file[place] = [0, 0xFF, 0x7F, 0x80, 1][Int.random(in: 0..<5, using: &random)]
      }
      file = Array(file.prefix(Int.random(in: 0...file.count, using: &random)))
      let range = span(file).range
      #expect(range.lowerBound >= 0 && range.upperBound <= file.count)
      _ = fingerprint(file)
    }
  }

  @Test("the hash is XXH64, however its bytes are cut")
  func hash() {
    func hash(_ parts: [UInt8]..., seed: UInt64 = 0) -> UInt64 {
      var hash = XXHash64(seed: seed)
      for part in parts { hash.update(part) }
      return hash.finish()
    }
    #expect(hash() == 0xEF46_DB37_51D8_E999)
    #expect(hash(Array("a".utf8)) == 0xD24E_C4F1_A98C_6E5B)
    #expect(hash(Array("abc".utf8)) == 0x44BC_2CF5_AD77_0999)
    let bytes = Containers.sound(1001)
    for cut in [0, 1, 31, 32, 33, 500, 1001] {
      #expect(hash(Array(bytes[..<cut]), Array(bytes[cut...])) == hash(bytes))
    }
    #expect(hash(bytes, seed: 1) != hash(bytes))
  }
}

@Suite("Move search")
struct MoveSearchTests {
  private func path(_ name: String) -> [UInt8] { Array(name.utf8) }

  private func marked(
    _ name: String, _ fingerprint: Int64, size: Int64 = 10, number: Int64 = 1,
    isMissing: Bool = false, isUsed: Bool = false
  ) -> MarkedFile {
    MarkedFile(
      path: path(name), number: number, stamp: FileStamp(size: size, modified: 1),
      fingerprint: fingerprint, isMissing: isMissing, isUsed: isUsed)
  }

  private func moves(
    gone: [MarkedFile], new: [String: Int64], exists: [String] = []
  ) -> [String: String] {
    let search = MoveSearch(known: gone) { _ in true }
    let new = Dictionary(uniqueKeysWithValues: new.map { (path($0.key), $0.value) })
    let found = search.moves(new) { exists.map(path).contains($0) }
    return Dictionary(
      uniqueKeysWithValues: found.map {
        (String(decoding: $0.key, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
      })
  }

  @Test("one gone and one new file of a fingerprint belong together")
  func one() {
    #expect(moves(gone: [marked("/a", 1), marked("/b", 2)], new: ["/x": 2]) == ["/x": "/b"])
    #expect(moves(gone: [marked("/a", 1)], new: ["/x": 2]).isEmpty)
  }

  @Test("of several doubles that are gone one new file is the likeliest")
  func likeliest() {
    func former(_ gone: [MarkedFile]) -> String? { moves(gone: gone, new: ["/n/x": 1])["/n/x"] }
    let early = marked("/a", 1, number: 1)
    let late = marked("/b", 1, number: 2)
    #expect(former([late, early]) == "/a", "the one known first")
    #expect(former([early, marked("/c/x", 1, number: 3)]) == "/c/x", "the name stayed")
    let rated = marked("/d", 1, number: 4, isUsed: true)
    #expect(former([early, marked("/c/x", 1, number: 3), rated]) == "/d")
    let old = marked("/o", 1, isMissing: true, isUsed: true)
    #expect(former([old, late]) == "/o", "a rating follows the sound")
    let older = marked("/p", 1, isMissing: true)
    #expect(former([older, late]) == "/b", "it was there until now")
  }

  @Test("doubles of one name are told apart by the folders that they are in")
  func doublesByFolder() {
    let all = [marked("/old/cd1/01", 1), marked("/old/cd2/01", 1)]
    #expect(
      moves(gone: all, new: ["/new/cd2/01": 1, "/new/cd1/01": 1])
        == ["/new/cd1/01": "/old/cd1/01", "/new/cd2/01": "/old/cd2/01"])
  }

  @Test("doubles that moved together are found beside one that is missing for longer")
  func doublesBesideMissing() {
    let all = [
      marked("/a/1", 1), marked("/b/2", 1), marked("/c/3", 1, isMissing: true, isUsed: true),
    ]
    #expect(moves(gone: all, new: ["/n/2": 1, "/n/1": 1]) == ["/n/1": "/a/1", "/n/2": "/b/2"])
  }

  @Test("two new files are one too many, and a file that is still there did not go")
  func doubt() {
    #expect(moves(gone: [marked("/a", 1)], new: ["/x": 1, "/y": 1]).isEmpty)
    #expect(moves(gone: [marked("/a", 1)], new: ["/x": 1], exists: ["/a"]).isEmpty)
    let all = [marked("/a/1", 1), marked("/b/2", 1)]
    #expect(moves(gone: all, new: ["/c/1": 1, "/c/3": 1]).isEmpty)
    #expect(
      moves(gone: [marked("/a/1", 1), marked("/b/1", 1)], new: ["/c/1": 1, "/d/1": 1]).isEmpty)
    #expect(
      moves(gone: [marked("/a/b/1", 1), marked("/a/b/1", 1)], new: ["/c/1": 1, "/d/1": 1]).isEmpty)
  }

  @Test("doubles that moved together are told apart by their names")
  func doubles() {
    let all = [marked("/a/1", 1), marked("/b/2", 1)]
    #expect(
      moves(gone: all, new: ["/n/2": 1, "/n/1": 1]) == ["/n/1": "/a/1", "/n/2": "/b/2"])
  }

  @Test("new files are looked into where something is gone, or where one has the size of another")
  func worthALook() {
    let known = [marked("/a", 1, size: 10)]
    #expect(MoveSearch(known: known) { _ in true }.mayBeKnown(size: 99))
    #expect(!MoveSearch(known: known) { _ in false }.mayBeKnown(size: 10))
    let elsewhere = MoveSearch(known: known) { _ in nil }
    #expect(elsewhere.mayBeKnown(size: 10) && !elsewhere.mayBeKnown(size: 11))
  }
}
