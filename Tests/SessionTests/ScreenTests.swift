import Music
import Perception
import Screen
import Testing

@testable import Session

@Suite("The screens at every size")
struct ScreenTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 12),
    Size(columns: 100, rows: 30), Size(columns: 60, rows: 20),
  ]

  private func session(_ size: Size, tracks: [Track] = Simulation.album(count: 30)) async throws
    -> Simulation
  {
    var session = Simulation(tracks: tracks, size: size) { $0.settings.source = .camera(0) }
    try await session.send(.painted)
    try await session.see(Simulation.sight(.happy))
    try await session.pass(42)
    return session
  }

  @Test("looks as it was recorded", arguments: sizes, Session.Section.allCases)
  func sections(size: Size, section: Session.Section) async throws {
    var session = try await session(size)
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.press("g\(section.rawValue.prefix(1))")
    expectSnapshot(session.screen, named: "\(section.rawValue)-\(size.columns)x\(size.rows)")
  }

  @Test(
    "help lists every command",
    arguments: [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)])
  func help(size: Size) async throws {
    var session = try await session(size)
    try await session.press("?")
    expectSnapshot(session.screen, named: "help-\(size.columns)x\(size.rows)")
  }

  @Test("help on a small screen loses nothing of what a command does")
  func smallHelp() async throws {
    var session = try await session(Size(columns: 40, rows: 12))
    try await session.press("? C-d C-d")
    expectSnapshot(session.screen, named: "help-below-40x12")
    var seen = ""
    try await session.press("gg")
    for _ in 0..<200 {
      seen += session.text
      try await session.press("j")
    }
    #expect(!seen.contains("…"))
    for entry in CommandTable.entries {
      let word = entry.words.split(separator: " ").last.map(String.init) ?? ""
      #expect(seen.contains(word), "\(entry.name)")
    }
  }

  @Test("wide glyphs keep the columns straight")
  func wide() async throws {
    var tracks = Simulation.album(count: 30)
    for place in tracks.indices {
      tracks[place].tags.title = place % 2 == 0 ? "雨の庭 \(place) 夜想曲" : "Café ☕️ 👩‍👩‍👧 naïve"
      tracks[place].tags.artist = place % 3 == 0 ? "久石 譲" : "Björk"
    }
    for size in [Size(columns: 80, rows: 24), Size(columns: 40, rows: 12)] {
      var session = try await session(size, tracks: tracks)
      try await session.press("gl")
      expectSnapshot(session.screen, named: "wide-\(size.columns)x\(size.rows)")
    }
  }

  @Test("no size traps, and nothing is drawn outside")
  func anySize() async throws {
    var session = try await session(Size(columns: 100, rows: 30))
    for columns in [0, 1, 2, 7, 39, 40, 41, 59, 60, 95, 96, 300] {
      for rows in [0, 1, 2, 9, 10, 11, 15, 16, 20, 100] {
        try await session.send(.resized(Size(columns: columns, rows: rows)))
        for section in Session.Section.allCases {
          session.state.section = section
          let canvas = session.screen
          #expect(canvas.size == Size(columns: columns, rows: rows))
        }
      }
    }
  }

  @Test("what is said is whole, over the song's lines where one line is too short")
  func longMessage() async throws {
    let words = "your calibration was made with another emotion network: c makes a new one"
    for columns in [40, 60, 80] {
      var session = try await session(Size(columns: columns, rows: 12))
      let before = session.text.split(separator: "\n", omittingEmptySubsequences: false)
      _ = session.state.say(words, .warning)
      let after = session.text.split(separator: "\n", omittingEmptySubsequences: false)
      let rows = columns == 80 ? 1 : 2
      let said = after.suffix(rows).flatMap { $0.split(whereSeparator: { " \"".contains($0) }) }
      #expect(said.joined(separator: " ") == words, "\(said)")
      #expect(before.dropLast(rows) == after.dropLast(rows))
    }
    var session = try await session(Size(columns: 40, rows: 12))
    _ = session.state.say(String(repeating: words + " ", count: 9), .warning)
    #expect(session.text.split(separator: "\n").last?.contains("…") == true)
  }

  @Test("the first frame does not say of a camera that is to be opened that it is off")
  func firstFrame() async throws {
    var session = Simulation { $0.settings.source = .camera(0) }
    #expect(session.text.contains("Opening the camera"))
    try await session.start()
    try await session.press("x")
    #expect(session.text.contains("The camera is off."))
  }

  @Test("below forty columns or ten rows it says so")
  func tooSmall() async throws {
    let session = try await session(Size(columns: 39, rows: 12))
    #expect(session.text.contains("needs 40"))
  }

  @Test("empty states say what to do next")
  func empty() async throws {
    var session = Simulation(tracks: [])
    try await session.start()
    #expect(session.text.contains(":scan FOLDER"))
    try await session.press("gl")
    expectSnapshot(session.screen, named: "empty-library-100x30")
  }

  @Test("a tag with control characters cannot reach the terminal")
  func hostileTags() async throws {
    var tracks = Simulation.album(count: 12)
    for place in tracks.indices {
      tracks[place].tags.title = Tags.clean("evil\u{1B}[31m\u{7}\n\u{202E}title\(place)")
    }
    let session = try await session(Size(columns: 80, rows: 24), tracks: tracks)
    let text = session.text
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    #expect(!text.unicodeScalars.contains("\u{202E}"))
  }
}
