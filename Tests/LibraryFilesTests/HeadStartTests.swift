import Music
import Synchronization
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Head start")
struct HeadStartTests {
  private let memory = MemoryCatalog()
  private let folder = Array("/music".utf8)

  private func files(_ numbers: Range<Int>) -> ArraySlice<FolderWalk.File> {
    numbers.map { number in
      FolderWalk.File(
        path: Array("/music/\(number).mp3".utf8), stamp: FileStamp(size: 1, modified: 1))
    }[...]
  }

  /// Answers with the path as the title.
  private static let echo: TagReading = { paths in
    paths.map { .success(Tags(title: String(decoding: $0, as: UTF8.self))) }
  }

  private func titles(_ answers: [Result<Tags, TagFault>]) -> [String?] {
    answers.map { try? $0.get().title }
  }

  @Test("what is found first is read before the walk ends, in its order")
  func readsEarly() async throws {
    let calls = Mutex(0)
    let start = HeadStart(catalog: memory.catalog) { paths in
      calls.withLock { $0 += 1 }
      return try await Self.echo(paths)
    }
    start.found(files(0..<200))
    start.found(files(200..<300))
    start.found(files(300..<HeadStart.limit))
    // The walk goes on: only the limit ends this.
    start.found(files(HeadStart.limit..<HeadStart.limit + 500))
    let (known, early) = try await start.run(folder)
    #expect(known.isEmpty)
    #expect(titles(early) == (0..<HeadStart.limit).map { "/music/\($0).mp3" })
    #expect(calls.withLock(\.self) == 2)
  }

  @Test("the end of the walk ends it, and what was not begun is left")
  func endsWithTheWalk() async throws {
    let ends = Mutex<(@Sendable () -> Void)?>(nil)
    let start = HeadStart(catalog: memory.catalog) { paths in
      ends.withLock { $0 }?()
      return try await Self.echo(paths)
    }
    ends.withLock { $0 = { start.end() } }
    for hundred in 0..<10 { start.found(files(hundred * 100..<hundred * 100 + 100)) }
    let (_, early) = try await start.run(folder)
    #expect(titles(early) == (0..<300).map { "/music/\($0).mp3" })
  }

  @Test("where something is known nothing is read")
  func knownFolder() async throws {
    let stamp = FileStamp(size: 1, modified: 1)
    var catalog = memory.catalog
    catalog.stamps = { _ in [Array("/music/0.mp3".utf8): stamp] }
    let start = HeadStart(catalog: catalog) { _ in throw CancellationError() }
    start.found(files(0..<1000))
    let (known, early) = try await start.run(folder)
    #expect(known.count == 1 && early.isEmpty)
  }

  @Test("a failure of the reading is one of the scan's")
  func failingReader() async throws {
    let start = HeadStart(catalog: memory.catalog) { _ in throw TagWorkerError.closed }
    start.found(files(0..<1000))
    await #expect(throws: TagWorkerError.closed) { try await start.run(folder) }
  }
}
