import Glibc
import Music
import PlaybackMpv
import TestSupport
import Testing

/// Files that cannot be played, and names that are hard to say, against the real libmpv.
@Suite(.enabled(if: isLibraryPresent, "libmpv cannot be opened: install libmpv2"))
struct BadFileTests {
  private let folder: TemporaryFolder
  private let bad = PlayID(1)
  private let good = PlayID(2)

  init() throws { folder = try TemporaryFolder() }

  /// Plays a piece with a good one behind it; gives the line about the bad one.
  private func message(about location: Location) async throws -> String? {
    let player = Player.live(options: PlaybackOptions(audioOutput: "null", untimed: true))
    let recording = Recording(player)
    player.send(.play(bad, location, at: 0))
    player.send(
      .lookAhead(good, try folder.file("good.wav", Wave.constant(300, seconds: 1))))
    #expect(await recording.wait(for: .finished(good)))
    await player.stop()
    #expect(recording.turns.suffix(2) == [.started(good), .finished(good)])
    return recording.all.compactMap { $0.failure(of: bad) }.first
  }

  @Test("a file that is not there is named, and the look-ahead plays")
  func missing() async throws {
    let message = try await message(about: Location(path: "/nowhere/song.mp3"))
    #expect(message == "/nowhere/song.mp3: there is no such file")
  }

  @Test("so is what is wrong with a file by a path that the system does not take whole")
  func deep() async throws {
    let path = try folder.write([], to: Array("empty.flac".utf8), deeperThan: 5000)
    #expect(try await message(about: Location(path: path))?.hasSuffix(": it is empty") == true)
    let gone = try await message(about: Location(path: path + [0x78]))
    #expect(gone?.hasSuffix("/empty.flacx: there is no such file") == true)
    let above = Location(path: Array(path.dropLast("/empty.flac".utf8.count)))
    #expect(try await message(about: above)?.hasSuffix(": it is a folder") == true)
  }

  @Test("an empty file is named, and the look-ahead plays")
  func empty() async throws {
    let file = try folder.file("empty.flac", [])
    #expect(try await message(about: file) == "\(file.displayPath): it is empty")
  }

  @Test("a folder is named, and the look-ahead plays")
  func directory() async throws {
    let message = try await message(about: Location(path: folder.path))
    #expect(message == "\(folder.path): it is a folder")
  }

  @Test("text that is called music is named, and the look-ahead plays")
  func text() async throws {
    let words = Array(String(repeating: "It was a dark and stormy night. ", count: 200).utf8)
    let file = try folder.file("night.mp3", words)
    let message = try #require(try await message(about: file))
    #expect(message.hasPrefix("\(file.displayPath): it cannot be played"))
  }

  @Test("a list of files that is called music is not followed")
  func list() async throws {
    let song = try folder.file("song.wav", Wave.constant(300, seconds: 1))
    let list = Array("#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:1,\n\(song.displayPath)\n".utf8)
    let file = try folder.file("list.mp3", list)
    #expect(try await message(about: file) != nil)
  }

  @Test("a list of web addresses that wants to be asked for again and again is not")
  func endlessList() async throws {
    let list =
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n"
    let file = try folder.file("list.m3u8", Array(list.utf8))
    #expect(try await message(about: file) != nil)
  }

  @Test("a pipe that nobody writes to is named, and the look-ahead plays")
  func pipe() async throws {
    let pipe = folder.place("pipe.mp3")
    try #require(mkfifo(pipe.displayPath, 0o600) == 0)
    let message = try await message(about: pipe)
    #expect(message == "\(pipe.displayPath): it is not a file but a pipe or a device")
  }

  @Test("noise behind a good header is played as far as it goes, or named")
  func cutOff() async throws {
    let file = try folder.file("cut.wav", Array(Wave.constant(300, seconds: 1).prefix(30)))
    #expect(try await message(about: file) != nil)
  }

  @Test(
    "what is neither an absolute path nor a web address is refused",
    arguments: ["", "song.mp3", "-fs", "--version", "fd://0", "memory://x", "edl://a;b", "/a\0b"])
  func notAPath(path: String) async throws {
    let message = try #require(try await message(about: Location(path: path)))
    #expect(message.contains("it is not an absolute path") || message.contains("NUL"))
    #expect(!message.contains { $0.isNewline || $0 == "\0" })
  }

  @Test(
    "names that are not UTF-8, look like options or addresses, or hold quotes are played",
    arguments: [
      [0x66, 0xFC, 0x72, 0xFF, 0x2E, 0x77, 0x61, 0x76], Array("-fs.wav".utf8),
      Array("a b\"c'd\\e%f;g.wav".utf8), Array("http:x,start=9.wav".utf8),
      Array("line\nbreak.wav".utf8),
    ])
  func oddNames(name: [UInt8]) async throws {
    let player = Player.live(options: PlaybackOptions(audioOutput: "null", untimed: true))
    let recording = Recording(player)
    let file = try folder.file(name, Wave.constant(300, seconds: 2))
    player.send(.play(good, file, at: 0))
    #expect(
      await recording.wait {
        $0.contains(.finished(good)) || !$0.allSatisfy { $0.failure(of: good) == nil }
      })
    #expect(recording.turns == [.started(good), .finished(good)])
    await player.stop()
  }

  @Test("without the library one line says what to install, until it is asked for again")
  func noLibrary() async throws {
    var options = PlaybackOptions(audioOutput: "null")
    options.libraries = ["libmpv-of-nowhere.so"]
    let player = Player.live(options: options)
    let recording = Recording(player)
    player.send(.play(bad, Location(path: "/nowhere"), at: 0))
    #expect(await recording.wait { $0.count == 1 })
    guard case .unavailable(let message) = try #require(recording.all.first) else {
      Issue.record("not unavailable but \(recording.all)")
      return
    }
    #expect(message.contains("install libmpv2") && !message.contains { $0.isNewline })
    player.send(.volume(4))
    player.send(.prepare)
    #expect(await recording.wait { $0.count == 2 })
    player.send(.play(bad, Location(path: "/nowhere"), at: 0))
    #expect(await recording.wait { $0.count == 3 })
    #expect(recording.all.allSatisfy { $0 == .unavailable(message: message) })
    await player.stop()
  }

  @Test("an output that there is none of gives way to silence, which is said")
  func noOutput() async throws {
    let player = Player.live(options: PlaybackOptions(audioOutput: "gramophone"))
    let recording = Recording(player)
    player.send(.prepare)
    #expect(await recording.wait(for: .output(name: "null", isSilent: true)))
    await player.stop()
  }
}
