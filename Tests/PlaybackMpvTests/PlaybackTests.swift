import Music
import PlaybackMpv
import TestSupport
import Testing

/// Against the real libmpv, without a sound device.
@Suite(.enabled(if: isLibraryPresent, "libmpv cannot be opened: install libmpv2"))
struct PlaybackTests {
  private let folder: TemporaryFolder
  private let one = PlayID(1)
  private let two = PlayID(2)
  private let three = PlayID(3)

  init() throws { folder = try TemporaryFolder() }

  private static let fast = PlaybackOptions(audioOutput: "null", untimed: true)
  private static let real = PlaybackOptions(audioOutput: "null")
  /// Seconds of a piece that is not over before somebody looks, however busy the machine.
  private static let long = 900.0

  @Test("a piece starts, tells its length and its positions, and finishes")
  func playsToTheEnd() async throws {
    let player = Player.live(options: Self.fast)
    let recording = Recording(player)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: Self.long))
    player.send(.play(one, file, at: 0))
    #expect(await recording.wait(for: .finished(one)))
    #expect(recording.turns == [.started(one), .finished(one)])
    #expect(recording.all.contains(.duration(one, Self.long)))
    #expect(recording.all.contains(.output(name: "null", isSilent: true)))
    await player.stop()
  }

  @Test(
    "a file by a path that the system does not take whole is played to its end, and let go",
    arguments: [Array("a b%20#?.wav".utf8), [0xFF, 0x0A] + Array(".wav".utf8), Array("c".utf8)])
  func deep(name: [UInt8]) async throws {
    let player = Player.live(options: Self.fast)
    let recording = Recording(player)
    let path = try folder.write(
      Wave.constant(500, seconds: Self.long), to: name, deeperThan: 9000)
    player.send(.play(one, Location(path: path), at: 0))
    player.send(.lookAhead(two, Location(path: path, start: 5, end: 8)))
    #expect(await recording.wait(for: .finished(two)))
    #expect(recording.turns == [.started(one), .finished(one), .started(two), .finished(two)])
    #expect(recording.all.contains(.duration(one, Self.long)))
    #expect(recording.all.contains(.duration(two, 3)))
    await player.stop()
    #expect(try !folder.isHeldOpen())
  }

  @Test("a look-ahead by such a path that is replaced and taken back holds nothing open")
  func deepTakenBack() async throws {
    let player = Player.live(options: Self.real)
    let recording = Recording(player)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: 0.5))
    player.send(.play(one, file, at: 0))
    for name in ["b.wav", "c.wav"] {
      let path = try folder.write(
        Wave.constant(500, seconds: 1), to: Array(name.utf8), deeperThan: 5000)
      player.send(.lookAhead(two, Location(path: path)))
    }
    player.send(.lookAhead(nil, nil))
    #expect(await recording.wait(for: .finished(one)))
    await player.stop()
    #expect(recording.turns == [.started(one), .finished(one)])
    #expect(try !folder.isHeldOpen())
  }

  @Test("the look-ahead follows by itself: finished, then started")
  func handOver() async throws {
    let player = Player.live(options: Self.fast)
    let recording = Recording(player)
    let first = try folder.file("a.wav", Wave.constant(500, seconds: 3))
    let second = try folder.file("b.wav", Wave.constant(500, seconds: 3))
    player.send(.play(one, first, at: 0))
    player.send(.lookAhead(two, second))
    #expect(await recording.wait(for: .finished(two)))
    #expect(recording.turns == [.started(one), .finished(one), .started(two), .finished(two)])
    // Which is over: the next look-ahead is asked for too late and plays at once.
    player.send(.lookAhead(three, first))
    #expect(await recording.wait(for: .finished(three)))
    await player.stop()
  }

  @Test("a look-ahead that was taken back does not play; one that was replaced neither")
  func takenBack() async throws {
    let player = Player.live(options: Self.real)
    let recording = Recording(player)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: 0.5))
    player.send(.prepare)
    player.send(.play(one, file, at: 0))
    player.send(.lookAhead(two, file))
    player.send(.lookAhead(three, file))
    player.send(.lookAhead(nil, nil))
    #expect(await recording.wait(for: .finished(one)))
    await player.stop()
    await recording.ended()
    #expect(recording.turns == [.started(one), .finished(one)])
  }

  @Test("pausing stops the clock, going on lets it run, and another play ends the pause")
  func pause() async throws {
    let player = Player.live(options: Self.real)
    let recording = Recording(player)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: 60))
    player.send(.play(one, file, at: 0))
    #expect(await recording.wait { $0.contains { $0.position(of: one) ?? 0 > 0.3 } })
    player.send(.pause(true))
    #expect(await recording.wait(for: .paused(true)))
    player.send(.pause(false))
    #expect(await recording.wait(for: .paused(false)))
    player.send(.pause(true))
    player.send(.play(two, file, at: 0))
    #expect(await recording.wait { $0.contains { $0.position(of: two) ?? 0 > 0.3 } })
    await player.stop()
  }

  @Test("seeking clamps to the piece, ignores what is no number, and keeps the look-ahead")
  func seek() async throws {
    let player = Player.live(options: Self.real)
    let recording = Recording(player)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: Self.long))
    player.send(.play(one, file, at: 10))
    player.send(.lookAhead(two, file))
    #expect(await recording.wait { $0.contains { $0.position(of: one).map { $0 >= 10 } ?? false } })
    player.send(.pause(true))
    for nonsense in [Double.nan, .infinity, -.infinity] { player.send(.seek(to: nonsense)) }
    player.send(.seek(to: -5))
    #expect(await recording.wait { $0.contains { $0.position(of: one).map { $0 < 9 } ?? false } })
    player.send(.pause(false))
    player.send(.seek(to: Self.long - 0.5))
    #expect(await recording.wait(for: .started(two)))
    #expect(recording.turns == [.started(one), .finished(one), .started(two)])
    player.send(.seek(to: 9999))
    #expect(await recording.wait(for: .finished(two)))
    await player.stop()
  }

  @Test("a part of a file plays from its start to its end and counts from nought")
  func part() async throws {
    let samples = (0..<5).flatMap { [Int16](repeating: Int16($0 * 1000), count: Wave.rate) }
    var part = try folder.file("cue.wav", Wave.file(samples))
    (part.start, part.end) = (1, 3)
    let (turns, heard) = try await record([part])
    #expect(turns == [.started(one), .duration(one, 2), .finished(one)])
    // A seek may begin with one sample of silence.
    #expect(Set(heard.dropFirst()) == [1000, 2000])
    #expect(abs(heard.count - 2 * Wave.rate) < Wave.rate / 20)
  }

  @Test("two pieces in a row give the samples of both with nothing between")
  func gapless() async throws {
    let first = (0..<Wave.rate).map { Int16(1000 + $0 % 997) }
    let second = (0..<Wave.rate).map { Int16(3000 + $0 % 991) }
    let files = [
      try folder.file("a.wav", Wave.file(first)), try folder.file("b.wav", Wave.file(second)),
    ]
    let (_, heard) = try await record(files)
    #expect(heard == first + second)
  }

  @Test("neighbours in one file sound as the file does, with nothing between")
  func neighbours() async throws {
    let samples = (0..<3 * Wave.rate).map { Int16(1000 + $0 % 9973) }
    let file = try folder.file("album.wav", Wave.file(samples))
    // As a cue sheet cuts: at a 75th of a second, which is between two samples.
    let border = 1 + 37.0 / 75
    var (first, second) = (file, file)
    first.end = border
    second.start = border
    let (_, heard) = try await record([first, second])
    #expect(abs(heard.count - samples.count) <= 2)
    let place = Int(border * Double(Wave.rate))
    #expect(Array(heard[..<(place - 1)]) == Array(samples[..<(place - 1)]))
    #expect(
      Array(heard.suffix(samples.count - place - 2)) == samples.suffix(samples.count - place - 2))
  }

  @Test(
    "a file is played softer by as much as it says of itself, or of its album, unless that is off",
    arguments: [(Leveling?.none, 4000), (.track, 4000), (.album, 2000), (.off, 8000)])
  func leveling(leveling: Leveling?, expected: Int) async throws {
    let file = try folder.file("loud.wav", Self.loud)
    let (_, heard) = try await record([file], leveling: leveling)
    let loudest = heard.map { abs(Int($0)) }.max() ?? 0
    #expect(abs(loudest - expected) <= 8)
  }

  /// A sound of 8000 with an ID3 tag in a chunk of its own.
  private static var loud: [UInt8] {
    func frame(_ name: String, _ value: String) -> [UInt8] {
      let body = [3] + Array(name.utf8) + [0] + Array(value.utf8)
      return Array("TXXX".utf8) + [0, 0, 0, UInt8(body.count), 0, 0] + body
    }
    let frames =
      frame("REPLAYGAIN_TRACK_GAIN", "-6.0206 dB") + frame("REPLAYGAIN_ALBUM_GAIN", "-12.0412 dB")
    let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, UInt8(frames.count)] + frames
    var bytes = Wave.constant(8000, seconds: 1)
    bytes +=
      Array("id3 ".utf8) + [UInt8(tag.count), 0, 0, 0] + tag + (tag.count % 2 == 1 ? [0] : [])
    let size = UInt32(bytes.count - 8)
    bytes.replaceSubrange(4..<8, with: (0..<4).map { UInt8(size >> (8 * $0) & 0xFF) })
    return bytes
  }

  /// Plays up to two pieces into a file, and gives what was said of them and the samples.
  private func record(
    _ pieces: [Location], leveling: Leveling? = nil
  ) async throws -> ([PlayerEvent], [Int16]) {
    let file = folder.place("out.wav")
    let player = Player.live(
      options: PlaybackOptions(audioOutput: "pcm", audioFile: file.displayPath))
    let recording = Recording(player)
    if let leveling { player.send(.leveling(leveling)) }
    player.send(.play(one, pieces[0], at: 0))
    if pieces.count > 1 { player.send(.lookAhead(two, pieces[1])) }
    #expect(await recording.wait(for: .finished(PlayID(UInt64(pieces.count)))))
    await player.stop()
    let said = recording.all.filter { event in
      switch event {
      case .position, .output, .paused: false
      default: true
      }
    }
    return (said, try Wave.samples(at: file))
  }

  @Test("the volume is taken between 0 and 100", arguments: [(50, 0.125), (-9, 0), (900, 1)])
  func volume(percent: Int, gain: Double) async throws {
    let source = try folder.file("a.wav", Wave.constant(8000, seconds: 1))
    let file = folder.place("out.wav")
    let player = Player.live(
      options: PlaybackOptions(audioOutput: "pcm", audioFile: file.displayPath))
    let recording = Recording(player)
    player.send(.volume(percent))
    player.send(.play(one, source, at: 0))
    #expect(await recording.wait(for: .finished(one)))
    await player.stop()
    let loudest = try Wave.samples(at: file).map { abs(Int($0)) }.max() ?? -1
    #expect(abs(Double(loudest) - 8000 * gain) <= 2)
  }

  @Test("stopping twice, and without ever having played, is quiet and ends the events")
  func stopTwice() async throws {
    let player = Player.live(options: Self.fast)
    let recording = Recording(player)
    player.send(.volume(50))
    await player.stop()
    await player.stop()
    await recording.ended()
    player.send(.prepare)
    #expect(recording.all.isEmpty)
  }

  @Test("preparing opens the output and plays nothing; the stop command ends a piece unnoticed")
  func prepare() async throws {
    let player = Player.live(options: Self.real)
    let recording = Recording(player)
    player.send(.prepare)
    #expect(await recording.wait(for: .output(name: "null", isSilent: true)))
    #expect(recording.all == [.output(name: "null", isSilent: true)])
    player.send(.play(one, try folder.file("a.wav", Wave.constant(1, seconds: 60)), at: 0))
    #expect(await recording.wait(for: .started(one)))
    player.send(.stop)
    player.send(.lookAhead(two, Location(path: "/nowhere")))
    player.send(.play(three, Location(path: "/nowhere"), at: 0))
    #expect(await recording.wait { $0.contains { $0.failure(of: three) != nil } })
    #expect(recording.turns.count == 2)
    await player.stop()
  }

  @Test("two players in one process play and end on their own")
  func twoPlayers() async throws {
    let players = [Player.live(options: Self.fast), Player.live(options: Self.fast)]
    let recordings = players.map(Recording.init)
    let file = try folder.file("a.wav", Wave.constant(500, seconds: 5))
    for player in players { player.send(.play(one, file, at: 0)) }
    #expect(await recordings[0].wait(for: .finished(one)))
    await players[0].stop()
    #expect(await recordings[1].wait(for: .finished(one)))
    players[1].send(.play(two, file, at: 0))
    #expect(await recordings[1].wait(for: .finished(two)))
    await players[1].stop()
  }
}

extension PlayerEvent {
  func position(of id: PlayID) -> Double? {
    if case .position(id, let seconds) = self { seconds } else { nil }
  }

  func failure(of id: PlayID) -> String? {
    if case .failed(id, let message) = self { message } else { nil }
  }
}
