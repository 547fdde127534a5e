import Music
import Synchronization
import TestSupport
import Testing

@testable import LibraryFiles

@Suite("Read ahead")
struct ReadAheadTests {
  private let files = (0..<10_300).map { number in
    FolderWalk.File(path: Array("\(number)".utf8), stamp: FileStamp(size: 1, modified: 1))
  }

  private static func answer(_ paths: [[UInt8]]) -> [Result<Tags, TagFault>] {
    paths.map { .success(Tags(title: String(decoding: $0, as: UTF8.self))) }
  }

  private func titles(_ batch: ReadAhead.Batch) -> [String?] {
    batch.answers.map { try? $0.get().title }
  }

  @Test("every file is handed out once, with its own answer, in order", arguments: 1...20)
  func order(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let early = Int.random(in: 0...1200, using: &generator)
    try await withThrowingTaskGroup(of: Void.self) { group in
      var ahead = ReadAhead(files, early: Self.answer(files.prefix(early).map(\.path)))
      var seen: [String?] = []
      while true {
        ahead.ask(&group) { paths in
          // Ends in another order than it began.
          for _ in 0..<Int(paths[0].last ?? 0) % 7 { await Task.yield() }
          return Self.answer(paths)
        }
        let size = Int.random(in: 500...4000, using: &generator)
        guard let batch = try await ahead.take(&group, atMost: size) else { break }
        #expect(titles(batch) == batch.files.map { String(decoding: $0.path, as: UTF8.self) })
        #expect(!batch.files.isEmpty && batch.files.count <= max(size, early))
        seen += titles(batch)
      }
      #expect(seen == (0..<files.count).map(String.init))
    }
  }

  @Test("no more is read than the limit lets lie unwritten")
  func limit() async throws {
    let count = Mutex(0)
    let read: TagReading = { paths in
      count.withLock { $0 += paths.count }
      return Self.answer(paths)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      var ahead = ReadAhead(files, early: [])
      ahead.ask(&group, read)
      ahead.ask(&group, read)
      for try await _ in group {}
      #expect(count.withLock(\.self) == ReadAhead.limit)
      #expect(try await ahead.take(&group, atMost: 1000)?.files.count == 1000)
      ahead.ask(&group, read)
      for try await _ in group {}
      #expect(count.withLock(\.self) == ReadAhead.limit + 1000)
    }
  }

  @Test("a failure of the reading ends it, and so does a question that nobody was asked")
  func failures() async throws {
    await #expect(throws: TagWorkerError.closed) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        var ahead = ReadAhead(files, early: [])
        ahead.ask(&group) { _ in throw TagWorkerError.closed }
        _ = try await ahead.take(&group, atMost: 500)
      }
    }
    await #expect(throws: CancellationError.self) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        var ahead = ReadAhead(files, early: [])
        _ = try await ahead.take(&group, atMost: 500)
      }
    }
  }
}
