import Music
import Testing

@testable import PlaybackMpv

/// The state machine alone: commands and mpv's events in, steps out.
@Suite struct DeckTests {
  private var deck = Deck { location, words in "\(location.displayPath): \(words)" }
  private let one = PlayID(1)
  private let two = PlayID(2)
  private let three = PlayID(3)
  private let file = Location(path: "/a.wav")

  /// A deck that plays piece one as mpv's entry 1, with piece two as entry 2 behind it.
  private mutating func playing(withLookAhead: Bool = true) {
    _ = deck.handle(.play(one, file, at: 0))
    if withLookAhead { _ = deck.handle(.lookAhead(two, file)) }
    for (place, slot) in deck.slots.enumerated() {
      _ = deck.handle(.accepted(request: slot.request, entry: Int64(place + 1)))
    }
    _ = deck.handle(.opening(1))
    _ = deck.handle(.loaded)
    _ = deck.handle(.duration(100))
    _ = deck.handle(.restarted)
  }

  private func loads(_ steps: [Deck.Step]) -> [Deck.Load] {
    steps.compactMap { if case .load(let load) = $0 { load } else { nil } }
  }

  @Test("playing loads in place of all, from where it is asked to")
  mutating func play() {
    let steps = deck.handle(.play(one, file, at: 12.5))
    #expect(steps.first == .pause(false))
    #expect(
      loads(steps) == [
        Deck.Load(request: 1, path: file.path, mode: .replace, start: 12.5, end: nil)
      ])
  }

  @Test(
    "a position that is no number starts at the beginning", arguments: [Double.nan, -3, .infinity])
  mutating func badPosition(position: Double) {
    #expect(loads(deck.handle(.play(one, file, at: position))).map(\.start) == [nil])
  }

  @Test("moving on to the look-ahead says finished, started, and takes the old entry out")
  mutating func handOver() {
    playing()
    #expect(deck.handle(.ended(1, .endOfFile)) == [.emit(.finished(one))])
    #expect(deck.handle(.opening(2)) == [.remove(0)])
    #expect(deck.handle(.loaded) == [.emit(.started(two))])
    #expect(deck.slots.count == 1)
  }

  @Test("events of a piece that was replaced meanwhile say nothing of the new one")
  mutating func staleEvents() {
    playing()
    _ = deck.handle(.play(three, file, at: 0))
    let stale: [MpvEvent] = [
      .time(3), .duration(7), .ended(1, .endOfFile), .opening(2), .loaded, .time(1), .restarted,
      .ended(2, .stopped), .ended(2, .error("no")),
    ]
    for event in stale { #expect(deck.handle(event) == []) }
    _ = deck.handle(.accepted(request: 3, entry: 3))
    _ = deck.handle(.opening(3))
    #expect(deck.handle(.loaded) == [.emit(.started(three))])
  }

  @Test("a look-ahead that comes when the piece has just ended starts at once")
  mutating func lateLookAhead() {
    playing(withLookAhead: false)
    _ = deck.handle(.ended(1, .endOfFile))
    #expect(loads(deck.handle(.lookAhead(two, file))).map(\.mode) == [.replace])
  }

  @Test("a look-ahead is nothing where nothing plays, and after stop")
  mutating func lookAheadOfNothing() {
    #expect(deck.handle(.lookAhead(two, file)) == [])
    playing()
    #expect(deck.handle(.stop) == [.clear])
    #expect(deck.handle(.lookAhead(two, file)) == [])
  }

  @Test("taking the look-ahead back when mpv has moved on to it leaves it unnoticed")
  mutating func takenBackTooLate() {
    playing()
    #expect(deck.handle(.lookAhead(nil, nil)) == [.remove(1)])
    #expect(deck.handle(.ended(1, .endOfFile)) == [.emit(.finished(one))])
    #expect(deck.handle(.opening(2)) == [])
    #expect(deck.handle(.loaded) == [])
    #expect(deck.handle(.ended(2, .stopped)) == [])
  }

  @Test("a seek near the end takes the look-ahead out first and puts it back after")
  mutating func seekNearTheEnd() {
    playing()
    #expect(deck.handle(.seek(to: 98)) == [.remove(1), .seek(98)])
    #expect(loads(deck.handle(.restarted)).map(\.mode) == [.append])
    #expect(deck.handle(.seek(to: 50)) == [.seek(50)])
  }

  @Test("a seek to the very end still leads to the look-ahead")
  mutating func seekToTheEnd() {
    playing()
    #expect(deck.handle(.seek(to: 500)) == [.remove(1), .seek(100)])
    let steps = deck.handle(.ended(1, .endOfFile))
    #expect(steps.first == .emit(.finished(one)))
    #expect(loads(steps).map(\.mode) == [.replace])
  }

  @Test("a seek before the first sound of a piece waits for it")
  mutating func earlySeek() {
    _ = deck.handle(.play(one, file, at: 0))
    #expect(deck.handle(.seek(to: 30)) == [])
    _ = deck.handle(.accepted(request: 1, entry: 1))
    _ = deck.handle(.opening(1))
    #expect(deck.handle(.loaded) == [.emit(.started(one))])
    #expect(deck.handle(.seek(to: 40)) == [])
    #expect(deck.handle(.restarted) == [.seek(40)])
    #expect(deck.handle(.restarted) == [])
  }

  @Test("a seek past the end of a look-ahead that has just begun is kept within its length")
  mutating func earlySeekPastTheEnd() {
    playing()
    _ = deck.handle(.ended(1, .endOfFile))
    _ = deck.handle(.opening(2))
    _ = deck.handle(.loaded)
    #expect(deck.handle(.seek(to: 9999)) == [])
    _ = deck.handle(.duration(60))
    #expect(deck.handle(.restarted) == [.seek(60)])
  }

  @Test("positions come a few times a second, clamped, and never as no number")
  mutating func positions() {
    playing()
    #expect(deck.handle(.time(1)) == [.emit(.position(one, 1))])
    for seconds in [1.1, 1.2, .nan, .infinity] { #expect(deck.handle(.time(seconds)) == []) }
    #expect(deck.handle(.time(nil)) == [])
    #expect(deck.handle(.time(-4)) == [.emit(.position(one, 0))])
    #expect(deck.handle(.time(400)) == [.emit(.position(one, 100))])
    for seconds in [0, -1, .nan] { #expect(deck.handle(.duration(seconds)) == []) }
  }

  @Test("a part of a file is loaded, sought and counted by its own clock")
  mutating func part() {
    let part = Location(path: Array("/cue.flac".utf8), start: 60, end: 90)
    let load = loads(deck.handle(.play(one, part, at: 5))).first
    #expect(load?.start == 65 && load?.end == 90)
    _ = deck.handle(.accepted(request: 1, entry: 1))
    _ = deck.handle(.opening(1))
    _ = deck.handle(.duration(600))
    #expect(deck.handle(.loaded) == [.emit(.started(one)), .emit(.duration(one, 30))])
    _ = deck.handle(.restarted)
    #expect(deck.handle(.time(70)) == [.emit(.position(one, 10))])
    #expect(deck.handle(.seek(to: 80)) == [.seek(90)])
  }

  @Test("a part whose bounds make no sense is the whole file")
  func badPart() {
    let part = Location(path: [], start: .nan, end: -4)
    #expect(part.offset == 0 && part.limit == nil)
    #expect(Location(path: [], start: 9, end: 3).limit == nil)
  }

  @Test("a list of files fails and its contents never play; the look-ahead does")
  mutating func redirect() {
    playing()
    let steps = deck.handle(.ended(1, .redirected))
    #expect(steps.first == .clear)
    #expect(loads(steps).map(\.mode) == [.replace])
    #expect(deck.slots.map(\.piece?.id) == [two])
  }

  @Test("a command that mpv refuses fails the piece")
  mutating func refused() {
    _ = deck.handle(.play(one, file, at: 0))
    #expect(
      deck.handle(.refused(request: 1, message: "no memory"))
        == [.clear, .emit(.failed(one, message: "/a.wav: no memory"))])
    #expect(deck.handle(.refused(request: 77, message: "?")) == [])
    playing()
    #expect(
      deck.handle(.refused(request: deck.slots[1].request, message: "no"))
        == [.emit(.failed(two, message: "/a.wav: no"))])
  }

  @Test("an output is told once, and again to whoever prepares; null is silent")
  mutating func outputs() {
    #expect(deck.handle(.prepare) == [.probe(request: 1)])
    #expect(
      deck.handle(.output("pulse")) == [.emit(.output(name: "pulse", isSilent: false)), .clear])
    #expect(deck.handle(.output(nil)) == [])
    #expect(deck.handle(.output("pulse")) == [])
    #expect(deck.handle(.prepare) == [.emit(.output(name: "pulse", isSilent: false))])
    #expect(deck.handle(.output("null")) == [.emit(.output(name: "null", isSilent: true))])
  }

  @Test("the silence of preparing goes on until an output is told, or a piece takes its place")
  mutating func probe() {
    _ = deck.handle(.prepare)
    _ = deck.handle(.accepted(request: 1, entry: 1))
    for event in [MpvEvent.opening(1), .loaded, .time(0), .restarted] {
      #expect(deck.handle(event) == [])
    }
    #expect(deck.handle(.play(one, file, at: 0)).last.map { loads([$0]).count } == 1)
    #expect(deck.handle(.output("null")) == [.emit(.output(name: "null", isSilent: true))])
  }

  @Test(
    "seconds are written without an exponent",
    arguments: [(0, "0.000000"), (1e-5, "0.000010"), (1234.5, "1234.500000"), (-1, "0.000000")])
  func seconds(value: Double, expected: String) {
    #expect(MpvPlayer.seconds(value) == expected)
  }
}
