import TestSupport
import Testing

@testable import Music

@Suite struct PlaylistTests {
  private let folder = Array("/lists/rock".utf8)

  private func read(_ text: String, _ format: PlaylistFormat) throws -> Playlist {
    try Playlist(Array(text.utf8), format: format, folder: folder)
  }

  private func place(_ line: String) throws -> PlaylistPlace? {
    try read(line, .m3u8).entries.first?.place
  }

  private func file(_ path: String) -> PlaylistPlace { .file(Array(path.utf8)) }

  @Test(
    "a line becomes an absolute path",
    arguments: [
      ("song.mp3", "/lists/rock/song.mp3"), ("  a b.mp3\t", "/lists/rock/a b.mp3"),
      ("../pop/./x.mp3", "/lists/pop/x.mp3"), ("../../../../x.mp3", "/x.mp3"),
      ("/music//a.mp3", "/music/a.mp3"), ("Artist: Song.mp3", "/lists/rock/Artist: Song.mp3"),
      ("50%20off.mp3", "/lists/rock/50%20off.mp3"), ("Disc 1\\a.mp3", "/lists/rock/Disc 1/a.mp3"),
      ("..\\pop\\x.mp3", "/lists/pop/x.mp3"), ("./AC\\DC.mp3", "/lists/rock/AC\\DC.mp3"),
      ("file:///music/a%20b%C3%A9.mp3", "/music/a bé.mp3"), ("file://localhost/a.mp3", "/a.mp3"),
      ("FILE:/a.mp3", "/a.mp3"), ("file:///100%.mp3", "/100%.mp3"),
    ])
  func paths(line: String, path: String) throws {
    #expect(try place(line) == file(path))
  }

  @Test(
    "what names no file of this machine is kept as it was written",
    arguments: [
      "file://server/a.mp3", "file:///a%00b", "file:///C:/Music/a.mp3", "C:\\Music\\a.mp3",
      "d:/Music/a.mp3", "\\\\nas\\music\\a.mp3",
    ])
  func unresolvable(line: String) throws {
    #expect(try place(line) == .unresolvable(Array(line.utf8)))
  }

  @Test("an address is kept as it was written")
  func address() throws {
    let line = "https://radio.example/live?x=1"
    #expect(try place(line) == .address(Array(line.utf8)))
  }

  @Test("M3U: names, lengths and comments belong to the path that follows")
  func m3u() throws {
    let text =
      "\u{FEFF}#EXTM3U\r\n#PLAYLIST:Monday\r\n#EXTINF:215,Nina - Rain, again\r\nrain.mp3\r\n"
      + "# a comment\r\n\r\n#extinf:-1 tvg-name=\"a,b\",Radio\r\nhttp://radio.example/\r\nlast.mp3"
      + "\r\n#EXTENC: UTF-8\r\n#the end"
    let list = try read(text, .m3u8)
    #expect(list.remarks.map(\.text) == ["#the end"])
    #expect(list.title == "Monday")
    #expect(
      list.entries == [
        .init(
          place: file("/lists/rock/rain.mp3"), title: "Rain, again", artist: "Nina",
          duration: 215),
        .init(
          place: .address(Array("http://radio.example/".utf8)), title: "Radio",
          remarks: try remarks("# a comment")),
        .init(place: file("/lists/rock/last.mp3")),
      ])
  }

  private func remarks(_ lines: String...) throws -> [PlaylistRemark] {
    try lines.map { try #require(PlaylistRemark(Array($0.utf8)[...])) }
  }

  @Test("M3U: comments and unknown directives are written back where they stood")
  func remarksAgain() throws {
    let text = """
      #EXTM3U
      #PLAYLIST:Evening
      # begin softly
      #EXTINF:215,Nina - Rain
      #EXTGRP:slow
      #EXTVLCOPT:network-caching=1000
      /rain.mp3
      #no name here
      /last.mp3
      # and good night

      """
    let list = try read(text, .m3u8)
    #expect(String(decoding: list.bytes(as: .m3u8), as: UTF8.self) == text)
    #expect(list.losses(as: .m3u8) == .init() && list.losses(as: .xspf) == .init())
    #expect(list.losses(as: .pls) == .init(pieces: 0, remarks: 5))
    #expect(try Playlist(list.bytes(as: .xspf), format: .xspf, folder: folder) == list)
  }

  @Test("a comment in Latin-1, or with bytes that are no text, is kept in UTF-8 on one line")
  func oddRemarks() throws {
    let bytes = Array("# Caf".utf8) + [0xE9, 0x20, 0x07, 0x0A] + Array("/a.mp3\n".utf8)
    let list = try Playlist(bytes, format: .m3u, folder: folder)
    #expect(list.entries.first?.remarks.map(\.text) == ["# Café"])
    // What another format has as text cannot become a directive.
    let xspf = """
      <playlist><annotation>#PLAYLIST:no</annotation><trackList><track>
      <location>/a.mp3</location><annotation>soft\n\n#EXTINF:9,No</annotation>
      </track></trackList></playlist>
      """
    let other = try read(xspf, .xspf)
    #expect(other.remarks.map(\.text) == ["# #PLAYLIST:no"])
    #expect(other.entries.first?.remarks.map(\.text) == ["# soft", "# #EXTINF:9,No"])
    let again = try Playlist(other.bytes(as: .m3u8), format: .m3u8, folder: folder)
    #expect(again == other)
  }

  @Test("a piece of a cue sheet is written as VLC does, and read again")
  func pieces() throws {
    let list = Playlist(entries: [
      .init(place: file("/album.flac"), title: "One", artist: "Ada", end: 225.28),
      .init(place: file("/album.flac"), title: "Two", artist: "Ada", start: 225.28, end: 400),
      .init(place: file("/album.flac"), start: 400.0133333),
    ])
    let m3u = String(decoding: list.bytes(as: .m3u8), as: UTF8.self)
    #expect(
      m3u == """
        #EXTM3U
        #EXTINF:-1,Ada - One
        #EXTVLCOPT:stop-time=225.28
        /album.flac
        #EXTINF:-1,Ada - Two
        #EXTVLCOPT:start-time=225.28
        #EXTVLCOPT:stop-time=400
        /album.flac
        #EXTVLCOPT:start-time=400.013
        /album.flac

        """)
    let again = try read(m3u, .m3u8)
    #expect(again.entries.map(\.start) == [nil, 225.28, 400.013])
    #expect(again.entries.map(\.end) == [225.28, 400, nil])
    let xspf = list.bytes(as: .xspf)
    #expect(String(decoding: xspf, as: UTF8.self).contains("<vlc:option>start-time=225.28</"))
    #expect(try Playlist(xspf, format: .xspf, folder: folder) == again)
    #expect(list.losses(as: .pls).pieces == 3)
  }

  @Test("files that moved are named anew, all at once; what is no file stays")
  func moves() throws {
    let places: [PlaylistPlace] = [
      file("/a"), file("/b"), .address(Array("/a".utf8)), file("/c"), .file([0x2F, 0xE9]),
    ]
    var list = Playlist(entries: places.map { .init(place: $0, title: "T") })
    let moves = [("/a", "/b"), ("/b", "/a"), ("/é", "/e")]
    let paths = Dictionary(
      uniqueKeysWithValues: moves.map { (Array($0.0.utf8), Array($0.1.utf8)) })
    let hasChanged = list.follow(paths)
    #expect(hasChanged)
    #expect(
      list.entries.map(\.place) == [
        file("/b"), file("/a"), .address(Array("/a".utf8)), file("/c"), file("/e"),
      ])
    #expect(list.entries.allSatisfy { $0.title == "T" })
    let changesAgain = list.follow([Array("/x".utf8): Array("/y".utf8)])
    #expect(!changesAgain)
  }

  @Test("M3U in Latin-1: the path keeps its bytes, and says what they mean in Latin-1")
  func latin() throws {
    let bytes = Array("#EXTINF:1,Caf".utf8) + [0xE9, 0x0A] + Array("caf".utf8) + [0xE9]
    let entry = try #require(try Playlist(bytes, format: .m3u, folder: folder).entries.first)
    #expect(entry.title == "Café")
    #expect(entry.place == .file(folder + Array("/caf".utf8) + [0xE9]))
    #expect(entry.place?.latinPath == Array("/lists/rock/café".utf8))
    #expect(file("/music/café").latinPath == nil)
  }

  @Test("PLS: the numbers give the order, the keys' case does not matter")
  func pls() throws {
    let text = """
      [playlist]
      File10=ten.mp3
      Title10=Ten
      file2=/music/two.mp3
      TITLE2=Nina - Two
      Length2=61
      Title3=Without a file
      NumberOfEntries=2
      Version=2
      """
    #expect(
      try read(text, .pls).entries == [
        .init(place: file("/music/two.mp3"), title: "Two", artist: "Nina", duration: 61),
        .init(place: file("/lists/rock/ten.mp3"), title: "Ten"),
      ])
  }

  @Test("XSPF: locations are URIs, text has entities and CDATA, extensions are passed over")
  func xspf() throws {
    let text = """
      <?xml version="1.0"?>
      <!DOCTYPE playlist [<!ENTITY song "no">]>
      <x:playlist version="1" xmlns:x='http://xspf.org/ns/0/'>
        <x:title>A &amp; B</x:title>
        <!-- <track> -->
        <x:trackList>
          <x:track>
            <x:location>my%20song.mp3</x:location><x:location>second.mp3</x:location>
            <x:title>&lt;Rain&#62; &song; &#x1F327;</x:title>
            <x:creator><![CDATA[Tom & Jo]]></x:creator>
            <x:duration>1500</x:duration>
            <x:extension application="x"><x:title>no</x:title><vlc:id/></x:extension>
          </x:track>
          <x:track><x:title a=">">Nowhere</x:title></x:track>
          <x:track/>
        </x:trackList>
      </x:playlist>
      """
    let list = try read(text, .xspf)
    #expect(list.title == "A & B")
    #expect(
      list.entries == [
        .init(
          place: file("/lists/rock/my song.mp3"), title: "<Rain> &song; 🌧", artist: "Tom & Jo",
          duration: 1.5),
        .init(place: nil, title: "Nowhere"), .init(place: nil),
      ])
  }

  @Test(
    "a path of Windows is a URI in XSPF, and comes back as it was",
    arguments: [
      ("C:\\Music\\100% é.mp3", "C:%5CMusic%5C100%25%20%C3%A9.mp3"),
      ("d:/Music/%41 [a]#?.mp3", "d:/Music/%2541%20%5Ba%5D%23%3F.mp3"),
      ("C|/a.mp3", "C%7C/a.mp3"), ("\\\\nas\\music\\a.mp3", "%5C%5Cnas%5Cmusic%5Ca.mp3"),
    ])
  func windowsURI(path: String, uri: String) throws {
    let list = Playlist(entries: [.init(place: .unresolvable(Array(path.utf8)))])
    let bytes = list.bytes(as: .xspf, relativeTo: folder)
    #expect(String(decoding: bytes, as: UTF8.self).contains("<location>\(uri)</location>"))
    #expect(try Playlist(bytes, format: .xspf, folder: folder) == list)
  }

  @Test(
    "XSPF: what is no path of Windows, though it looks like one, is a file",
    arguments: [
      ("C:\\a", "./C%3A%5Ca"), ("C:/a", "./C%3A/a"), ("\\\\nas\\a", "./%5C%5Cnas%5Ca"),
      ("C:a", "C%3Aa"),
    ])
  func noWindows(name: String, uri: String) throws {
    let list = Playlist(entries: [.init(place: file("/lists/rock/\(name)"))])
    let bytes = list.bytes(as: .xspf, relativeTo: folder)
    #expect(String(decoding: bytes, as: UTF8.self).contains("<location>\(uri)</location>"))
    #expect(try Playlist(bytes, format: .xspf, folder: folder) == list)
  }

  @Test("paths below the list's folder are written relative, those that mislead with ./")
  func relative() {
    let paths = ["/lists/rock/a b.mp3", "/lists/rock/#1.mp3", "/lists/rocky/x.mp3", "/a\nb.mp3"]
    let list = Playlist(entries: paths.map { .init(place: file($0)) })
    #expect(
      String(decoding: list.bytes(as: .m3u8, relativeTo: folder), as: UTF8.self) == """
        #EXTM3U
        a b.mp3
        ./#1.mp3
        /lists/rocky/x.mp3
        file:///a%0Ab.mp3

        """)
  }

  @Test("a path that is no UTF-8 stands as it is in .m3u and as an address in .m3u8")
  func bytes() {
    let list = Playlist(entries: [.init(place: .file([0x2F, 0xFF]))])
    #expect(list.bytes(as: .m3u) == Array("#EXTM3U\n/".utf8) + [0xFF, 0x0A])
    #expect(list.bytes(as: .m3u8) == Array("#EXTM3U\nfile:///%FF\n".utf8))
  }

  @Test("what is no text is refused with a word about it")
  func refusals() {
    #expect(throws: PlaylistFault(reason: "the text is UTF-16; save it as UTF-8")) {
      try Playlist([0xFF, 0xFE, 0x61, 0], format: .m3u, folder: folder)
    }
    #expect(throws: PlaylistFault(line: 1, reason: "not a text file")) {
      try Playlist(Array(repeating: 0, count: 64), format: .m3u8, folder: folder)
    }
    #expect(throws: PlaylistFault(reason: "no XSPF playlist")) { try read("<html/>", .xspf) }
  }

  @Test(
    "a single NUL byte is refused with its line, in each format", arguments: PlaylistFormat.allCases
  )
  func nul(format: PlaylistFormat) throws {
    let fault = PlaylistFault(line: 2, reason: "a NUL byte, which no path and no text holds")
    let list = Playlist(entries: [.init(place: file("/music/a song.mp3"), title: "A song")])
    var bytes = list.bytes(as: format)
    let end = try #require(bytes.firstIndex(of: 0x0A))
    bytes.insert(0, at: end + 3)
    #expect(throws: fault) { try Playlist(bytes, format: format, folder: folder) }
    // A text of 16 bits without a mark.
    let wide = Array("a.mp3".utf8).flatMap { byte -> [UInt8] in [byte, 0] }
    #expect(throws: PlaylistFault.self) { try Playlist(wide, format: format, folder: folder) }
  }

  @Test("bytes that are no playlist are refused with line and cause, in each format")
  func garbage() throws {
    var random = SeededGenerator(seed: 6)
    for count in [64, 1000, 100_000] {
      let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
      for format in PlaylistFormat.allCases {
        #expect(throws: PlaylistFault.self) { try Playlist(bytes, format: format, folder: folder) }
      }
    }
    let long = Array("a.mp3\r\n".utf8) + [UInt8](repeating: 0x61, count: 5 << 20)
    for format in [PlaylistFormat.m3u, .m3u8, .pls] {
      #expect(throws: PlaylistFault(line: 2, reason: "longer than 256 KB")) {
        try Playlist(long, format: format, folder: folder)
      }
    }
    let path = "\n#x\n/" + String(repeating: "a", count: 70_000)
    let fault = PlaylistFault(line: 3, reason: "longer than 64 KB, and no path is")
    #expect(throws: fault) { try read(path, .m3u8) }
    #expect(throws: PlaylistFault(line: 1, reason: "HTML or XML, and no list of paths")) {
      try read("<!DOCTYPE html>\n<html>", .m3u)
    }
  }

  @Test(
    "a PLS file without its head or without songs is refused, an empty one is an empty list",
    arguments: [
      ("File1=a.mp3\n", 1, "no PLS playlist: [playlist] is missing"),
      ("\n[Playlist]\nTitle1=A\n", 2, "no File line names a song of this playlist"),
      ("[playlist]\nNumberOfEntries=3\n", 1, "no File line names a song of this playlist"),
    ])
  func brokenPLS(text: String, line: Int, reason: String) throws {
    #expect(throws: PlaylistFault(line: line, reason: reason)) { try read(text, .pls) }
    #expect(try read("[playlist]\nNumberOfEntries=0\nVersion=2", .pls) == Playlist())
  }

  @Test("the format is in the file's name")
  func formats() {
    #expect(PlaylistFormat(fileName: Array("/a/My.List.M3U8".utf8)) == .m3u8)
    #expect(PlaylistFormat(fileName: Array("x.pls".utf8)) == .pls)
    #expect(PlaylistFormat(fileName: Array("m3u".utf8)) == nil)
    #expect(PlaylistFormat(fileName: Array("x.csv".utf8)) == nil)
  }
}
