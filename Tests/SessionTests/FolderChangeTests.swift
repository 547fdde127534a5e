import Music
import Testing

@testable import Session

@Suite("Folders that change")
struct FolderChangeTests {
  private func scans(_ effects: [Effect]) -> [[String]] {
    effects.compactMap { if case .scan(let folders) = $0 { folders } else { nil } }
  }

  @Test("a folder that changes is read, quietly where nothing came of it")
  func quiet() async throws {
    var session = Simulation()
    try await session.start()
    try await session.send(.foldersChanged(["/music"]))
    #expect(scans(session.effects) == [["/music"]] && session.state.scan != nil)
    try await session.send(.scanned(ScanStatus()))
    #expect(session.state.scan == nil && session.state.message == nil)
    try await session.send(.foldersChanged(["/music"]))
    try await session.send(.scanned(ScanStatus(added: 1, moved: 2)))
    #expect(session.text.contains("music: 1 added, 2 moved"))
    try await session.send(.foldersChanged(["/music"]))
    try await session.send(.scanned(ScanStatus(returned: 8)))
    #expect(session.text.contains("music: 8 back"))
    try await session.send(.foldersChanged(["/music"]))
    try await session.send(.scanned(ScanStatus(missing: 1)))
    #expect(session.text.contains("music: 1 gone"))
  }

  @Test("what changes during a scan is read after it, once")
  func duringScan() async throws {
    var session = Simulation()
    try await session.start()
    try await session.press("u")
    for folder in ["/b", "/a", "/b"] { try await session.send(.foldersChanged([folder])) }
    #expect(scans(session.effects) == [[]])
    try await session.send(.scanned(ScanStatus()))
    #expect(session.text.contains("music: nothing new"))
    #expect(scans(session.effects) == [[], ["/a", "/b"]])
    try await session.send(.scanned(ScanStatus()))
    #expect(scans(session.effects).count == 2)
  }

  @Test("a queued song that moved is played from where it is now")
  func movedInQueue() async throws {
    var session = Simulation()
    try await session.start()
    let next = try #require(session.state.queue.next)
    let before = session.effects.count
    try await session.send(.scanned(ScanStatus(moved: 1)))
    let asked = session.effects[before...].compactMap { effect in
      if case .fetch(let ids) = effect { ids } else { nil }
    }
    #expect(asked.joined().contains(next.track))
    let queued = try #require(session.state.queue.next)
    var track = try #require(session.state.known[queued.track])
    track.location = Location(path: "/elsewhere/song.flac")
    try await session.send(.tracks(asked: [track.id], [track]))
    #expect(session.effects.last == .player(.lookAhead(queued.id, track.location)))
  }

  @Test("the folders are followed from the start and after each scan, unless that is set off")
  func setting() async throws {
    var session = Simulation()
    try await session.start()
    #expect(session.effects.filter { $0 == .followFolders(true) }.count == 1)
    try await session.send(.scanned(ScanStatus()))
    #expect(session.effects.filter { $0 == .followFolders(true) }.count == 2)
    try await session.press(":")
    try await session.type("set watch off")
    try await session.press("Enter")
    #expect(session.effects.contains(.followFolders(false)))
    try await session.send(.foldersChanged(["/music"]))
    try await session.send(.scanned(ScanStatus()))
    #expect(scans(session.effects).isEmpty)
    #expect(session.effects.filter { $0 == .followFolders(true) }.count == 2)
  }
}
