import Foundation
import TestSupport
import Testing

@testable import Music

/// What is written is read again, and no bytes do harm.
@Suite struct PlaylistPropertyTests {
  @Test("every format gives back what it was given", arguments: 1...150)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = Array("/lists/of mine".utf8)
    for format in PlaylistFormat.allCases {
      let list = Self.list(for: format, &random)
      for base in [nil, folder, Array("/".utf8)] {
        let bytes = list.bytes(as: format, relativeTo: base)
        let again = try Playlist(bytes, format: format, folder: base ?? folder)
        #expect(again == list, "\(format) \(String(decoding: bytes, as: UTF8.self))")
      }
    }
  }

  @Test("100,000 songs survive a round trip")
  func large() throws {
    let list = Playlist(
      entries: (0..<100_000).map { number in
        Playlist.Entry(
          place: .file(Array("/music/\(number % 100)/\(number).flac".utf8)),
          title: "Song \(number)", artist: "Artist", duration: 200)
      })
    let bytes = list.bytes(as: .m3u8)
    #expect(try Playlist(bytes, format: .m3u8, folder: []).entries.count == 100_000)
  }

  @Test("mutated files are read or refused, and what was read is written and read alike")
  func mutations() throws {
    let count = Fuzzing.inputs(usually: 20_000)
    var random = SeededGenerator(seed: 20)
    let folder = Array("/lists".utf8)
    var read = 0
    for number in 0..<count {
      let format = PlaylistFormat.allCases[number % 4]
      var bytes = Self.list(for: format, &random, length: 3).bytes(as: format)
      for _ in 0..<Int.random(in: 0...6, using: &random) { Self.mutate(&bytes, &random) }
      guard let first = Self.read(bytes, format, folder) else { continue }
      read += 1
      let second = Self.read(first.bytes(as: format), format, folder)
      let third = second.flatMap { Self.read($0.bytes(as: format), format, folder) }
      #expect(second != nil && second == third, "\(format) \(bytes)")
    }
    #expect(read > count / 2)
  }

  @Test("lists as other programs write them say the same, whatever their marks, ends and letters")
  func dialects() throws {
    let count = Fuzzing.inputs(usually: 400)
    var random = SeededGenerator(seed: 31)
    let folder = Array("/lists".utf8)
    for number in 0..<count {
      let format: PlaylistFormat = number % 2 == 0 ? .m3u : .pls
      let names = (0..<Int.random(in: 1...6, using: &random)).map { _ in latinName(&random) }
      let isLatin = Bool.random(using: &random)
      let hasBackslashes = Bool.random(using: &random)
      let end = ["\n", "\r\n", "\r"].randomElement(using: &random, or: "\n")
      let lines = names.enumerated().map { place, name -> String in
        let path = "sub\(hasBackslashes ? "\\" : "/")\(name).mp3"
        return format == .pls ? "File\(place + 1)=\(path)" : path
      }
      let text = ((format == .pls ? ["[playlist]"] : []) + lines).joined(separator: end)
      var bytes = isLatin ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
      if !isLatin, Bool.random(using: &random) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
      let list = try Playlist(bytes, format: format, folder: folder)
      let wanted = names.map { Array("/lists/sub/\($0).mp3".utf8) }
      #expect(list.entries.map { $0.place?.paths.last } == wanted, "\(text.debugDescription)")
      // Written in UTF-8, a path that was none keeps its bytes.
      let again = try Playlist(list.bytes(as: .m3u8), format: .m3u8, folder: folder)
      #expect(again.entries.map(\.place) == list.entries.map(\.place))
    }
  }

  /// Letters that Latin-1 has, and that never are UTF-8 side by side.
  private func latinName(_ random: inout SeededGenerator) -> String {
    let letters = Array("abcéüñß ÿ01-")
    return "x"
      + String(
        (0..<Int.random(in: 0...8, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        })
  }

  private static func read(
    _ bytes: [UInt8], _ format: PlaylistFormat, _ folder: [UInt8]
  ) -> Playlist? {
    do { return try Playlist(bytes, format: format, folder: folder) } catch { return nil }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...12, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3:
      let tokens = [
        "#EXTINF:", "#EXTVLCOPT:start-time=", "#EXTENC:", "<annotation>", ",", "file://", "%",
        "%00", "\\", "C:\\", "<", "&", "]]>", "<!--", "\n", "../",
        "File99999999999=", "=", "\"", "&#0;", "</track>", "\u{FEFF}", " - ",
      ]
      bytes.insert(contentsOf: Array(tokens.randomElement(using: &random, or: "").utf8), at: place)
    default: bytes.removeLast(bytes.count - place)
    }
  }

  /// A list that the format holds without loss.
  private static func list(
    for format: PlaylistFormat, _ random: inout SeededGenerator, length: Int = 8
  ) -> Playlist {
    let count = Int.random(in: 0...length, using: &random)
    let title = format == .pls ? nil : text(&random)
    return Playlist(
      title: title, entries: (0..<count).map { _ in entry(for: format, &random) },
      remarks: remarks(for: format, &random))
  }

  private static func remarks(
    for format: PlaylistFormat, _ random: inout SeededGenerator
  ) -> [PlaylistRemark] {
    guard format != .pls, Int.random(in: 0..<3, using: &random) == 0 else { return [] }
    var remarks: [PlaylistRemark] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let line = [
        "# \(text(&random) ?? "")", "#", "#EXTGRP:\(text(&random) ?? "")", "#EXTM3U a=\"b\"",
        "## 漢字 🎵 e\u{301}", "#EXTVLCOPT:start-time=x",
      ].randomElement(using: &random, or: "#")
      if let remark = PlaylistRemark(Array(line.utf8)[...]) { remarks.add(remark) }
    }
    return remarks
  }

  /// Seconds in thousandths, or none.
  private static func moment(
    for format: PlaylistFormat, _ random: inout SeededGenerator
  ) -> Double? {
    guard format != .pls, Int.random(in: 0..<4, using: &random) == 0 else { return nil }
    return Double(Int.random(in: 1...9_999_999, using: &random)) / 1000
  }

  private static func entry(
    for format: PlaylistFormat, _ random: inout SeededGenerator
  ) -> Playlist.Entry {
    let title = text(&random)
    let artist = title == nil && format != .xspf ? nil : text(&random)
    let unit = format == .xspf ? 1000.0 : 1
    let duration =
      Bool.random(using: &random) ? Double(Int.random(in: 1...9999, using: &random)) / unit : nil
    let isNowhere = format == .xspf && Int.random(in: 0..<8, using: &random) == 0
    var entry = Playlist.Entry(
      place: isNowhere ? nil : place(for: format, &random), title: title, artist: artist,
      duration: duration,
      start: moment(for: format, &random), end: moment(for: format, &random),
      remarks: remarks(for: format, &random))
    // Where nothing is said of the song, directives stand where comments do.
    if format != .xspf, title == nil, duration == nil {
      entry.remarks.removeAll(where: \.isDirective)
    }
    return entry
  }

  private static func place(
    for format: PlaylistFormat, _ random: inout SeededGenerator
  ) -> PlaylistPlace {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .address(Array("https://radio.example/a?b=1&c=<ü>".utf8))
    case 1: return .unresolvable(windowsPath(for: format, &random))
    default: break
    }
    var path: [UInt8] = Bool.random(using: &random) ? Array("/lists/of mine".utf8) : []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      path.append(UInt8(ascii: "/"))
      path += name(&random)
    }
    return .file(path)
  }

  /// On a drive or a share; of any bytes where the format is one of URIs, of text in a line.
  private static func windowsPath(
    for format: PlaylistFormat, _ random: inout SeededGenerator
  ) -> [UInt8] {
    let roots = ["C:\\", "d:/", "E|\\", "f|/", "\\\\nas\\"]
    let texts = ["Musik & mehr\\ü.mp3", "100%", "%41%zz", "a b", "<[#?]>", "漢/x", ".."]
    let root = roots.randomElement(using: &random, or: "C:\\")
    let name = texts.randomElement(using: &random, or: "a").utf8
    return Array(root.utf8) + name + (format == .xspf ? Self.name(&random) : [])
  }

  /// A file's name of any bytes, or of those that mislead.
  private static func name(_ random: inout SeededGenerator) -> [UInt8] {
    let names = [
      "#1", " a", "a ", "C:", "C|", "http:", "a\\b", "file:", "%41", "C:\\x", "\\\\nas\\x", "ü",
      "…", "a\tb", "\u{FEFF}",
      "-",
    ]
    if Bool.random(using: &random) {
      return Array(names.randomElement(using: &random, or: "").utf8)
    }
    let bytes = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      UInt8.random(in: 1 ... .max, using: &random)
    }.filter { $0 != UInt8(ascii: "/") }
    return bytes.isEmpty || bytes.allSatisfy { $0 == UInt8(ascii: ".") } ? [0x61] : bytes
  }

  private static func text(_ random: inout SeededGenerator) -> String? {
    let letters = Array("ab ,;=#<>&\"'[]()-–é漢ｗ👩‍👩‍👧🎵\\%.1")
    let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      letters.randomElement(using: &random, or: "a")
    }
    // Where the first " - " parts artist and title, neither may hold another.
    return Tags.clean(String(text).replacingOccurrences(of: "-", with: "–"))
  }
}

extension Array {
  fileprivate func randomElement(
    using random: inout SeededGenerator, or other: Element
  ) -> Element {
    randomElement(using: &random) ?? other
  }
}
