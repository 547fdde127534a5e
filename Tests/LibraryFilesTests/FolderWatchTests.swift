import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Folder watch")
struct FolderWatchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The first news after a change; nil where none comes in half a minute. As the watch begins on a
  /// thread of its own, the change is made again until it is noticed.
  private func news(
    of watch: FolderWatch, after change: @escaping @Sendable (Int) throws -> Void
  ) async throws -> FolderWatch.News? {
    try await withThrowingTaskGroup(of: FolderWatch.News?.self) { group in
      group.addTask {
        for await news in watch.news { return news }
        return nil
      }
      group.addTask {
        for turn in 0..<10 {
          try change(turn)
          try await Task.sleep(for: .seconds(3))
        }
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  @Test("a song that comes into a folder, or into a new one below it, is noticed")
  func noticed() async throws {
    let (folder, root) = (folder, folder.bytes)
    let watch = FolderWatch([root])
    defer { watch.stop() }
    let first = try await news(of: watch) { _ = try folder.write([1], to: "new/\($0)/a.mp3") }
    #expect(first == .changed([root]))
  }

  @Test("so is one that comes into a folder whose path the system does not take whole")
  func deep() async throws {
    let (folder, root) = (folder, folder.bytes)
    _ = try folder.write([1], to: [0x61], deeperThan: 5000)
    let watch = FolderWatch([root])
    defer { watch.stop() }
    let first = try await news(of: watch) {
      _ = try folder.write([1], to: Array("\($0).mp3".utf8), deeperThan: 5000)
    }
    #expect(first == .changed([root]))
  }

  @Test("where there are no more watches it says so, and watches what it has")
  func limited() async throws {
    _ = try folder.folder("a")
    _ = try folder.folder("b")
    let (folder, root) = (folder, folder.bytes)
    let watch = FolderWatch([root], limit: 1)
    defer { watch.stop() }
    let first = try await news(of: watch) { _ in }
    guard case .limited(let reason)? = first else {
      Issue.record("\(String(describing: first))")
      return
    }
    #expect(reason.contains("max_user_watches"))
    let second = try await news(of: watch) { _ = try folder.write([1], to: "\($0).mp3") }
    #expect(second == .changed([root]))
  }

  @Test("stopping ends the news")
  func stop() async throws {
    let watch = FolderWatch([folder.bytes])
    watch.stop()
    watch.stop()
    for await news in watch.news { Issue.record("\(news)") }
  }

  @Test("events are read out of their bytes; one that is cut is left out")
  func events() {
    let name = Array("a.mp3".utf8) + [0, 0, 0]
    let event = Sound.little(7, 4) + Sound.little(0x100, 4) + Sound.little(0, 4)
    let bytes = event + Sound.little(8, 4) + name + event + Sound.little(0, 4)
    let read = WatchEvent.all(in: bytes)
    #expect(read.map(\.name) == [Array("a.mp3".utf8), []])
    #expect(read.allSatisfy { $0.watch == 7 && $0.mask == 0x100 })
    for count in 0..<bytes.count {
      #expect(WatchEvent.all(in: Array(bytes.prefix(count))).count < 2)
    }
    let lying = event + Sound.little(-1, 4) + name
    #expect(WatchEvent.all(in: lying).isEmpty)
  }
}

@Suite("Watch patience")
struct WatchPatienceTests {
  private let one = Array("/one".utf8)
  private let two = Array("/two".utf8)

  @Test("a folder is due once it has been quiet, and only once")
  func quiet() {
    var patience = WatchPatience()
    #expect(patience.wait(at: 0) == nil)
    patience.note(one, at: 10)
    patience.note(two, at: 11)
    patience.note(one, at: 11.5)
    #expect(patience.wait(at: 11.5) == 1.5)
    #expect(patience.takeDue(at: 12.9).isEmpty)
    #expect(patience.takeDue(at: 13) == [two])
    #expect(patience.takeDue(at: 20) == [one])
    #expect(patience.wait(at: 20) == nil && patience.takeDue(at: 99).isEmpty)
  }

  @Test("a folder that is never quiet is due all the same")
  func busy() {
    var patience = WatchPatience()
    var due: [Double] = []
    for time in stride(from: 0.0, through: 65, by: 1) {
      patience.note(one, at: time)
      if !patience.takeDue(at: time).isEmpty { due.append(time) }
    }
    #expect(due == [30, 61])
  }
}
