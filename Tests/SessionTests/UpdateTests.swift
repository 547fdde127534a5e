import Music
import Perception
import Screen
import Taste
import Testing

@testable import Session

@Suite("Update")
struct UpdateTests {
  @Test("the same events give the same state and effects")
  func isDeterministic() async throws {
    var states: [State] = []
    for _ in 0..<2 {
      var session = Simulation()
      try await session.start()
      try await session.press("9 > > m Right Enter gl j j a A gq J d / x Esc p")
      try await session.pass(250)
      states.append(session.state)
    }
    #expect(states[0] == states[1])
  }

  @Test("no sequence of keys traps, and the queue and the player stay in step", arguments: 0..<12)
  func anyKeys(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    var session = Simulation(tracks: Simulation.album(count: seed % 2 == 0 ? 30 : 2))
    try await session.start()
    let keys: [Key] =
      Keymap.defaults.bindings.flatMap(\.keys) + [.escape, .character("z"), .function(9)]
    for _ in 0..<200 {
      let key = keys.randomElement(using: &generator) ?? .escape
      if key == .character("q") || key == .control("c") { continue }
      try await session.send(.key(key))
      if UInt64.random(in: 0..<4, using: &generator) == 0 {
        try await session.pass(Double.random(in: 0...150, using: &generator))
      }
      if let playing = session.world.player.playing {
        #expect(session.state.queue.current?.id == playing)
      }
      #expect(session.screen.size == session.state.size)
    }
  }

  @Test("the library holds a window, never everything")
  func window() async throws {
    var session = Simulation(tracks: Simulation.album(count: 5000))
    try await session.start()
    try await session.press("gl G")
    #expect(session.state.library.selected?.id == TrackID(5000))
    #expect(session.state.library.rows.count <= 4 * session.state.size.rows)
    try await session.press("gg")
    #expect(session.state.library.selected?.id == TrackID(1))
  }

  @Test("searching shows what matches and Esc shows all again")
  func search() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("gl /")
    try await session.type("song 12")
    try await session.press("Enter")
    #expect(session.state.library.total == 1)
    try await session.press("Esc")
    #expect(session.state.library.total == 30)
  }

  @Test("camera trouble is words in its pane, and x turns it off")
  func cameraTrouble() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    let trouble = EyeTrouble(kind: .device, message: "/dev/video0 is busy: close the other program")
    try await session.send(.eye(.trouble(trouble)))
    #expect(session.text.contains("is busy"))
    #expect(!session.hasQuit)
    try await session.press("x")
    #expect(session.effects.contains(.eye(.close)))
    #expect(session.text.contains("camera is off"))
  }

  @Test("a new window size reaches the preview")
  func resizesPreview() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    try await session.start()
    try await session.send(.resized(Size(columns: 150, rows: 50)))
    let formats = session.effects.compactMap { effect -> PreviewFormat? in
      if case .eye(.preview(let format?)) = effect { return format }
      return nil
    }
    let pane = try #require(Layout.preview(session.state))
    #expect(formats.last?.columns == pane.width)
    #expect(formats.last?.rows == pane.height)
  }
}
