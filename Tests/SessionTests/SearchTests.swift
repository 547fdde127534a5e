import Music
import Screen
import Taste
import Testing

@testable import Session

@Suite("Searching the library")
struct SearchTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 40, rows: 12),
  ]

  private func session(_ size: Size = Size(columns: 100, rows: 30)) async throws -> Simulation {
    var session = Simulation(size: size)
    try await session.start()
    try await session.send(.timer(.message(session.state.messageNumber)))
    try await session.press("gl /")
    return session
  }

  @Test(
    "looks as it was recorded, while it is typed", arguments: sizes,
    [
      ("results", "artist:3 or \"song 12\""), ("mistake", "song year:20x4"),
      ("nothing", "song year:1890"),
      ("scrolled", "duration:3:75 " + String(repeating: "x", count: 110)),
    ])
  func typing(size: Size, typed: (name: String, text: String)) async throws {
    var session = try await session(size)
    try await session.type(typed.text)
    expectSnapshot(
      session.screen, named: "search-\(typed.name)-\(size.columns)x\(size.rows)")
  }

  @Test("a mistake leaves the rows as they were and puts a caret under its column")
  func mistake() async throws {
    var session = try await session()
    try await session.type("song 1")
    let rows = session.state.library.rows
    try await session.type(" year:20x4")
    #expect(session.state.library.rows == rows && !rows.isEmpty)
    let lines = session.text.split(separator: "\n")
    let typed = try #require(lines.firstIndex { $0.contains("/song 1 year:20x4") })
    let value = try #require(lines[typed].firstRange(of: "20x4")?.lowerBound)
    let caret = try #require(lines[typed + 1].firstIndex(of: "^"))
    let column = lines[typed].distance(from: lines[typed].startIndex, to: value)
    #expect(lines[typed + 1].distance(from: lines[typed + 1].startIndex, to: caret) == column)
    #expect(lines[typed + 1].contains("a year is expected at column 13"))
    // Kept as it is, it is said once more, as a command's mistake is.
    try await session.press("Enter")
    #expect(session.text.contains("a year is expected at column 13"))
    try await session.type(":search rating:x")
    try await session.press("Enter")
    #expect(session.text.contains("a rating from 1 to 10 is expected at column 8"))
    #expect(session.state.library.rows == rows)
  }

  @Test("what is not finished empties no list and asks for nothing new")
  func unfinished() async throws {
    var session = try await session()
    try await session.type("song 1")
    let total = session.state.library.total
    for letter in " artist:" {
      try await session.type(String(letter))
      if letter == ":" { #expect(session.state.library.total == total) }
    }
    let asked = session.effects.count { if case .page = $0 { true } else { false } }
    try await session.type("\"")
    #expect(session.effects.count { if case .page = $0 { true } else { false } } == asked)
    #expect(session.state.library.problem == nil)
  }

  @Test("that nothing is found is said with what to do, and Esc shows all")
  func nothing() async throws {
    var session = try await session()
    try await session.type("xyzzy")
    #expect(session.text.contains("Nothing matches 'xyzzy'"))
    #expect(session.text.contains("Esc shows everything"))
    try await session.type(" year:18")
    #expect(session.text.contains("Nothing matches 'xyzzy year:18'"))
    try await session.type("x")
    #expect(session.text.contains("a year is expected"))
    #expect(
      !session.text.contains("Nothing matches") && session.text.contains("Esc shows everything"))
    try await session.press("Esc")
    #expect(session.state.library.total == 30)
  }

  @Test("more than is counted, and what is only near, is said in the frame")
  func told() async throws {
    var session = try await session()
    try await session.type("song")
    let page = CatalogPage(
      total: 10_000, rows: session.state.library.rows, isCut: true, isNear: true)
    try await session.send(.rows(session.state.library.query, offset: 0, page))
    #expect(session.text.contains("1 of 10000+"))
    #expect(session.text.contains("nothing exact, this is near"))
  }

  @Test("a rating asks anew where the query depends on it, and only there")
  func rated() async throws {
    var session = try await session()
    try await session.type("rating:>=8")
    try await session.press("Enter")
    #expect(session.state.library.query.listener == session.state.listener.id.rawValue)
    func pages() -> Int {
      session.effects.count { if case .page = $0 { true } else { false } }
    }
    let before = pages()
    try await session.press("9")
    #expect(pages() == before + 1)
    try await session.type(":search song")
    try await session.press("Enter")
    #expect(session.state.library.query.listener == nil)
    let after = pages()
    try await session.press("8")
    #expect(pages() == after)
  }

  @Test("a search that is opened again has a blank behind what was looked for, which is not kept")
  func openedAgain() async throws {
    var session = try await session()
    try await session.type("artist:3")
    try await session.press("Enter /")
    try await session.type("live")
    #expect(session.state.library.text == "artist:3 live")
    try await session.press("Esc")
    try await session.type(":search artist:3")
    try await session.press("Enter /")
    #expect(session.state.searchEntry?.text == "artist:3 ")
    #expect(session.state.searchEntry?.cursor == 9)
    try await session.press("Enter")
    #expect(session.state.library.text == "artist:3")
    try await session.press("gq /")
    try await session.type("song")
    try await session.press("Enter / Enter")
    #expect(session.state.searchText == "song")
  }

  @Test("a smart playlist is kept, listed, shown and removed")
  func smart() async throws {
    var session = try await session()
    try await session.type("artist:3 -\"song 4\"")
    try await session.press("Enter")
    try await session.type(":smart.save 'threes'")
    try await session.press("Enter")
    #expect(session.text.contains("kept: smart threes"))
    try await session.type(":smart.save \"of 2001\" year:2001")
    try await session.press("Enter")
    #expect(session.text.contains("smart \"of 2001\" shows"))
    try await session.type(":smart")
    try await session.press("Enter")
    #expect(session.text.contains("smart playlists: threes, of 2001"))
    try await session.press("Esc gn")
    try await session.type(":smart Threes")
    try await session.press("Enter")
    #expect(session.state.section == .library)
    #expect(session.state.library.text == "artist:3 not \"song 4\"")
    #expect(session.state.library.total == 2)
    try await session.type(":smart.remove threes")
    try await session.press("Enter")
    try await session.type(":smart threes")
    try await session.press("Enter")
    #expect(session.text.contains("no smart playlist 'threes': there are of 2001"))
    for (command, words) in [
      ("smart.save x year:x", "a year is expected"),
      ("smart.save x artist:", "search for something"),
    ] {
      try await session.type(":" + command)
      try await session.press("Enter")
      #expect(session.text.contains(words))
    }
  }
}
